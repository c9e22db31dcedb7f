"""Addresses of the officer's queue of groups, outside the language prefix."""

from __future__ import annotations

from django.urls import path

from vendors.web.office import group_views as views

app_name = "vendors_office"
urlpatterns = [
    path("", views.queue, name="groups"),
    path("<slug:slug>/", views.group, name="group"),
    path("<slug:slug>/profile.pdf", views.paper, name="group-profile"),
    path("<slug:slug>/check/<slug:what>/", views.check, name="group-check"),
    path("<slug:slug>/<slug:act>/", views.decide, name="group-decide"),
]
