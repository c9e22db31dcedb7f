"""The address of a poster."""

from __future__ import annotations

from django.urls import re_path

from media.web import views

app_name = "posters"
urlpatterns = [
    re_path(r"^posters/([a-z]{1,20})/([a-z0-9]{1,18})-(th|en)-([0-9a-f]{16})\.jpg$", views.poster, name="poster"),
]
