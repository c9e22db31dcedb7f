"""Trainings of the department's offices, outside the language prefix."""

from __future__ import annotations

from django.urls import path

from cms.web.office import training_lists as lists
from cms.web.office import trainings

app_name = "office_trainings"
urlpatterns = [
    path("", trainings.index, name="list"),
    path("new/", trainings.new, name="new"),
    path("<str:code>/", trainings.detail, name="detail"),
    path("<str:code>/edit/", trainings.edit, name="edit"),
    path("<str:code>/publish/", trainings.publish, name="publish"),
    path("<str:code>/cancel/", trainings.cancel, name="cancel"),
    path("<str:code>/finish/", trainings.finish, name="finish"),
    path("<str:code>/scan/", lists.scan, name="scan"),
    path("<str:code>/attend/", lists.attend, name="attend"),
    path("<str:code>/<str:entry>/undo/", lists.undo, name="undo"),
    path("<str:code>/<str:entry>/take-off/", lists.take_off, name="take-off"),
    path("<str:code>/walk-in/", lists.walk_in, name="walk-in"),
    path("<str:code>/list/", lists.paper, name="paper"),
    path("<str:code>/sheet/", lists.sheet, name="sheet"),
]
