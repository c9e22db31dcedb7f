"""Addresses of the basket."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "basket"
urlpatterns: list[URLPattern | URLResolver] = []
