"""Addresses of the style guide."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "theme"
urlpatterns: list[URLPattern | URLResolver] = []
