"""What machines read of stories, fairs and trainings, read by parsers that are not ours: feedparser, icalendar, PyLD, lxml."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from urllib.parse import urlsplit

import feedparser
import icalendar
import pytest
from django.test import Client
from lxml import etree, html
from pyld import jsonld

from cms.services import publish_news
from shop.common import clock
from tests.market import Market
from tests.unit.cms import trainings
from tests.unit.cms.fairs import at, make_fair
from tests.unit.cms.telling import make_story

pytestmark = pytest.mark.django_db
HOSTILE = 'ผ้า <b>&amp; ]]></title><script>alert(1)</script> "ไหม"'
SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
SCHEMA = "https://schema.org/"


def fetch(path: str, kind: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    assert answer.headers["Content-Type"].startswith(kind), path
    return bytes(answer.content)


@pytest.mark.parametrize(
    ("path", "kind", "version"),
    [("/news/feed/", "application/rss+xml", "rss20"), ("/news/feed/atom/", "application/atom+xml", "atom10")],
)
def test_a_feed_reader_reads_the_feeds(market: Market, path: str, kind: str, version: str) -> None:
    make_story(market)
    publish_news(title=HOSTILE, summary=HOSTILE, body=[], published_on=dt.date(2011, 6, 28), slug="hostile")
    read = feedparser.parse(fetch(path, kind), sanitize_html=False)
    assert (read.bozo, read.version) == (False, version), read.get("bozo_exception")
    assert read.feed.title.startswith("ข่าวจากเครือข่าย")
    assert urlsplit(read.feed.link).path == "/news/"
    assert [urlsplit(link.href).path for link in read.feed.links if link.rel == "self"] == [path]
    whole, hostile = read.entries
    assert (whole.title, whole.summary) == ("ข่าวครบทุกอย่าง", "สรุป")
    assert (hostile.title, hostile.summary) == (HOSTILE, HOSTILE), "as it was typed, and text"
    assert [urlsplit(entry.link).path for entry in read.entries] == ["/news/whole/", "/news/hostile/"]
    assert len({entry.id for entry in read.entries}) == 2
    assert [tag.term for tag in whole.tags] == ["ผ้าไหม", "มาตรฐาน"]
    (picture,) = (link for link in whole.links if link.rel == "enclosure")
    assert (picture.type, urlsplit(picture.href).path[-4:]) == ("image/jpeg", ".jpg")
    assert hostile.published_parsed[:5] == (2011, 6, 27, 17, 0), "midnight in Bangkok"


def test_the_news_sitemap_is_what_its_readers_ask_for(market: Market) -> None:
    make_story(market, title=HOSTILE)
    root = etree.fromstring(fetch("/sitemap-news.xml", "application/xml"))
    assert root.tag == f"{{{SITEMAP['s']}}}urlset"
    (url,) = root.findall("s:url", SITEMAP)
    assert urlsplit(url.findtext("s:loc", namespaces=SITEMAP)).path == "/news/whole/"
    news = url.find("n:news", SITEMAP)
    assert [child.tag.partition("}")[2] for child in news] == ["publication", "publication_date", "title"]
    assert news.findtext("n:publication/n:language", namespaces=SITEMAP) == "th"
    assert news.findtext("n:publication/n:name", namespaces=SITEMAP)
    assert news.findtext("n:title", namespaces=SITEMAP) == HOSTILE
    when = dt.datetime.fromisoformat(news.findtext("n:publication_date", namespaces=SITEMAP))
    assert when.utcoffset() == dt.timedelta(hours=7)


@pytest.mark.parametrize(
    ("begins", "ends", "after", "days", "hours"),
    [
        (16, 2, 3, 3, 10),
        (10, 20, 2, 3, 10),
        (18, 0, 3, 3, 6),
        (14, 12, 2, 1, 46),
    ],
    ids=["three nights", "three days", "until midnight", "hours that make no day"],
)
def test_a_calendar_shows_a_fair_on_each_day_that_it_opens(
    market: Market, begins: int, ends: int, after: int, days: int, hours: int
) -> None:
    first = clock.today() + dt.timedelta(days=30)
    make_fair(starts_at=at(first, begins), ends_at=at(first + dt.timedelta(days=after), ends))
    whole = icalendar.Calendar.from_ical(fetch("/fairs/lanna-fair/calendar.ics", "text/calendar"))
    (event,) = whole.walk("VEVENT")
    starts = event.decoded("DTSTART")
    assert starts.astimezone(clock.BANGKOK) == at(first, begins)
    assert event.decoded("DTEND") - starts == dt.timedelta(hours=hours)
    rule = event.get("RRULE")
    assert (rule["FREQ"], rule["COUNT"]) == (["DAILY"], [days]) if days > 1 else rule is None


def test_a_calendar_reads_a_fair_over_midnight_and_new_year(market: Market) -> None:
    eve = dt.date(clock.today().year, 12, 31)
    first = eve if eve > clock.today() else dt.date(eve.year + 1, 12, 31)
    make_fair(
        name_th="งาน; ข้ามปี, \\ แรก\nBEGIN:VALARM",
        name_en="Night Fair",
        starts_at=at(first, 18),
        ends_at=at(first + dt.timedelta(days=1), 2),
        apply_until=first - dt.timedelta(days=1),
        latitude="18.787700",
        longitude="98.993100",
    )
    whole = icalendar.Calendar.from_ical(fetch("/fairs/night-fair/calendar.ics", "text/calendar"))
    assert not whole.errors
    assert (str(whole["VERSION"]), str(whole["METHOD"])) == ("2.0", "PUBLISH")
    (event,) = whole.walk("VEVENT")
    assert not event.errors
    assert [each.name for each in whole.walk()] == ["VCALENDAR", "VEVENT"], "nothing typed became a line of its own"
    assert event.decoded("DTSTART").astimezone(clock.BANGKOK) == at(first, 18)
    assert event.decoded("DTEND").astimezone(clock.BANGKOK) == at(first + dt.timedelta(days=1), 2)
    assert "RRULE" not in event, "one evening"
    assert "งาน; ข้ามปี, \\ แรก" in str(event["SUMMARY"])
    assert {"UID", "DTSTAMP", "SEQUENCE", "LOCATION", "URL", "GEO"} <= set(event)
    assert str(event["STATUS"]) == "CONFIRMED"


def read_data(path: str) -> dict[str, dict[str, Any]]:
    """The page's linked data by type, expanded to whole addresses of schema.org as a search engine does it."""
    page = html.fromstring(fetch(path, "text/html").decode())
    (text,) = page.xpath('//script[@type="application/ld+json"]/text()')

    def loader(address: str, _options: Any) -> dict[str, Any]:
        assert address.rstrip("/") == "https://schema.org"
        return {
            "contextUrl": None,
            "documentUrl": address,
            "contentType": "application/ld+json",
            "document": {"@context": {"@vocab": SCHEMA}},
        }

    found = jsonld.expand(json.loads(text), {"documentLoader": loader})
    return {one["@type"][0].removeprefix(SCHEMA): one for one in found}


