"""Fairs in a group's workspace."""

from __future__ import annotations

from django.urls import path

from cms.web.workspace import fairs

app_name = "workspace_fairs"
urlpatterns = [
    path("<slug:workspace>/fairs/", fairs.index, name="index"),
    path("<slug:workspace>/fairs/<slug:slug>/", fairs.detail, name="detail"),
    path("<slug:workspace>/fairs/<slug:slug>/withdraw/", fairs.withdraw, name="withdraw"),
]
