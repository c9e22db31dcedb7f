"""The front page; everything else that is told stands in Wagtail's tree."""

from __future__ import annotations

from django.urls import path

from cms.web import views

urlpatterns = [path("", views.home, name="home")]
