"""Stories of the market: words with goods and groups as they are today, kept for everybody, chosen by editors alone."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, PageViewRestriction

from catalogue.services import withdraw_product
from cms import posters
from cms.models import NewsPage
from cms.selectors import latest_news
from cms.services import ensure_site, publish_news
from cms.services.publishing import publish_due
from shop.common import clock
from shop.partner.services import set_offer
from tests.market import PASSWORD, Market
from vendors.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(market: Market) -> NewsPage:
    ensure_site()
    body: list[tuple[str, Any]] = [
        ("text", "<p>คำแรก</p>"),
        ("goods", [market.products["hat"], market.products["kratip"]]),
        ("quote", "คำพูด <script>alert(1)</script>"),
        ("groups", [market.groups["isan"]]),
    ]
    return publish_news(
        title="หมวก <b>ใบลาน</b>",
        summary="สั้น",
        body=body,
        published_on=clock.today(),
        slug="hats",
        province=market.groups["isan"].province,
    )


def read(**headers: str) -> Any:
    return Client().get("/news/hats/", headers=headers)


def test_goods_and_groups_stand_between_the_words(story: NewsPage, market: Market) -> None:
    html = read().content.decode()
    hat, kratip = market.products["hat"], market.products["kratip"]
    places = [html.index(part) for part in ("คำแรก", f"_{hat.pk}/", f"_{kratip.pk}/", "คำพูด", "/groups/isan-group/")]
    assert places == sorted(places), "in the editor's order"
    assert "250.00 บาท" in html
    assert f"/networks/{market.groups['isan'].province.slug}/" in html
    assert "<script>alert" not in html
    assert "<b>ใบลาน</b>" not in html


def test_the_province_of_a_story_leads_to_its_network_under_whatever_address(story: NewsPage) -> None:
    network = Organisation.objects.get(kind=Organisation.Kind.PROVINCIAL, province=story.province)
    network.slug = "moved-network"
    network.save()
    html = read().content.decode()
    assert 'href="/networks/moved-network/"' in html
    assert Client().get("/networks/moved-network/").status_code == 200


def test_what_is_not_sold_any_more_is_left_out(
    story: NewsPage, market: Market, django_capture_on_commit_callbacks: Any
) -> None:
    set_offer(product=market.products["hat"], place=market.places["isan"], price_satang=29_900, in_stock=4)
    assert "299.00 บาท" in read().content.decode(), "the price of today"
    Organisation.objects.filter(pk=market.groups["isan"].pk).update(state=Organisation.State.SUSPENDED)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_product(product=market.products["hat"])
    html = read().content.decode()
    assert f"_{market.products['hat'].pk}/" not in html
    assert f"_{market.products['kratip'].pk}/" in html
    assert "/groups/isan-group/" not in html
    assert "story-groups" not in html, "no empty box"


def test_a_page_that_is_published_after_its_product_was_withdrawn(
    story: NewsPage, market: Market, django_capture_on_commit_callbacks: Any
) -> None:
    """The draft names it, the clock publishes the draft, and readers see all of it but the product."""
    story.unpublish()
    story.title = "ร่างที่รอเวลา"
    story.go_live_at = clock.now() + dt.timedelta(hours=1)
    story.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_product(product=market.products["hat"])
    assert read().status_code == 404
    with clock.moved_to(clock.now() + dt.timedelta(hours=2)), django_capture_on_commit_callbacks(execute=True):
        assert publish_due() == (1, 0, 0)
        html = read().content.decode()
    assert "ร่างที่รอเวลา" in html
    assert f"_{market.products['hat'].pk}/" not in html
    assert f"_{market.products['kratip'].pk}/" in html


def test_a_product_that_was_deleted_harms_nobody(story: NewsPage) -> None:
    raw = [dict(block) for block in story.body.raw_data]
    raw[1]["value"][0]["value"] = 999_999
    NewsPage.objects.filter(pk=story.pk).update(body=json.dumps(raw))
    assert read().status_code == 200


def test_a_story_is_kept_for_everybody(story: NewsPage, market: Market) -> None:
    visitor = Client()
    visitor.force_login(market.people["buyer"])
    mine, first = visitor.get("/news/hats/"), read()
    assert mine.content == first.content
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "csrfmiddlewaretoken" not in first.content.decode()
    assert read(**{"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert read(**{"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"


def test_what_the_editor_changes_is_seen_at_once(
    story: NewsPage, market: Market, django_capture_on_commit_callbacks: Any
) -> None:
    assert "คำแรก" in read().content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        story.title = "ชื่อใหม่"
        story.save_revision().publish()
    assert "ชื่อใหม่" in read().content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        story.unpublish()
    assert read().status_code == 404


def test_a_page_for_members_is_never_kept(
    story: NewsPage, market: Market, django_capture_on_commit_callbacks: Any
) -> None:
    assert read().status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    assert read().status_code == 302, "the kept copy is forgotten"
    member = Client()
    member.force_login(market.people["buyer"])
    answer = member.get("/news/hats/", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Content-Encoding" not in answer.headers
    assert read().status_code == 302


def test_other_stories_are_named_below(story: NewsPage) -> None:
    publish_news(title="อีกเรื่อง", summary="สั้น", body=[("text", "<p>ข่าว</p>")], published_on=clock.today(), slug="other")
    assert "/news/other/" in read().content.decode()


def test_a_story_for_members_is_named_nowhere(
    story: NewsPage, market: Market, django_capture_on_commit_callbacks: Any
) -> None:
    english = story.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.slug = "hats-in-english"
    english.save_revision().publish()
    publish_news(title="อีกเรื่อง", summary="สั้น", body=[], published_on=clock.today(), slug="other")
    places = {"/": "/news/hats/", "/news/": "/news/hats/", "/news/other/": "/news/hats/"}
    places |= {"/en/": "/en/news/hats-in-english/", "/news/hats/": "/en/news/hats-in-english/"}
    poster = posters.of_story(story, "th").url
    for path, named in places.items():
        assert named in Client().get(path).content.decode(), path
    assert Client().get(poster).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        for page in (story, english):
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    member = Client()
    member.force_login(market.people["buyer"])
    for path, named in places.items():
        answer = member.get(path)
        assert answer.status_code == 200, path
        assert named not in answer.content.decode(), path
    assert Client().get(poster).status_code == 404, "its file is kept, and yet it is public no more"


def test_what_stands_below_a_section_for_members_is_named_nowhere_either(story: NewsPage) -> None:
    assert [row.slug for row in latest_news("th", 3)] == ["hats"]
    PageViewRestriction.objects.create(page=story.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert latest_news("th", 3) == []


@pytest.mark.parametrize(("who", "status"), [("editor", 200), ("buyer", 302), ("stranger", 302)])
def test_only_editors_choose(market: Market, who: str, status: int) -> None:
    visitor = Client()
    assert visitor.login(username=f"{who}@example.test", password=PASSWORD)
    for path in ("/cms/choose_product/", "/cms/choose_group/"):
        assert visitor.get(path).status_code in ((status,) if status == 200 else (302, 403, 404)), path


def test_the_chooser_finds_by_a_part_of_the_name(market: Market) -> None:
    editor = Client()
    assert editor.login(username="editor@example.test", password=PASSWORD)
    found = editor.get("/cms/choose_product/results/", {"q": "ใบลาน"}).content.decode()
    assert "หมวกใบลาน" in found
    assert "กระติบ" not in found
    assert "กลุ่มทอผ้าบ้านโนน" in editor.get("/cms/choose_group/results/", {"q": "isan"}).content.decode()
    withdraw_product(product=market.products["hat"])
    assert "หมวกใบลาน" not in editor.get("/cms/choose_product/results/", {"q": "ใบลาน"}).content.decode()