def values(thing: dict[str, Any], *names: str) -> list[Any]:
    """What stands under a property, or under one of what stands there."""
    for name in names[:-1]:
        (thing,) = thing[f"{SCHEMA}{name}"]
    return [each.get("@value", each) for each in thing[f"{SCHEMA}{names[-1]}"]]


def test_search_engines_read_a_story(market: Market) -> None:
    make_story(market, title=HOSTILE)
    article = read_data("/news/whole/")["NewsArticle"]
    assert values(article, "headline") == [HOSTILE]
    assert values(article, "inLanguage") == ["th"]
    assert urlsplit(values(article, "url")[0]).path == "/news/whole/"
    assert values(article, "publisher", "name")
    assert values(article, "publisher", "logo", "url")
    assert values(article, "keywords") == ["ผ้าไหม", "มาตรฐาน"]
    assert all(urlsplit(address).scheme in ("http", "https") for address in values(article, "image"))
    assert dt.date.fromisoformat(values(article, "datePublished")[0]) == clock.today()
    assert dt.datetime.fromisoformat(values(article, "dateModified")[0]).tzinfo is not None
    assert all(name.startswith((SCHEMA, "@")) for name in article)


def test_search_engines_read_a_fair_and_a_training(market: Market) -> None:
    make_fair(latitude="18.787700", longitude="98.993100")
    event = read_data("/fairs/lanna-fair/")["Event"]
    start, end = (dt.datetime.fromisoformat(values(event, name)[0]) for name in ("startDate", "endDate"))
    assert start < end
    assert start.utcoffset() == dt.timedelta(hours=7)
    assert values(event, "name") == ["งานของดีล้านนา"]
    assert values(event, "location", "address", "addressCountry") == ["TH"]
    assert values(event, "location", "geo", "latitude") == [18.7877]
    assert values(event, "eventStatus") == ["https://schema.org/EventScheduled"]
    assert values(event, "organizer", "name")
    course = trainings.make(market)
    taught = read_data("/trainings/photos-of-goods-with-a-phone/")["EducationEvent"]
    assert dt.datetime.fromisoformat(values(taught, "startDate")[0]) == course.starts_at
    assert values(taught, "maximumAttendeeCapacity") == [course.seats]
    assert values(taught, "location", "address", "addressCountry") == ["TH"]
