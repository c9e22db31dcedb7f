"""The head of public pages: one address, both languages, a card for shared links, data for machines."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from cms.services import publish_news
from shop.common import clock
from shop.theme.meta import as_json
from tests.market import Market, make_group, make_product

SITE = settings.SITE_URL


def head(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode().split("</head>")[0]


def values(html: str, name: str) -> list[str]:
    return [unescape(found) for found in re.findall(f'<meta (?:property|name)="{name}" content="([^"]*)">', html)]


def data(html: str) -> dict[str, dict[str, Any]]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return {str(entry["@type"]): entry for entry in json.loads(text)["@graph"]}


@pytest.mark.parametrize("path", ["/", "/products/", "/categories/", "/categories/basketry/", "/groups/north-group/"])
def test_languages_and_address(client: Client, market: Market, path: str) -> None:
    for prefix in ("", "/en"):
        html = head(client, f"{prefix}{path}?utm_source=line")
        assert re.findall('rel="canonical" href="([^"]*)"', html) == [f"{SITE}{prefix}{path}"]
        assert re.findall('hreflang="([^"]*)" href="([^"]*)"', html) == [
            ("th", f"{SITE}{path}"),
            ("en", f"{SITE}/en{path}"),
            ("x-default", f"{SITE}{path}"),
        ]
        assert values(html, "og:url") == [f"{SITE}{prefix}{path}"]
        assert values(html, "og:locale") == ["en_GB" if prefix else "th_TH"]
        assert values(html, "twitter:card") == ["summary_large_image"]


def test_a_page_of_a_listing_is_its_own_address_and_a_filtered_one_names_none(client: Client, market: Market) -> None:
    for number in range(30):
        make_product(market, f"p{number}", "north", title=f"ตะกร้า {number}")
    second = head(client, "/en/products/?page=2&utm_source=x")
    assert f'<link rel="canonical" href="{SITE}/en/products/?page=2">' in second
    assert f'hreflang="th" href="{SITE}/products/?page=2"' in second
    filtered = head(client, "/products/?region=north")
    assert "noindex, follow" in filtered
    assert "hreflang" not in filtered


def test_a_page_of_the_directory_is_its_own_address(client: Client, market: Market) -> None:
    for number in range(24):
        make_group(market, f"more-{number}", f"กลุ่มเพิ่ม {number}", "TH-50")
    assert f'<link rel="canonical" href="{SITE}/groups/?page=2">' in head(client, "/groups/?page=2")
    assert f'<link rel="canonical" href="{SITE}/groups/">' in head(client, "/groups/?q=กลุ่ม&page=2")


def test_private_pages_say_nothing_to_machines(client: Client, market: Market) -> None:
    for path in ("/basket/", "/checkout/", "/auth/login/", "/orders/find/"):
        answer = client.get(path, follow=True)
        html = answer.content.decode().split("</head>")[0]
        assert "og:" not in html, path
        assert "canonical" not in html, path


def test_the_way_is_told_to_people_and_machines_alike(client: Client, market: Market) -> None:
    for path in (
        market.products["hat"].get_absolute_url(),
        "/categories/basketry/",
        "/groups/isan-group/",
        "/networks/chiang-mai/",
        f"/certificates/{market.certificates['isan'].code}/",
        "/products/",
    ):
        answer = client.get(path).content.decode()
        steps = data(answer)["BreadcrumbList"]["itemListElement"]
        shown = answer.split('<nav class="crumb"')[1].split("</nav>")[0]
        names = [unescape(name).strip() for name in re.findall(r"<(?:a|b)\b[^>]*>(.*?)</(?:a|b)>", shown)]
        assert [step["name"] for step in steps] == names
        links = re.findall('href="([^"]*)"', shown)
        assert [step["item"] for step in steps] == [f"{SITE}{link}" for link in [*links, path]]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))


def test_the_front_page_tells_who_it_is_and_where_to_search(client: Client, market: Market) -> None:
    found = data(head(client, "/en/"))
    assert found["Organization"]["url"] == f"{SITE}/en/"
    action = found["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{SITE}/en/search/?q={{search_term_string}}"
    assert (
        client.get(action["target"]["urlTemplate"].removeprefix(SITE).replace("{search_term_string}", "x")).status_code
        == 200
    )


def test_a_story_is_an_article_in_its_languages(
    client: Client, market: Market, django_capture_on_commit_callbacks: Any
) -> None:
    thai = publish_news(title='ข่าว "แรก" <b>', slug="first", summary="สั้น & ชัด", body=[], published_on=clock.today())
    html = head(client, "/news/first/")
    assert 'hreflang="en"' not in html
    article = data(html)["NewsArticle"]
    assert article["headline"] == 'ข่าว "แรก" <b>'
    assert article["datePublished"] == clock.today().isoformat()
    assert values(html, "og:title") == ['ข่าว "แรก" <b>']
    assert values(html, "og:description") == ["สั้น & ชัด"]
    assert values(html, "og:type") == ["article"]
    with django_capture_on_commit_callbacks(execute=True):  # the kept page is forgotten with the commit
        publish_news(
            title="First",
            slug="first",
            summary="Short",
            body=[],
            published_on=clock.today(),
            language="en",
            translation_of=thai,
        )
    assert f'hreflang="en" href="{SITE}/en/news/first/"' in head(client, "/news/first/")


def test_a_group_is_an_organisation_without_anybodys_phone(client: Client, market: Market) -> None:
    found = data(head(client, "/groups/isan-group/"))["['Organization', 'LocalBusiness']"]
    assert found["name"] == "กลุ่มทอผ้าบ้านโนน"
    assert found["address"] == {"@type": "PostalAddress", "addressCountry": "TH", "addressRegion": "ขอนแก่น"}
    assert "telephone" not in json.dumps(found)


def test_script_in_names_stays_text(client: Client, market: Market) -> None:
    bad = '</script><script>alert("x")</script>'
    make_product(market, "bad", "north", title=bad)
    body = client.get(market.products["bad"].get_absolute_url()).content.decode()
    assert "<script>alert" not in body
    assert values(body, "og:title") == [bad]
    assert data(body)["Product"]["name"] == bad
    assert as_json({"name": bad}).count("<") == 0
