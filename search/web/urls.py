"""Addresses of the search page and of its suggestions."""

from __future__ import annotations

from django.urls import path

from search.web import views

app_name = "search"
urlpatterns = [path("", views.search, name="search"), path("suggest/", views.suggest, name="suggest")]
