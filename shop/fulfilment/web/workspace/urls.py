"""A group's part of purchases, in its workspace."""

from __future__ import annotations

from django.urls import path

from shop.fulfilment.web.workspace import (
    packing,
    today,  # noqa: F401  (its card for the desk)
    views,
)

app_name = "vendor_orders"
urlpatterns = [
    path("<slug:workspace>/orders/", views.index, name="list"),
    path("<slug:workspace>/orders/<str:number>/", views.detail, name="detail"),
    path("<slug:workspace>/orders/<str:number>/lots/", views.lots, name="lots"),
    path("<slug:workspace>/orders/<str:number>/slip.pdf", packing.slip, name="slip"),
    path("<slug:workspace>/orders/<str:number>/tick/", packing.tick, name="tick"),
    path("<slug:workspace>/orders/<str:number>/short/<int:line>/", packing.short, name="short"),
    path("<slug:workspace>/orders/<str:number>/<str:act>/", views.act, name="act"),
]
