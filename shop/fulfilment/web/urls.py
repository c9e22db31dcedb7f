"""Addresses of a purchase."""

from __future__ import annotations

from django.urls import path

from shop.fulfilment.web import views

app_name = "orders"
urlpatterns = [
    path("find/", views.find, name="find"),
    path("link/", views.link, name="link"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/pay/", views.pay, name="pay"),
    path("<str:number>/method/", views.change_method, name="method"),
    path("<str:number>/cancel/", views.cancel, name="cancel"),
]
