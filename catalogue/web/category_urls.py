"""Addresses of categories."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "categories"
urlpatterns: list[URLPattern | URLResolver] = []
