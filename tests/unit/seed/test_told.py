"""The demo's news, articles and words of a network open in both languages, also where pictures are missing."""

from __future__ import annotations

import pytest
from django.test import Client

from cms.services import ensure_site
from shop.seed import knowledge, makers, news, releases
from tests.market import Market

pytestmark = pytest.mark.django_db


def test_all_that_is_told_opens_in_both_languages(market: Market) -> None:
    ensure_site()
    news.publish_items({})
    knowledge.publish_lessons({})
    paths = [f"news/{item.slug}" for item in (*releases.RELEASES, *makers.MAKERS)]
    paths += [f"knowledge/{lesson.slug}" for lesson in knowledge.LESSONS]
    paths += ["news", "news/2554", "news/2554/06", "knowledge", "networks/northeast"]
    for path in paths:
        for prefix in ("", "en/"):
            assert Client().get(f"/{prefix}{path}/").status_code == 200, f"{prefix}{path}"
    assert len(paths) == 6 + 4 + 5
    html = Client().get("/news/networks-of-four-regions-2554/").content.decode()
    for part in ("557", "28 มิถุนายน", "coop-day-2554", "0 2000 0101", "CSV"):
        assert part in html, part
    assert "ทอผ้า ปั้นดิน" in Client().get("/networks/northeast/").content.decode()
