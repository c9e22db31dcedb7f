"""Stories cost the same however many blocks they hold, and lists however many stories there are."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client

from cms.services import publish_article, publish_network_page, publish_news
from shop.common import clock
from tests.market import Market
from tests.unit.cms.telling import make_story, whole_body
from tests.unit.pages.test_query_budgets import count, read
from vendors.models import Organisation

pytestmark = pytest.mark.django_db
MOST = 8
LISTS = (
    "/news/",
    "/news/?topic=silk&province=khon-kaen",
    f"/news/{clock.today().year + 543}/",
    "/news/feed/",
    "/knowledge/",
    "/sitemap-news.xml",
)


def test_a_story_with_everything_costs_the_same_with_three_of_each(client: Client, market: Market) -> None:
    make_story(market, slug="one")
    make_story(market, slug="three", times=3)
    read(client, "/news/one/")()
    one, three = count(read(client, "/news/one/")), count(read(client, "/news/three/"))
    assert (one, three) == (one, one)
    assert one <= STORY


STORY, PLAIN = 14, 8
"""Goods, groups, certificates, lots, fairs and files are one query each above the plain story's."""


def test_a_story_of_words_and_pictures_costs_eight(client: Client, market: Market) -> None:
    make_story(
        market, slug="plain", body=[part for part in whole_body(market) if part[0] in ("text", "image", "gallery")]
    )
    read(client, "/news/plain/")()
    assert count(read(client, "/news/plain/")) <= PLAIN


def test_lists_of_stories_are_flat(client: Client, market: Market) -> None:
    story = make_story(market)
    _article(market, 0)
    for path in LISTS:
        read(client, path)()
    few = {path: count(read(client, path)) for path in LISTS}
    for number in range(12):
        publish_news(
            title=f"ข่าว {number}",
            summary="สั้น",
            body=[],
            published_on=clock.today() - dt.timedelta(days=number),
            topics=list(story.topics.all()),
            image=story.image,
            province=story.province,
        )
        _article(market, number + 1)
    assert {path: count(read(client, path)) for path in LISTS} == few
    assert {path: number for path, number in few.items() if number > MOST} == {}


def _article(market: Market, number: int) -> None:
    publish_article(title=f"บทความ {number}", summary="สั้น", body=[], checked_on=clock.today(), slug=f"article-{number}")


def test_a_network_that_tells_something_costs_two_more(client: Client, market: Market) -> None:
    make_story(market)
    network = Organisation.objects.get(slug="chiang-mai")
    read(client, "/networks/chiang-mai/")()
    silent = count(read(client, "/networks/chiang-mai/"))
    publish_network_page(
        network=network, title="เชียงใหม่", summary="สรุปของเครือข่าย", body=[("text", "<p>เล่าเรื่อง</p>")], image=None
    )
    cache.clear()
    html = client.get("/networks/chiang-mai/").content.decode()
    assert "เล่าเรื่อง" in html
    assert '<meta name="description" content="สรุปของเครือข่าย">' in html
    assert count(read(client, "/networks/chiang-mai/")) <= silent + 2
