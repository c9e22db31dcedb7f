"""Was this useful? One answer of a visit, without a session, an account or a script; editors see counts and words."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.models import ArticlePage, UsefulAnswer
from cms.services import answer_useful, forget_visits, publish_article
from shop.common import clock
from tests.newsroom import Newsroom, open_newsroom

pytestmark = pytest.mark.django_db
PATH = "/knowledge/packing/useful/"
SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def room(db: None) -> Newsroom:
    return open_newsroom()


@pytest.fixture
def page(room: Newsroom) -> ArticlePage:
    article: ArticlePage = publish_article(
        title="แพ็กอย่างไรไม่ให้แตก", summary="สั้น", body=[], checked_on=clock.today(), slug="packing"
    )
    return article


def say(client: Client, answer: str = "yes", words: str = "", **more: Any) -> Any:
    return client.post(PATH, {"answer": answer, "words": words}, headers={**SAME, **more})


def told() -> list[tuple[bool, str]]:
    return list(UsefulAnswer.objects.order_by("pk").values_list("is_useful", "words"))


def test_the_question_stands_below_the_article_and_needs_no_script(client: Client, page: ArticlePage) -> None:
    html = client.get("/knowledge/packing/").content.decode()
    assert "บทความนี้มีประโยชน์ไหม" in html
    assert f'<form method="post" action="{PATH}"' in html
    assert "csrfmiddlewaretoken" not in html, "a kept page holds no token"
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(PATH, {"answer": "no", "words": " ขาดรูป\u202e ประกอบ\n"}, headers=SAME)
    assert (answer.status_code, answer.headers["Location"]) == (302, PATH)
    thanks = strict.get(PATH).content.decode()
    assert "ขอบคุณ คำตอบของคุณช่วยให้เราเขียนได้ดีขึ้น" in thanks
    assert "คุณตอบว่าบทความนี้ยังไม่ช่วย" in thanks
    assert told() == [(False, "ขาดรูป ประกอบ")]


def test_from_a_strange_page_nothing_is_counted(page: ArticlePage) -> None:
    strict = Client(enforce_csrf_checks=True)
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert strict.post(PATH, {"answer": "yes"}, headers=headers).status_code == 403
    assert told() == []


def test_the_form_by_itself_holds_a_token(page: ArticlePage) -> None:
    strict = Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', strict.get(PATH).content.decode())
    assert token is not None
    assert strict.post(PATH, {"answer": "yes", "csrfmiddlewaretoken": token[1]}).status_code == 302
    assert told() == [(True, "")]


def test_a_visit_counts_once_and_its_last_answer_counts(page: ArticlePage) -> None:
    visitor = Client()
    say(visitor, "yes", "ดีมาก")
    say(visitor, "no")
    assert told() == [(False, "ดีมาก")], "words stay unless there are others"
    say(visitor, "no", "ขาดรูป")
    assert told() == [(False, "ขาดรูป")]
    cache.clear()
    say(Client(), "yes")
    assert len(told()) == 2


def test_a_button_pressed_twice_at_once_is_one_press(page: ArticlePage) -> None:
    say(Client())
    say(Client())
    assert len(told()) == 1, "neither request had the cookie yet, both came from one browser"
    say(Client(), **{"User-Agent": "another browser"})
    assert len(told()) == 2


def test_nothing_is_kept_about_the_person(page: ArticlePage) -> None:
    visitor = Client()
    say(visitor)
    assert list(visitor.cookies) == ["visit"]
    cookie = visitor.cookies["visit"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (True, "Lax", "", "")
    answer = UsefulAnswer.objects.get()
    assert {field.name for field in UsefulAnswer._meta.fields} == {"id", "page", "is_useful", "words", "day", "mark"}
    assert cookie.value not in answer.mark
    assert len(answer.mark) == 64


def test_marks_go_after_a_day_and_words_after_a_year(page: ArticlePage, settings: Any) -> None:
    answer_useful(page=page, visit="a", is_useful=True, words="ดี")
    answer_useful(page=page, visit="b", is_useful=False, words="ขาดรูป")
    assert forget_visits() == 0
    UsefulAnswer.objects.filter(words="ดี").update(day=clock.today() - dt.timedelta(days=1))
    UsefulAnswer.objects.filter(words="ขาดรูป").update(day=clock.today() - dt.timedelta(days=366))
    assert forget_visits() == 3
    assert list(UsefulAnswer.objects.order_by("pk").values_list("is_useful", "words", "mark")) == [
        (True, "ดี", ""),
        (False, "", ""),
    ]


def test_refusals_keep_the_words(page: ArticlePage) -> None:
    neither = say(Client(), "perhaps", "คำที่พิมพ์")
    assert neither.status_code == 422
    assert "คำที่พิมพ์" in neither.content.decode()
    visitor = Client()
    for _number in range(30):
        assert say(visitor).status_code == 302
    busy = say(visitor, "no", "คำที่พิมพ์")
    assert busy.status_code == 429
    assert "คำที่พิมพ์" in busy.content.decode()
    assert say(visitor, "no", **{"HX-Request": "true"}).status_code == 422
    assert told() == [(True, "")]


def test_words_are_inert_and_short(room: Newsroom, page: ArticlePage) -> None:
    say(Client(), "no", f"<script>alert(1)</script>{'ก' * 600}")
    assert len(UsefulAnswer.objects.get().words) == 500
    html = room.clients["publisher"].get(reverse("newsroom:answers", args=[page.pk])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert(1)" not in html


def test_only_published_articles_that_everybody_may_read_ask(client: Client, page: ArticlePage) -> None:
    assert client.get("/en/knowledge/packing/useful/").status_code == 404
    page.unpublish()
    assert client.get(PATH).status_code == 404
    assert say(client).status_code == 404
    assert told() == []


def test_editors_see_counts_and_words(room: Newsroom, page: ArticlePage) -> None:
    for number, useful in enumerate((True, True, False)):
        answer_useful(page=page, visit=str(number), is_useful=useful, words="" if useful else "ขาดรูป")
    for path in ("/cms/", reverse("newsroom:answers", args=[page.pk])):
        assert "มีประโยชน์ 2 · ยังไม่ช่วย 1" in room.clients["publisher"].get(path).content.decode()
    assert "ขาดรูป" in room.clients["publisher"].get(reverse("newsroom:answers", args=[page.pk])).content.decode()
    edit = room.clients["publisher"].get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert reverse("newsroom:answers", args=[page.pk]) in edit
    assert "มีประโยชน์ 2" not in room.clients["north"].get("/cms/").content.decode(), "not of their part"
    assert room.clients["north"].get(reverse("newsroom:answers", args=[page.pk])).status_code == 404


def test_the_page_of_the_question_costs_few_statements(client: Client, page: ArticlePage) -> None:
    say(client)
    client.get(PATH)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get(PATH)
    assert len(seen) <= 8
