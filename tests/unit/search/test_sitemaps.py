"""What search engines may read: only what is public today, in both languages, in parts of bounded size."""

from __future__ import annotations

import gzip
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from defusedxml.ElementTree import fromstring
from django.conf import settings
from django.test import Client
from django.urls import resolve

from catalogue.models import Product
from catalogue.services import withdraw_product
from cms.services import publish_news
from search.web import sitemaps
from shop.common import clock
from shop.common.web import compression
from tests.market import Market, make_product

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def xml(client: Client, path: str) -> ElementTree.Element:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml; charset=utf-8"), path
    found: ElementTree.Element = fromstring(answer.content)
    return found


def locations(root: ElementTree.Element) -> list[str]:
    return [(entry.text or "").removeprefix(settings.SITE_URL) for entry in root.findall(".//s:loc", NAMES)]


def everything(client: Client) -> list[str]:
    return [path for part in locations(xml(client, "/sitemap.xml")) for path in locations(xml(client, part))]


def part_of(client: Client, section: str) -> str:
    """The first part of a section that holds anything: keys go on where the tests before left them."""
    return next(path for path in locations(xml(client, "/sitemap.xml")) if path.startswith(f"/sitemaps/{section}-"))


def test_every_address_of_the_sitemaps_opens_and_is_the_canonical_one(client: Client, market: Market) -> None:
    publish_news(title="ข่าวแรก", slug="first", summary="สั้น", body=[], published_on=clock.today())
    paths = everything(client)
    assert len(paths) == len(set(paths))
    assert "/news/first/" in paths
    assert "/en/news/first/" not in paths, "there is no English version"
    wanted = ["/", "/en/", "/products/", "/categories/basketry/", "/groups/north-group/", "/networks/chiang-mai/"]
    wanted += [market.products["hat"].get_absolute_url(), f"/certificates/{market.certificates['isan'].code}/"]
    assert set(wanted) <= set(paths)
    looked_at = [path for path in paths if not re.search("networks/.|categories/.", path)] + wanted
    for path in looked_at:
        answer = client.get(path)
        assert answer.status_code == 200, path
        body = answer.content.decode()
        assert f'<link rel="canonical" href="{settings.SITE_URL}{path}">' in body, path
        assert "noindex" not in body, path


def test_languages_point_at_each_other(client: Client, market: Market) -> None:
    root = xml(client, part_of(client, "groups"))
    links = {
        url.find("s:loc", NAMES).text: {  # type: ignore[union-attr]
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)
        }
        for url in root.findall("s:url", NAMES)
    }
    site = settings.SITE_URL
    both = {"th": f"{site}/groups/isan-group/", "en": f"{site}/en/groups/isan-group/"}
    both["x-default"] = both["th"]
    assert links[both["th"]] == links[both["en"]] == both


def test_what_is_not_for_sale_or_not_public_is_not_named(client: Client, market: Market) -> None:
    withdraw_product(product=market.products["hat"])
    group = market.groups["south"]
    group.state = "suspended"
    group.save()
    paths = everything(client)
    assert market.products["kratip"].get_absolute_url() in paths
    assert market.products["hat"].get_absolute_url() not in paths
    assert "/groups/south-group/" not in paths


def test_parts_are_ranges_of_keys(client: Client, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "CHUNK", 2)
    for number in range(5):
        make_product(market, f"p{number}", "north", title=f"ตะกร้า {number}")
    parts = [path for path in locations(xml(client, "/sitemap.xml")) if "/products-" in path]
    assert len(parts) >= 4
    found = [path for part in parts for path in locations(xml(client, part)) if not path.startswith("/en/")]
    assert sorted(found) == sorted(product.get_absolute_url() for product in Product.objects.all())
    assert all(len(locations(xml(client, part))) <= 4 for part in parts)


@pytest.mark.parametrize("name", ["products-99999", "products", "nothing-0", "products-0000000000", "basket-0"])
def test_other_parts_do_not_exist(client: Client, market: Market, name: str) -> None:
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404


def test_a_part_costs_two_queries_at_most_and_validates(
    client: Client, market: Market, django_assert_max_num_queries: Any
) -> None:
    part = part_of(client, "products")
    with django_assert_max_num_queries(2):
        answer = client.get(part)
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    with django_assert_max_num_queries(0):
        again = client.get(part, headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_kept_is_packed_and_gives_way_to_a_change(
    client: Client, market: Market, django_capture_on_commit_callbacks: Any
) -> None:
    hat = market.products["hat"].get_absolute_url()
    for path in (part_of(client, "products"), "/sitemap.xml", "/robots.txt"):
        plain, packed = client.get(path), client.get(path, headers={"accept-encoding": "gzip"})
        if len(plain.content) >= compression.LEAST:
            assert packed.headers["Content-Encoding"] == "gzip", path
            assert gzip.decompress(packed.content) == plain.content, path
        assert packed.headers["ETag"] == plain.headers["ETag"], path
    assert hat.encode() in client.get(part_of(client, "products")).content
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_product(product=market.products["hat"])
    assert hat.encode() not in client.get(part_of(client, "products")).content


def test_robots_keep_out_of_what_is_personal(client: Client, db: None) -> None:
    body = client.get("/robots.txt").content.decode()
    shut = re.findall(r"^Disallow: (.+)$", body, re.M)
    for path in ("/basket/", "/checkout/", "/account/", "/workspace/", "/office/", "/en/basket/", "/en/account/"):
        assert path in shut
        assert resolve(path)
    assert "/" not in shut
    assert body.endswith(f"Sitemap: {settings.SITE_URL}/sitemap.xml\n")
