"""Addresses of what staff decide about search."""

from __future__ import annotations

from django.urls import path

from search.web.office import views

app_name = "office_search"
urlpatterns = [path("", views.index, name="words"), path("boosts/", views.boosts, name="boosts")]
