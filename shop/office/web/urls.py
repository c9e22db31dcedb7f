"""Addresses of the office."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "office"
urlpatterns: list[URLPattern | URLResolver] = []
