"""The kept frame is what the page itself would have rendered, on every page, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.safestring import SafeString, mark_safe

from catalogue.models import Category
from shop.common import versions
from shop.theme import kept
from tests.market import Market


def fresh_part(context: Any, name: str, slots: tuple[str, ...], language: str, other_language: str) -> SafeString:
    """What `kept.part` does when nothing is kept."""
    return mark_safe(context.template.engine.get_template(name).render(context))


def pages(market: Market) -> list[str]:
    product = market.products["hat"]
    return [
        "/",
        "/products/",
        "/products/?sort=price&min=1",
        f"/products/{product.slug}_{product.pk}/",
        "/categories/basketry/",
        "/search/?q=หมวก",
        "/search/?q=%22%3E%3Cb%3E",
        "/search/?q=%25typed-words%25",
        f"/groups/{market.groups['north'].slug}/",
        "/networks/",
        "/basket/",
        "/auth/login/",
        "/no-such-page/",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_kept_and_fresh_pages_are_equal(market: Market, monkeypatch: pytest.MonkeyPatch, prefix: str) -> None:
    def bodies() -> list[str]:
        client = Client()
        client.cookies["sessionid"] = "made-anew"
        return [client.get(prefix + page).content.decode().split("csrfmiddlewaretoken")[0] for page in pages(market)]

    first, second = bodies(), bodies()
    monkeypatch.setattr(kept, "part", fresh_part)
    fresh = bodies()
    assert first == fresh
    assert second == fresh
    assert all(kept.OTHER_LANGUAGE not in body for body in first)


@pytest.mark.django_db
def test_a_renamed_category_is_renamed_in_the_strip_at_once(
    client: Client, market: Market, django_capture_on_commit_callbacks: Any
) -> None:
    assert ">เครื่องจักสาน</a>" in client.get("/networks/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        Category.objects.filter(slug="basketry").update(name="จักสานบ้านเรา")
        versions.bump()
    page = client.get("/networks/").content.decode()
    assert ">จักสานบ้านเรา</a>" in page
    assert ">เครื่องจักสาน</a>" not in page
