"""The pages of an editor's day speak Thai: no English sentence stands on them, in their attributes, or in the script's words."""

from __future__ import annotations

import functools
import html
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from media.models import MarketImage
from tests.newsroom import NORTH, Newsroom, draft, open_newsroom
from tests.strings import all_strings

pytestmark = pytest.mark.django_db
NAMES = (
    "Wagtail",
    "Creative Commons",
    "Talat Ruam",
)
_SENTENCE = re.compile(r"[A-Za-z][a-z']+(?:[ ,]+[A-Za-z']{2,}){2,}")
_ATTRIBUTE = re.compile(r'\b(?:title|aria-label|placeholder|alt)="([^"]+)"')


@pytest.fixture
def room(db: None) -> Newsroom:
    return open_newsroom()


def english(page: str) -> set[str]:
    """The English sentences of a page that a person reads."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.S)
    told = [html.unescape(text) for text in _ATTRIBUTE.findall(page)]
    words = html.unescape(re.sub(r"<[^>]+>", " \n ", page))
    found = {match[0] for text in (*told, *words.split("\n")) for match in _SENTENCE.finditer(text)}
    return {sentence for sentence in found if not sentence.startswith(NAMES) and sentence not in _ours()}


@functools.cache
def _ours() -> str:
    """Our own words: tests/guards/test_translations.py looks after them."""
    return "\n".join(text for _context, text, _file in all_strings())


def pages_of_a_day(page: Any, task: int, image: int) -> list[str]:
    """What an editor opens."""
    first, last = (page.revisions.order_by(order).values_list("pk", flat=True).first() for order in ("pk", "-pk"))
    named = ("edit", "history", "usage", "delete", "copy", "move", "workflow_history")
    return [
        "/cms/",
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        *(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in named),
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first, last]),
        reverse("wagtailadmin_pages:add", args=["cms", "newspage", page.get_parent().pk]),
        reverse("wagtailadmin_pages:search") + "?q=x",
        reverse("wagtailadmin_pages:collect_workflow_action_data", args=[page.pk, "reject", task]),
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_external_link"),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:add"),
        reverse("wagtailimages:edit", args=[image]),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs:add"),
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailadmin_reports:locked_pages"),
        reverse("simple_translation:submit_page_translation", args=[page.pk]),
        reverse("newsroom:both", args=[page.pk]),
    ]


def words_of(client: Client, path: str) -> str:
    """The page; a dialog's is inside its JSON."""
    answer = client.get(path)
    assert answer.status_code in (200, 302), path
    text = answer.content.decode()
    if answer.headers["Content-Type"].startswith("application/json"):
        return str(json.loads(text).get("html", ""))
    return text


@pytest.mark.parametrize("who", ["north", "publisher"])
def test_no_english_sentence(room: Newsroom, who: str) -> None:
    page = draft(room, "north", NORTH)
    page.summary = "อีกแบบ"
    page.save_revision(user=room.people["north"])
    state = page.get_workflow().start(page, room.people["north"])
    image = MarketImage.objects.create(title="รูป", width=10, height=10, file="original_images/none.png")
    found = {
        path: sentences
        for path in pages_of_a_day(page, state.current_task_state_id, image.pk)
        if (sentences := english(words_of(room.clients[who], path)))
    }
    assert found == {}


def test_the_control_finds_english() -> None:
    assert english(
        '<p>Save this draft now</p><a title="Open the page again">ก</a><script>var not seen here</script>'
    ) == {
        "Save this draft now",
        "Open the page again",
    }


def test_the_words_of_scripts_are_thai(room: Newsroom) -> None:
    text = room.clients["north"].get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    for words in ("แน่ใจไหม", "กำลังบันทึก…", "เมนูหลัก"):
        assert json.dumps(words) in text or words in text
