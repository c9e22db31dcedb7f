"""How a picture stands on a page: every size to choose from, its dimensions, a preview, late unless it is the first."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client

from media.encoding import THUMB, WIDTHS
from media.templatetags.pictures import SIZES, photo
from tests.market import Market

BLUR = "data:image/webp;base64,UklGRg=="


@dataclass
class Known:
    name: str = "abc"
    width: int = 960
    height: int = 640
    blur: str = BLUR


def test_all_sizes_in_both_kinds_with_dimensions_and_preview() -> None:
    html = photo(Known(), "cell", "ผ้าไหม")
    for width in (THUMB, *WIDTHS):
        assert f"/media/pictures/abc-{width}.webp {width}w" in html
    assert '<img src="/media/pictures/abc-640.jpg" alt="ผ้าไหม" width="960" height="640" loading="lazy"' in html
    assert f'<img class="pv" src="{BLUR}" alt="">' in html
    assert f'sizes="{SIZES["cell"]}"' in html


def test_the_first_one_comes_at_once_and_before_others() -> None:
    assert 'fetchpriority="high"' in photo("abc", first=True)
    assert "lazy" not in photo("abc", first=True)
    assert "lazy" not in photo("abc", eager=True)
    assert "fetchpriority" not in photo("abc", eager=True)


def test_words_of_people_stay_words() -> None:
    page = Template('{% photo "abc" alt=words blur=blur %}')
    html = page.render(Context({"words": '"><script>alert(1)</script>', "blur": '"><b>'}))
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


@pytest.mark.parametrize("nothing", [None, ""])
def test_without_a_picture_there_is_a_ground(nothing: str | None) -> None:
    assert photo(nothing) == '<span class="noph" aria-hidden="true"></span>'


def test_nothing_on_it_needs_a_wider_policy() -> None:
    assert "style=" not in photo(Known())
    assert "onerror" not in photo(Known())
    assert "data:" in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"]


@pytest.mark.django_db
def test_every_picture_of_a_page_has_its_size(market: Market) -> None:
    hat = market.products["hat"]
    for path in ("/", "/products/", f"/products/{hat.slug}_{hat.pk}/", "/groups/north-group/"):
        html = Client().get(path).content.decode()
        images = [tag for tag in re.findall(r"<img [^>]*>", html) if 'class="pv"' not in tag]
        assert images or path == "/", path
        for tag in images:
            assert re.search(r' width="\d+" height="\d+"', tag), tag
            assert " alt=" in tag, tag
        assert html.count('fetchpriority="high"') <= 1, path
