"""Addresses of the workspace's shell."""

from __future__ import annotations

from django.urls import path

from vendors.web.workspace import views

app_name = "workspace"
urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:workspace>/", views.desk, name="desk"),
    path("<slug:workspace>/below/<slug:slug>/", views.below, name="below"),
]
