"""A group's part of purchases, in its workspace."""

from __future__ import annotations

from django.urls import path

from shop.fulfilment.web.papers import group as papers
from shop.fulfilment.web.workspace import (
    bringing,
    packing,
    today,  # noqa: F401  (its card for the desk)
    views,
)

app_name = "vendor_orders"
urlpatterns = [
    path("<slug:workspace>/orders/", views.index, name="list"),
    path("<slug:workspace>/orders/bring/", bringing.bring, name="bring"),
    path("<slug:workspace>/orders/<str:number>/", views.detail, name="detail"),
    path("<slug:workspace>/orders/<str:number>/lots/", views.lots, name="lots"),
    path("<slug:workspace>/orders/<str:number>/slip.pdf", packing.slip, name="slip"),
    path("<slug:workspace>/orders/<str:number>/label/", papers.box_label, name="label"),
    path("<slug:workspace>/transfers/<str:code>/label/", papers.transfer_label, name="transfer-label"),
    path("<slug:workspace>/transfers/<str:code>/sheet/", papers.transfer_sheet, name="transfer-sheet"),
    path("<slug:workspace>/orders/<str:number>/tick/", packing.tick, name="tick"),
    path("<slug:workspace>/orders/<str:number>/short/<int:line>/", packing.short, name="short"),
    path("<slug:workspace>/orders/<str:number>/parcel/", views.parcel, name="parcel"),
    path("<slug:workspace>/orders/<str:number>/<str:act>/", views.act, name="act"),
]
