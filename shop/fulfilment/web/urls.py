"""Addresses of a purchase."""

from __future__ import annotations

from django.urls import path

from shop.fulfilment.web import paying, receipts, views

app_name = "orders"
urlpatterns = [
    path("find/", views.find, name="find"),
    path("link/", views.link, name="link"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/pay/", paying.pay, name="pay"),
    path("<str:number>/pay/live/", paying.live, name="pay-live"),
    path("<str:number>/pay/code.png", paying.picture, name="pay-code"),
    path("<str:number>/pay/slip/", paying.slip, name="pay-slip"),
    path("<str:number>/receipt.pdf", receipts.receipt, name="receipt"),
    path("<str:number>/method/", views.change_method, name="method"),
    path("<str:number>/cancel/", views.cancel, name="cancel"),
]
