"""The hubs of a network, in its workspace."""

from __future__ import annotations

from django.urls import path

from shop.fulfilment.web.hub import (
    counter,
    counting,
    parcels,
    purchases,
    scan,
    today,  # noqa: F401  (its card for the desk)
    transfers,
    views,
)

app_name = "hub"
urlpatterns = [
    path("<slug:workspace>/hub/", views.index, name="index"),
    path("<slug:workspace>/hub/below/", views.below, name="below"),
    path("<slug:workspace>/hub/<str:hub>/", views.today, name="today"),
    path("<slug:workspace>/hub/<str:hub>/scan/", scan.scan, name="scan"),
    path("<slug:workspace>/hub/<str:hub>/boxes/<str:number>/", counting.box, name="box"),
    path("<slug:workspace>/hub/<str:hub>/boxes/<str:number>/tally/<int:line>/", counting.tally, name="tally"),
    path("<slug:workspace>/hub/<str:hub>/boxes/<str:number>/count/", counting.count, name="count"),
    path("<slug:workspace>/hub/<str:hub>/transfers/", transfers.index, name="transfers"),
    path("<slug:workspace>/hub/<str:hub>/transfers/<str:code>/", transfers.detail, name="transfer"),
    path("<slug:workspace>/hub/<str:hub>/transfers/<str:code>/send/", transfers.send, name="transfer-send"),
    path("<slug:workspace>/hub/<str:hub>/transfers/<str:code>/close/", transfers.close, name="transfer-close"),
    path("<slug:workspace>/hub/<str:hub>/purchases/", purchases.index, name="purchases"),
    path("<slug:workspace>/hub/<str:hub>/purchases/<str:number>/", purchases.detail, name="purchase"),
    path("<slug:workspace>/hub/<str:hub>/purchases/<str:number>/together/", purchases.together, name="together"),
    path("<slug:workspace>/hub/<str:hub>/parcels/", parcels.index, name="parcels"),
    path("<slug:workspace>/hub/<str:hub>/parcels/<str:code>/", parcels.detail, name="parcel"),
    path("<slug:workspace>/hub/<str:hub>/parcels/<str:code>/<slug:act>/", parcels.act, name="parcel-act"),
    path("<slug:workspace>/hub/<str:hub>/counter/", counter.counter, name="counter"),
    path("<slug:workspace>/hub/<str:hub>/counter/hand-over/", counter.hand_over, name="hand-over"),
]
