"""The newsroom's own pages stand below Wagtail's admin and before it."""

from __future__ import annotations

from django.urls import path

from cms.web import newsroom

app_name = "newsroom"
urlpatterns = [
    path("press-release/", newsroom.press_release, name="press-release"),
    path("<int:page_id>/", newsroom.both, name="both"),
    path("<int:page_id>/seen/", newsroom.seen, name="seen"),
    path("<int:page_id>/answers/", newsroom.answers, name="answers"),
    path("<int:page_id>/english/", newsroom.english, name="english"),
]
