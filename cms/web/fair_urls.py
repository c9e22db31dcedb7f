"""What belongs to a public fair and is no page of the tree."""

from __future__ import annotations

from django.urls import path

from cms.web import fairs

app_name = "fairs"
urlpatterns = [path("<slug:slug>/calendar.ics", fairs.calendar, name="calendar")]
