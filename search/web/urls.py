"""Addresses of the search page."""

from __future__ import annotations

from django.urls import path

from search.web import views

app_name = "search"
urlpatterns = [path("", views.search, name="search")]
