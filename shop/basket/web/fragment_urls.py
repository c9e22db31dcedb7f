"""Addresses of the private fragment."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "fragment"
urlpatterns: list[URLPattern | URLResolver] = []
