"""A group's part of purchases, in its workspace."""

from __future__ import annotations

from django.urls import path

from shop.fulfilment.web.workspace import views

app_name = "vendor_orders"
urlpatterns = [
    path("<slug:workspace>/orders/", views.index, name="list"),
    path("<slug:workspace>/orders/<str:number>/", views.detail, name="detail"),
    path("<slug:workspace>/orders/<str:number>/lots/", views.lots, name="lots"),
    path("<slug:workspace>/orders/<str:number>/<str:act>/", views.act, name="act"),
]
