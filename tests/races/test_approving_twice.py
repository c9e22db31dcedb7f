"""A publisher presses "approve" twice, and both forms arrive at once: the story is published, and stays so."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import TaskState

from cms.models import NewsPage
from cms.web.door import EditorsDoor
from tests.market import Market
from tests.newsroom import NORTH, draft, open_newsroom
from tests.unit.cms.test_editors import act, fields

pytestmark = pytest.mark.race
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


def _approved_by_two_forms(
    at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> tuple[list[int], bool]:
    """The statuses of both answers, and whether the story is live; both are kept waiting for each other for a second."""
    room = open_newsroom()
    page = draft(room, "north", NORTH)
    act(room.clients["north"], page, **{"action-submit": "1"})
    assert TaskState.objects.get().status == "in_progress"
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {**fields(room.clients["publisher"].get(address).content.decode()), **APPROVE}
    cookies = room.clients["publisher"].cookies
    both, done, decide = threading.Barrier(2), threading.Event(), EditView.perform_workflow_action

    def meet(view: Any) -> Any:
        """Both have read the page and may decide; then one does after the other. Alone, nobody is waited for long."""
        with contextlib.suppress(threading.BrokenBarrierError):
            if both.wait(1):
                done.wait(10)
        try:
            return decide(view)
        finally:
            done.set()

    monkeypatch.setattr(EditView, "perform_workflow_action", meet)

    def press(_number: int) -> int:
        client = Client(raise_request_exception=False)
        client.cookies = cookies
        return client.post(address, form).status_code

    statuses = at_once(press, [1, 2], threads=2)
    connection.close()
    return sorted(statuses), NewsPage.objects.get(pk=page.pk).live


def test_two_presses_publish_the_story_once(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses, live = _approved_by_two_forms(at_once, monkeypatch)
    assert live
    assert max(statuses) < 400
    assert TaskState.objects.get().status == "approved"


def test_control_without_turns_the_second_press_breaks_it(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EditorsDoor, "_in_turn", lambda door, request: door.get_response(request))
    statuses, live = _approved_by_two_forms(at_once, monkeypatch)
    assert (max(statuses), live) != (302, True), "the race was not met"
