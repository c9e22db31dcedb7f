"""Earlier versions of a shop page: who and when, looked at, taken into the draft; the published page stays as it is."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from cms.models import GroupPage
from cms.selectors import pages_of, versions_of
from tests.market import Market, make_user
from tests.unit.cms.shop_pages import BASE, client_of, publish, rows_of, save
from vendors import history
from vendors.services import add_member

pytestmark = pytest.mark.django_db


def three_savings(market: Market) -> list[int]:
    """The daughter writes, it is published; the mother writes Thai and English, then a video; the keys, oldest first."""
    market.people["daughter"] = make_user("daughter")
    add_member(organisation=market.groups["north"], user=market.people["daughter"], role="editor")
    save(market, "story", "daughter", story="ฉบับของลูก")
    publish(market)
    save(market, "story", story="ฉบับของแม่", story_en="By mother")
    save(market, "video", video="https://youtu.be/dQw4w9WgXcQ")
    return [one.key for one in versions_of(pages_of(market.groups["north"].pk))][::-1]


def test_every_saving_is_listed_once_with_its_person(market: Market) -> None:
    three_savings(market)
    rows = versions_of(pages_of(market.groups["north"].pk))
    assert [(row.parts, row.by.email if row.by else None, row.is_live) for row in rows] == [
        (["video"], "north@example.test", False),
        (["story"], "north@example.test", False),
        (["story"], "daughter@example.test", True),
        ([], None, False),
    ]
    body = client_of(market, "north").get(f"{BASE}versions/").content.decode()
    assert body.count("ลูกค้าเห็นฉบับนี้") == 1
    assert body.count(f'href="{BASE}versions/') == 4


def test_an_old_version_is_looked_at_and_becomes_the_draft(market: Market) -> None:
    first, of_daughter, *_rest = three_savings(market)
    client = client_of(market, "north")
    page = client.get(f"{BASE}versions/{of_daughter}/")
    assert "ฉบับของลูก" in page.content.decode()
    assert "ฉบับของแม่" in page.content.decode(), "the draft stands beside it"
    done = client.post(f"{BASE}versions/{of_daughter}/", {"seen": page.context["version"]})
    assert done.url == BASE
    draft = pages_of(market.groups["north"].pk).draft
    assert (draft["story"], draft["story_en"], draft["video"]) == ("<p>ฉบับของลูก</p>", "", "")
    assert history.history_of(market.groups["north"])[0].data["version"] == of_daughter
    cache.clear()
    assert "ฉบับของลูก" in Client().get("/groups/north-group/").content.decode()
    again = client.get(f"{BASE}versions/{first}/")
    client.post(f"{BASE}versions/{first}/", {"seen": again.context["version"]})
    assert pages_of(market.groups["north"].pk).draft["story"] != "<p>ฉบับของลูก</p>", (
        "and the one before can come back too"
    )
    cache.clear()
    assert "ฉบับของลูก" in Client().get("/groups/north-group/").content.decode(), "visitors see it when it is published"


def test_who_looked_at_an_older_draft_restores_nothing(market: Market) -> None:
    first, *_rest = three_savings(market)
    client = client_of(market, "north")
    seen = client.get(f"{BASE}versions/{first}/").context["version"]
    save(market, "story", "daughter", story="ใหม่กว่า")
    client.post(f"{BASE}versions/{first}/", {"seen": seen})
    assert pages_of(market.groups["north"].pk).draft["story"] == "<p>ใหม่กว่า</p>"


def test_versions_of_another_group_are_not_there(market: Market) -> None:
    three_savings(market)
    page = GroupPage.objects.get(group=market.groups["isan"], locale__language_code="th")
    theirs = page.save_revision()
    client = client_of(market, "north")
    before = pages_of(market.groups["north"].pk).draft
    for answer in (client.get(f"{BASE}versions/{theirs.pk}/"), client.post(f"{BASE}versions/{theirs.pk}/", {})):
        assert answer.status_code == 404
    assert pages_of(market.groups["north"].pk).draft == before


def test_a_shared_link_shows_the_groups_own_photo(market: Market) -> None:
    """The banner, else the first picture of the gallery, else a maker."""
    from cms.posters import of_group
    from cms.selectors import shop_page
    from tests.market import photo

    group = market.groups["north"]
    save(
        market,
        "faces",
        rows=rows_of(market, "faces"),
        **{"r0-photo": photo("face.jpg", size=(900, 900)), "r0-name": "ป้าแก้ว"},
    )
    publish(market)
    face = pages_of(group.pk).live["faces"][0]["picture"]["name"]
    assert of_group(group, "th", shop_page(group.pk, "th")).picture == face
    save(market, "banner", photo=photo("banner.jpg", size=(1200, 500)))
    publish(market)
    banner = pages_of(group.pk).live["banner"]["name"]
    assert of_group(group, "en", shop_page(group.pk, "en")).picture == banner
    assert banner != face
