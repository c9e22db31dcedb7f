"""Public pages go packed and with a mark; personal pages go unpacked and are kept by nobody."""

from __future__ import annotations

import gzip

import brotli
import pytest
from django.test import Client

from shop.common.web import compression
from tests.market import PASSWORD, Market

pytestmark = pytest.mark.django_db
PUBLIC = ("/", "/en/", "/products/", "/categories/basketry/", "/groups/", "/certificates/")
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_public_page_is_packed_freshly_made_and_kept_alike(market: Market, path: str, coding: str) -> None:
    plain = Client().get(path)
    assert "Content-Encoding" not in plain.headers
    for _made_then_kept in range(2):
        answer = Client().get(path, headers={"Accept-Encoding": coding})
        assert answer.headers["Content-Encoding"] == coding
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert answer.headers.get("Content-Length", str(len(answer.content))) == str(len(answer.content))
        assert len(answer.content) < len(plain.content) / 3
        assert UNPACK[coding](answer.content) == plain.content
        assert answer.headers["ETag"] == plain.headers["ETag"]


@pytest.mark.parametrize("path", PUBLIC)
def test_what_goes_packed_holds_no_secret(market: Market, path: str) -> None:
    visitor = Client()
    visitor.force_login(market.people["buyer"])
    answer = visitor.get(path, headers={"Accept-Encoding": "br"})
    text = brotli.decompress(answer.content).decode()
    assert "csrfmiddlewaretoken" not in text
    assert market.people["buyer"].display_name not in text
    assert not answer.cookies


def test_a_personal_page_is_never_packed_and_never_kept(market: Market) -> None:
    visitor = Client()
    assert visitor.login(username="buyer@example.test", password=PASSWORD)
    stock = market.products["hat"].pk
    visitor.post(f"/basket/add/{stock}/", headers={"Sec-Fetch-Site": "same-origin"})
    for path in ("/basket/", "/checkout/", "/account/", "/fragment/me/", "/auth/login/"):
        answer = visitor.get(path, headers={"Accept-Encoding": "br, gzip"}, follow=True)
        assert "Content-Encoding" not in answer.headers, path
        assert "no-store" in answer.headers["Cache-Control"] or "private" in answer.headers["Cache-Control"], path


@pytest.mark.parametrize("coding", ["", "br"])
def test_a_known_page_is_not_sent_again(market: Market, coding: str) -> None:
    headers = {"Accept-Encoding": coding}
    mark = Client().get("/products/", headers=headers).headers["ETag"]
    for known in (mark, mark.removeprefix("W/"), f'"other", {mark}', "*"):
        answer = Client().get("/products/", headers={**headers, "If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b""), known
        assert answer.headers["ETag"] == mark
        assert "Content-Encoding" not in answer.headers
    changed = Client().get("/products/", headers={**headers, "If-None-Match": '"other"'})
    assert changed.status_code == 200


def test_a_visitor_with_a_session_gets_the_short_answer_too(market: Market) -> None:
    visitor = Client()
    visitor.force_login(market.people["buyer"])
    mark = visitor.get("/products/").headers["ETag"]
    assert visitor.get("/products/", headers={"If-None-Match": mark}).status_code == 304


@pytest.mark.parametrize(
    ("asked", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("br; q=0.000, gzip; q=0", ""),
        ("GZIP", "gzip"),
        ("br;q=0.5", "br"),
        ("identity", ""),
        ("zstd", ""),
        ("", ""),
    ],
)
def test_the_coding_is_one_that_the_browser_takes(rf: object, asked: str, coding: str) -> None:
    request = rf.get("/", headers={"Accept-Encoding": asked})  # type: ignore[attr-defined]
    assert compression.accepted(request) == coding


def test_short_pages_stay_as_they_are(market: Market) -> None:
    answer = Client().get("/healthz", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in answer.headers
