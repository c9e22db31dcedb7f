"""What a hub prints, in the workspace of its network."""

from __future__ import annotations

from django.urls import path

from shop.fulfilment.web.papers import views

app_name = "hub_papers"
urlpatterns = [
    path("<slug:workspace>/hub/<str:hub>/paper/", views.index, name="index"),
    path("<slug:workspace>/hub/<str:hub>/paper/start/", views.start, name="start"),
    path("<slug:workspace>/hub/<str:hub>/paper/runs/<str:code>/", views.run, name="run"),
    path("<slug:workspace>/hub/<str:hub>/paper/runs/<str:code>/paper.pdf", views.file, name="file"),
    path("<slug:workspace>/hub/<str:hub>/paper/parcels/<str:code>/label.pdf", views.parcel_label, name="parcel-label"),
    path("<slug:workspace>/hub/<str:hub>/paper/boxes/<str:number>/label.pdf", views.box_label, name="box-label"),
    path(
        "<slug:workspace>/hub/<str:hub>/paper/transfers/<str:code>/label.pdf",
        views.transfer_label,
        name="transfer-label",
    ),
    path(
        "<slug:workspace>/hub/<str:hub>/paper/transfers/<str:code>/sheet.pdf",
        views.transfer_sheet,
        name="transfer-sheet",
    ),
]
