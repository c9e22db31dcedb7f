"""Addresses of applying; they stand before those of a workspace, whose first part is an organisation's."""

from __future__ import annotations

from django.urls import path

from vendors.web.workspace import apply

app_name = "apply"
urlpatterns = [
    path("", apply.index, name="list"),
    path("new/", apply.new, name="new"),
    path("cooperatives/", apply.register, name="cooperatives"),
    path("<str:code>/check/", apply.check, name="check"),
    path("<str:code>/hand-in/", apply.hand_in, name="hand-in"),
    path("<str:code>/delete/", apply.delete, name="delete"),
    path("<str:code>/<slug:step>/", apply.step, name="step"),
]
