"""Addresses of a group's record: in its own workspace, and below that of its cooperative or network."""

from __future__ import annotations

from django.urls import path

from vendors.web.workspace import record

app_name = "record"
_OWN, _BELOW = "<slug:workspace>/record/", "<slug:workspace>/below/<slug:slug>/record/"
urlpatterns = [
    path(_OWN, record.show, name="show"),
    path(f"{_OWN}edit/", record.edit, name="edit"),
    path(f"{_OWN}account/", record.account, name="account"),
    path(f"{_OWN}profile.pdf", record.paper, name="profile"),
    path(f"{_OWN}support/", record.support, name="support"),
    path(f"{_OWN}trainings/", record.training, name="training"),
    path(f"{_OWN}<slug:name>/<str:code>/remove/", record.remove, name="remove"),
    path(_BELOW, record.show, name="below-show"),
    path(f"{_BELOW}profile.pdf", record.paper, name="below-profile"),
    path(f"{_BELOW}support/", record.support, name="below-support"),
    path(f"{_BELOW}trainings/", record.training, name="below-training"),
]
