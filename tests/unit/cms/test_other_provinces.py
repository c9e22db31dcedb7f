"""An editor of one province reaches for another's story through every address of Wagtail's admin: nothing is shown, nothing changes."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize
from PIL import Image
from wagtail.models import (
    Comment,
    Page,
    PageViewRestriction,
    Revision,
    TaskState,
    WorkflowState,
)

from cms.models import GroupPage, NewsPage
from cms.services.editors import collection_of
from media.models import MarketDocument, MarketImage
from tests.market import Market
from tests.newsroom import NORTH, SECRET, Newsroom, draft, open_newsroom, section

pytestmark = pytest.mark.django_db
GUARDED: tuple[type[models.Model], ...] = (
    Page,
    NewsPage,
    Revision,
    TaskState,
    WorkflowState,
    PageViewRestriction,
    Comment,
    MarketImage,
    MarketDocument,
)
FORMS: tuple[dict[str, Any], ...] = (
    {"title": "x", "slug": "x", "action-publish": "1", "comment": "x", "restriction_type": "login", "locales": "2"},
)


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture
def room(market: Market) -> Newsroom:
    return open_newsroom()


def secrets_of(room: Newsroom) -> dict[str, Any]:
    """A story of Chiang Mai that waits for approval, with all that hangs on it, and what its office has put up."""
    page = draft(room, "north", NORTH, title=SECRET)
    page.save_revision(user=room.people["north"])
    state = page.get_workflow().start(page, room.people["north"])
    office = "สำนักงานสหกรณ์จังหวัดเชียงใหม่"
    collection = collection_of(office)
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40)).save(buffer, "PNG")
    image = MarketImage(title=SECRET, collection=collection, file=ContentFile(buffer.getvalue(), name="a.png"))
    image.save()
    document = MarketDocument(title=SECRET, collection=collection, file=ContentFile(b"%PDF-1.4", name="a.pdf"))
    document.save()
    first, last = page.revisions.order_by("pk").first(), page.revisions.order_by("pk").last()
    return {
        "page": page.pk,
        "image": image.pk,
        "document": document.pk,
        "collection": collection.pk,
        "task_state": state.current_task_state_id,
        "state": state.pk,
        "task": state.current_task_state.task_id,
        "revisions": (first.pk, last.pk),
    }


def fillings(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the addresses are filled with: the page under every name, then the image, then the document."""
    first, last = made["revisions"]
    page = dict.fromkeys(
        ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk", "object_id"), made["page"]
    )
    known = {
        **page,
        "revision_id": first,
        "revision_id_a": first,
        "revision_id_b": last,
        "task_state_id": made["task_state"],
        "workflow_state_id": made["state"],
        "task_id": made["task"],
        "action_name": "approve",
        "app_label": "wagtailcore",
        "model_name": "page",
        "content_type_app_name": "cms",
        "content_type_model_name": "newspage",
        "image_id": made["image"],
        "document_id": made["document"],
    }
    for pk in (made["page"], made["image"], made["document"], made["collection"]):
        for action in ("publish", "unpublish", "move", "delete"):
            yield {**known, "pk": pk, "action": action}


def paths(values: dict[str, Any]) -> list[str]:
    """Every address below /cms/."""
    found: list[str] = []

    def walk(resolver: URLResolver, base: str) -> None:
        for entry in resolver.url_patterns:
            text, names = normalize(entry.pattern.regex.pattern)[0]
            path = base + text % {name: values.get(name, "1") for name in names}
            if isinstance(entry, URLPattern):
                found.append(path)
            else:
                walk(entry, path)

    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and str(entry.pattern) == "cms/":
            walk(entry, "/cms/")
    return found


def everything() -> list[Any]:
    """All that must stay as it is."""
    return [list(model._default_manager.order_by("pk").values()) for model in GUARDED]


def ask(client: Client, method: str, path: str, page: int) -> tuple[int, str, bool]:
    """Status, answer, and whether anything changed; it is taken back."""
    before = everything()
    named = {"id": page, "next": "/cms/", "q": "ลับ", "parent_page": page, "new_parent_page": page}
    with transaction.atomic():
        answer = client.get(path, named) if method == "GET" else client.post(f"{path}?id={page}", {**FORMS[0], **named})
        same = everything() == before
        transaction.set_rollback(True)
    body = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, body.decode(errors="replace"), same


def walked(room: Newsroom, who: str, made: dict[str, Any]) -> list[tuple[str, str, int, bool, bool]]:
    """Method, path, status, whether the secret stood in it, whether all stayed the same."""
    client = room.clients[who]
    client.raise_request_exception = False
    found = []
    asked = list(dict.fromkeys(path for values in fillings(made) for path in paths(values)))
    for path in asked:
        if path.endswith(("/failwhale/", "/logout/")):
            continue
        for method in ("GET", "POST"):
            status, text, same = ask(client, method, path, made["page"])
            found.append((method, path, status, SECRET in text, same))
    return found


@pytest.mark.slow
def test_no_address_shows_or_changes_a_story_of_another_province(room: Newsroom) -> None:
    made = secrets_of(room)
    found = walked(room, "isan", made)
    assert len(found) > 300
    assert [row for row in found if row[3]] == [], "a title of others is seen"
    assert [row for row in found if not row[4]] == [], "something of others is changed"
    named = [row for row in found if f"/{made['page']}/" in row[1] and row[1].startswith(("/cms/pages/", "/cms/api/"))]
    assert [row for row in named if row[2] not in (404, 405)] == [], "it looks like not there"


@pytest.mark.slow
def test_the_control_sees_it_in_many_places(room: Newsroom) -> None:
    made = secrets_of(room)
    found = walked(room, "north", made)
    seen = {row[1] for row in found if row[3]}
    assert len(seen) >= 15
    assert any(not row[4] for row in found)


def test_the_report_that_names_pages_of_all_is_for_administrators(room: Newsroom) -> None:
    """Wagtail shows the latest page of each type there, whoever's it is."""
    for who in ("isan", "north", "publisher"):
        for path in ("/cms/reports/page-types-usage/", "/cms/reports/page-types-usage/results/"):
            assert room.clients[who].get(path).status_code == 404, (who, path)


def test_nobody_edits_a_shop_page_here(room: Newsroom, market: Market) -> None:
    page = GroupPage.objects.filter(locale__language_code="th").first()
    assert page is not None
    for who in ("publisher", "north"):
        for path in (f"/cms/pages/{page.pk}/edit/", f"/cms/pages/{page.pk}/history/", f"/cms/pages/{page.pk}/delete/"):
            assert room.clients[who].get(path).status_code == 404, (who, path)
            assert room.clients[who].post(path, {"title": "x"}).status_code == 404, (who, path)
    assert GroupPage.objects.filter(pk=page.pk).exists()


def test_a_story_is_copied_and_moved_within_the_own_part_alone(room: Newsroom) -> None:
    page = draft(room, "isan", "TH-40", slug="own")
    north = section(NORTH)
    client = room.clients["isan"]
    copied = client.post(
        f"/cms/pages/{page.pk}/copy/", {"new_title": "x", "new_slug": "x2", "new_parent_page": north.pk, "alias": ""}
    )
    moved = client.post(f"/cms/pages/{page.pk}/move/{north.pk}/confirm/")
    assert (copied.status_code, moved.status_code) == (404, 404)
    page.refresh_from_db()
    assert page.get_parent().pk != north.pk
    assert not NewsPage.objects.child_of(north).exists()
