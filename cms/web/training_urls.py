"""Public addresses about trainings that are not pages of the tree; they stand before it."""

from __future__ import annotations

from django.urls import path

from cms.web import trainings

app_name = "trainings"
urlpatterns = [
    path("certificate/", trainings.find, name="find"),
    path("certificate/<str:code>/", trainings.certificate, name="certificate"),
    path("ticket/<str:secret>/", trainings.ticket, name="ticket"),
    path("<slug:slug>/register/", trainings.register, name="register"),
    path("<slug:slug>/calendar.ics", trainings.calendar_file, name="calendar"),
]
