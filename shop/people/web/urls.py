"""Addresses of the account."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "customer"
urlpatterns: list[URLPattern | URLResolver] = []
