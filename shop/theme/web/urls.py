"""Addresses of the style guide."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from shop.theme.web import views

app_name = "theme"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.guide, name="guide"),
    path("schemes.css", views.schemes, name="schemes"),
]
