"""The foot of every page: how to buy, returns, contact and privacy are one tap away, in the page's language."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from catalogue.templatetags.words import soft_breaks
from cms.models import PlainPage
from cms.services import ensure_site
from cms.texts import PLAIN_PAGES

pytestmark = pytest.mark.django_db


def links(path: str) -> dict[str, str]:
    """Address → words of the foot's links."""
    foot = Client().get(path).content.decode().split("<footer", 1)[1]
    return dict(re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', foot))


@pytest.mark.parametrize(("prefix", "thai"), [("", True), ("/en", False)])
def test_plain_pages_and_news_are_named_and_open(prefix: str, thai: bool) -> None:
    ensure_site()
    found = links(f"{prefix}/products/")
    for page in PLAIN_PAGES:
        address = f"{prefix}/{page.slug}/"
        assert found[address] == (page.title_th if thai else page.title_en)
        assert Client().get(address).status_code == 200
    assert f"{prefix}/news/" in found


def test_a_page_taken_back_or_closed_is_named_no_more(django_capture_on_commit_callbacks: object) -> None:
    ensure_site()
    assert "/returns/" in links("/products/")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        PlainPage.objects.get(slug="returns", locale__language_code="th").unpublish()
        PageViewRestriction.objects.create(
            page=PlainPage.objects.get(slug="contact", locale__language_code="th"), restriction_type="login"
        )
    found = links("/products/")
    assert "/returns/" not in found
    assert "/contact/" not in found
    assert "/how-to-buy/" in found


def test_long_words_part_where_a_word_begins_and_stay_escaped() -> None:
    assert soft_breaks("เครื่องปั้นดินเผา") == "เครื่องปั้นดิน<wbr>เผา"
    assert soft_breaks("<b>เก") == "&lt;b&gt;<wbr>เก"
    assert soft_breaks("") == ""


def test_a_word_no_dictionary_knows_stays_whole() -> None:
    assert soft_breaks("เสื้อผ้าสำเร็จรูป") == 'เสื้อผ้า<wbr><span class="one">สำเร็จรูป</span>'
