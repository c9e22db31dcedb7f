"""A group's trainings in its workspace."""

from __future__ import annotations

from django.urls import path

from cms.web.workspace import trainings

app_name = "workspace_trainings"
urlpatterns = [
    path("<slug:workspace>/trainings/", trainings.index, name="index"),
    path("<slug:workspace>/trainings/<str:code>/", trainings.course, name="course"),
    path("<slug:workspace>/trainings/<str:code>/<str:entry>/cancel/", trainings.cancel, name="cancel"),
    path("<slug:workspace>/trainings/<str:code>/<str:entry>/ticket/", trainings.ticket, name="ticket"),
    path("<slug:workspace>/trainings/<str:code>/<str:entry>/certificate/", trainings.certificate, name="certificate"),
]
