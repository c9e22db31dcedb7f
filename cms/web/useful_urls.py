"""What belongs to an article and is no page of the tree."""

from __future__ import annotations

from django.urls import path

from cms.web import useful

app_name = "knowledge"
urlpatterns = [path("<slug:slug>/useful/", useful.useful, name="useful")]
