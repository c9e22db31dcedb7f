"""Stories go live and are taken back at their minute, by the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Revision

from cms.models import NewsPage
from cms.services import publishing
from shop.common import clock, jobs, versions
from shop.common.models import JobRun
from tests.newsroom import NORTH, Newsroom, draft, open_newsroom

pytestmark = pytest.mark.django_db
NOON = clock.now().replace(second=0, microsecond=0) + dt.timedelta(days=2)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def room(db: None) -> Newsroom:
    return open_newsroom()


def planned(room: Newsroom, *, slug: str = "cloth", **times: Any) -> NewsPage:
    """A story that the department has approved for a time to come."""
    page = draft(room, "north", NORTH, slug=slug)
    for name, value in times.items():
        setattr(page, name, value)
    page.save_revision(user=room.people["publisher"]).publish(user=room.people["publisher"])
    return NewsPage.objects.get(pk=page.pk)


def run() -> str:
    """The clock's job, as the clock runs it."""
    jobs.run_due(force=False)
    record = JobRun.objects.get(name="cms.publish_due")
    assert record.last_error == ""
    return str(record.last_result)


def test_it_goes_live_at_its_minute_and_not_before(room: Newsroom, django_capture_on_commit_callbacks: Any) -> None:
    page = planned(room, go_live_at=NOON)
    assert not page.live
    with clock.moved_to(NOON - SECOND):
        assert run() == "0 published, 0 taken back"
        assert Client().get("/news/cloth/").status_code == 404
    before = versions.current()
    with clock.moved_to(NOON + 10 * SECOND), django_capture_on_commit_callbacks(execute=True):
        assert run() == "1 published, 0 taken back"
    assert versions.current() > before, "kept pages are made anew"
    assert Client().get("/news/cloth/").status_code == 200
    assert page.title in Client().get("/news/").content.decode()


def test_again_changes_nothing(room: Newsroom) -> None:
    planned(room, go_live_at=NOON)
    with clock.moved_to(NOON):
        assert publishing.publish_due() == (1, 0, 0)
        revisions = list(Revision.objects.order_by("pk").values())
        assert publishing.publish_due() == (0, 0, 0)
        assert list(Revision.objects.order_by("pk").values()) == revisions


def test_it_is_taken_back_at_its_minute(room: Newsroom) -> None:
    page = planned(room, expire_at=NOON)
    assert page.live
    with clock.moved_to(NOON - SECOND):
        assert publishing.publish_due() == (0, 0, 0)
    with clock.moved_to(NOON):
        assert publishing.publish_due() == (0, 1, 0)
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
    assert Client().get("/news/cloth/").status_code == 404


def test_after_a_standstill_everything_that_was_missed(room: Newsroom) -> None:
    """One that came and went meanwhile is not seen."""
    planned(room, go_live_at=NOON)
    gone = planned(room, slug="gone", go_live_at=NOON, expire_at=NOON + dt.timedelta(hours=1))
    with clock.moved_to(NOON + dt.timedelta(days=30)):
        assert publishing.publish_due() == (2, 1, 0)
    gone.refresh_from_db()
    assert not gone.live
    assert Client().get("/news/cloth/").status_code == 200


def test_a_failing_page_holds_up_nobody(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, fine = planned(room, slug="broken", go_live_at=NOON - SECOND), planned(room, go_live_at=NOON)
    save = NewsPage.save

    def fails(self: NewsPage, *args: Any, **kwargs: Any) -> Any:
        if self.pk == broken.pk:
            raise RuntimeError("cannot be saved")
        return save(self, *args, **kwargs)

    with clock.moved_to(NOON):
        monkeypatch.setattr(NewsPage, "save", fails)
        assert publishing.publish_due() == (1, 0, 1)
        fine.refresh_from_db()
        assert fine.live
        monkeypatch.setattr(NewsPage, "save", save)
        assert publishing.publish_due() == (1, 0, 0), "tried again"
    broken.refresh_from_db()
    assert broken.live


def test_a_time_that_was_taken_back_counts_no_more(room: Newsroom) -> None:
    planned(room, go_live_at=NOON)
    Revision.objects.update(approved_go_live_at=None)
    with clock.moved_to(NOON):
        assert publishing.publish_due() == (0, 0, 0)
    assert Client().get("/news/cloth/").status_code == 404
