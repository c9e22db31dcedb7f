"""News by time, topic and province; feeds; renamed pages; the press kit."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.test import Client
from PIL import Image

from cms import press
from cms.models import NewsIndexPage, NewsPage, PressKit
from cms.services import ensure_site, keep_topics, publish_news
from shop.common import outbox
from tests.market import Market
from tests.unit.cms.telling import TOPICS, make_story
from vendors.models import Province

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories(market: Market) -> dict[str, NewsPage]:
    ensure_site()
    topics = keep_topics(TOPICS)
    khon_kaen, chiang_mai = Province.objects.get(pk="TH-40"), Province.objects.get(pk="TH-50")
    rows = [
        ("old", dt.date(2011, 6, 28), None, []),
        ("silk", dt.date(2026, 3, 5), khon_kaen, [topics["silk"]]),
        ("march", dt.date(2026, 3, 31), chiang_mai, [topics["standards"]]),
        ("may", dt.date(2026, 5, 1), khon_kaen, [topics["silk"], topics["standards"]]),
    ]
    return {
        slug: publish_news(
            title=f"เรื่อง {slug}", summary="สั้น", body=[], published_on=day, slug=slug, province=province, topics=chosen
        )
        for slug, day, province, chosen in rows
    }


def slugs(path: str) -> list[str]:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    listed = answer.content.decode().partition("tellings-list")[2].partition("</ul>")[0]
    return re.findall(r'<a href="(?:/en)?/news/([a-z]+)/"', listed)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/news/", ["may", "march", "silk", "old"]),
        ("/news/2569/", ["may", "march", "silk"]),
        ("/news/2569/03/", ["march", "silk"]),
        ("/news/2554/06/", ["old"]),
        ("/news/?topic=silk", ["may", "silk"]),
        ("/news/?province=chiang-mai", ["march"]),
        ("/news/2569/03/?topic=silk", ["silk"]),
        ("/news/?topic=silk&province=chiang-mai", []),
        ("/news/?topic=%3Cscript%3E", []),
        ("/news/?page=999", ["may", "march", "silk", "old"]),
    ],
)
def test_news_by_time_topic_and_province(stories: dict[str, NewsPage], path: str, found: list[str]) -> None:
    assert slugs(path) == found


@pytest.mark.parametrize("path", ["/news/2568/", "/news/2569/04/", "/news/2569/13/", "/news/2569/3/", "/news/1999/"])
def test_a_time_without_stories_has_no_page(stories: dict[str, NewsPage], path: str) -> None:
    assert Client().get(path).status_code == 404


def test_the_archive_names_months_in_thai_and_english(stories: dict[str, NewsPage]) -> None:
    html = Client().get("/news/2569/03/").content.decode()
    assert "มีนาคม 2569" in html
    assert 'href="/news/2554/06/"' in html
    assert 'hreflang="en" href="' in html
    assert "/en/news/2569/03/" in html


def test_the_addresses_of_the_archive_are_taken(stories: dict[str, NewsPage]) -> None:
    for slug in ("2569", "feed"):
        page = stories["may"]
        page.slug = slug
        with pytest.raises(ValidationError) as refused:
            page.full_clean()
        assert "slug" in refused.value.message_dict


def test_feeds_hold_the_newest_stories_of_a_language(stories: dict[str, NewsPage]) -> None:
    publish_news(
        title="Silk <b>", summary="short", body=[], published_on=dt.date(2026, 3, 5), slug="silk", language="en"
    )
    root = ElementTree.fromstring(Client().get("/news/feed/").content)
    channel = root.find("channel")
    assert channel is not None
    assert [entry.findtext("link", "").split("/")[-2] for entry in channel.iter("item")] == [
        "may",
        "march",
        "silk",
        "old",
    ]
    assert channel.findtext("language") == "th"
    english = ElementTree.fromstring(Client().get("/en/news/feed/").content)
    assert [entry.findtext("title") for entry in english.iter("item")] == ["Silk <b>"]
    assert "/en/news/silk/" in (english.findtext("channel/item/link") or "")
    topical = ElementTree.fromstring(Client().get("/news/feed/?topic=silk&province=khon-kaen").content)
    assert len(list(topical.iter("item"))) == 2
    atom = ElementTree.fromstring(Client().get("/news/feed/atom/").content)
    assert len(atom.findall("{http://www.w3.org/2005/Atom}entry")) == 4
    assert Client().get("/news/feed/").headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_renamed_or_moved_page_leads_on_in_both_languages(
    stories: dict[str, NewsPage], django_capture_on_commit_callbacks: Any
) -> None:
    thai = stories["may"]
    english = publish_news(
        title="May",
        summary="s",
        body=[],
        published_on=thai.published_on,
        slug="may",
        language="en",
        translation_of=thai,
    )
    for page, prefix in ((thai, ""), (english, "/en")):
        with django_capture_on_commit_callbacks(execute=True):
            page.slug = "first-of-may"
            page.save_revision().publish()
        answer = Client().get(f"{prefix}/news/may/")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{prefix}/news/first-of-may/")
        assert Client().get(f"{prefix}/news/first-of-may/").status_code == 200
    index = NewsIndexPage.objects.get(locale__language_code="th")
    with django_capture_on_commit_callbacks(execute=True):
        other = index.copy(update_attrs={"slug": "releases", "title": "ข่าวแจก"}, copy_revisions=False)
        stories["silk"].move(other, pos="last-child")
    assert Client().get("/news/silk/").headers["Location"] == "/releases/silk/"


def test_a_new_page_at_the_address_of_a_renamed_one_is_shown(
    stories: dict[str, NewsPage], django_capture_on_commit_callbacks: Any
) -> None:
    page = stories["may"]
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "renamed"
        page.save_revision().publish()
    assert Client().get("/news/may/").status_code == 301
    with django_capture_on_commit_callbacks(execute=True):
        publish_news(title="เรื่องใหม่", summary="ส", body=[], published_on=page.published_on, slug="may")
    answer = Client().get("/news/may/")
    assert (answer.status_code, "เรื่องใหม่" in answer.content.decode()) == (200, True)


def test_the_press_kit_holds_text_pictures_with_credits_and_files(market: Market) -> None:
    story = make_story(market)
    assert Client().get("/news/whole/press-kit/").status_code == 404, "not made yet, and not made in a request"
    assert "press-kit" not in Client().get("/news/whole/").content.decode()
    kit = press.make_kit(page_id=story.pk)
    assert kit is not None
    assert press.make_kit(page_id=story.pk) == kit, "again changes nothing"
    answer = Client().get("/news/whole/press-kit/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="whole.zip"'
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as whole:  # type: ignore[attr-defined]
        names = whole.namelist()
        assert names[:2] == ["pictures/01.jpg", "pictures/02.jpg"]
        assert sorted(names[2:]) == sorted([f"files/{name}" for name in _files(story)] + ["text.txt", "credits.txt"])
        text = whole.read("text.txt").decode("utf-8-sig")
        assert "ข่าวครบทุกอย่าง" in text
        assert "กลุ่มประชาสัมพันธ์" in text
        assert "ของ\tบาท" in text
        assert "ช่างภาพ" in whole.read("credits.txt").decode("utf-8-sig")
        picture = Image.open(io.BytesIO(whole.read("pictures/01.jpg")))
        assert picture.size == (1200, 600), "in full size"
        assert not picture.getexif()


def _files(story: NewsPage) -> list[str]:
    from media.models import MarketDocument

    return [f"{document.pk}-{document.filename}" for document in MarketDocument.objects.all()]


def test_publishing_prepares_the_page_and_its_kit(market: Market, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        story = make_story(market)
    with django_capture_on_commit_callbacks(execute=True):
        outbox.work_off()
    kit = PressKit.objects.get(page_id=story.pk)
    assert storages["private"].exists(kit.stored_name)
    with django_capture_on_commit_callbacks(execute=True):
        story.title = "ชื่อใหม่"
        story.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        outbox.work_off()
    assert not storages["private"].exists(kit.stored_name), "the old one is gone"
    assert PressKit.objects.get(page_id=story.pk).key != kit.key
    with django_capture_on_commit_callbacks(execute=True):
        story.unpublish()
    assert Client().get("/news/whole/press-kit/").status_code == 404


def test_a_job_makes_kits_that_are_missing(market: Market) -> None:
    story = make_story(market)
    assert press.make_missing_kits() == 1
    assert PressKit.objects.filter(page_id=story.pk).exists()
    assert press.make_missing_kits() == 0


def test_a_story_tells_machines_all_that_they_ask(market: Market) -> None:
    make_story(market)
    html = Client().get("/news/whole/").content.decode()
    graph = json.loads(html.partition('<script type="application/ld+json">')[2].partition("</script>")[0])["@graph"]
    article = next(entry for entry in graph if entry["@type"] == "NewsArticle")
    assert article["keywords"] == ["ผ้าไหม", "มาตรฐาน"]
    assert article["articleSection"] == "ผ้าไหม"
    assert len(article["image"]) == 2
    assert article["publisher"]["logo"]["@type"] == "ImageObject"
    assert article["contentLocation"]["name"] == "ขอนแก่น"
    assert all(str(value).startswith("http") for value in article["image"])
    assert dt.datetime.fromisoformat(article["dateModified"])
