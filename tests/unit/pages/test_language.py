"""Thai pages speak Thai and English pages English, to the last label: ours, allauth's, Oscar's, Wagtail's and Django's words.

A buyer's pages are asked for as they come, and with every mistake that a form answers with a sentence. What is left of
the other language must be a name, an address or a mark that is written so in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from cms.services import publish_news
from shop.common import clock
from tests.market import ADDRESS, GUEST, Market
from vendors.models import CertificationScheme, Membership

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
SHOWN = ("alt", "aria-label", "placeholder", "title", "value", "data-said", "data-done", "data-failed", "content")
NOT_SHOWN = ("script", "style", "svg", "template")
NAMED = ("description", "og:title", "og:description", "og:site_name", "og:image:alt")
"""Names of meta elements whose content people read."""
LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]{2,}")
THAI = re.compile("[\u0e01-\u0e5b]+")
SAME_IN_BOTH = {
    "LINE",
    "Facebook",
    "OTOP",
    "GHP",
    "HACCP",
    "GAP",
    "PromptPay",
    "English",
    "Talat",
    "Ruam",
    "QR",
    "SVG",
    "PDF",
    "RSS",
    "Atom",
    "xxx",
    "xxxx",
}
"""Marks and names that Thai writes in Latin letters."""
COOKIES = {"csrftoken", "market_basket", "messages", "sessionid"}
CODES = re.compile(r"\b(?=\w*\d)[A-Za-z0-9-]{3,}\b|\b[A-Z]{10,}\b")


class _Words(HTMLParser):
    """Everything of a page that is seen or spoken."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.hidden = 0
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in NOT_SHOWN:
            self.hidden += 1
        if tag == "meta" and (values.get("name") or values.get("property")) not in NAMED:
            return
        if tag == "input" and values.get("type") not in ("submit", "button"):
            values.pop("value", None)
        if tag in ("option", "button", "li", "data"):
            values.pop("value", None)
        self.found += [value for name in SHOWN if (value := values.get(name))]

    def handle_endtag(self, tag: str) -> None:
        if tag in NOT_SHOWN:
            self.hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self.hidden and data.strip():
            self.found.append(" ".join(data.split()))


def words(html: str) -> list[str]:
    """The texts of a page; what is marked as not to be translated is data."""
    reader = _Words()
    reader.feed(re.sub(r"<(\w+)[^>]*translate=\"no\"[^>]*>.*?</\1>", "", html, flags=re.S))
    return reader.found


def strangers(html: str, language: str, known: set[str]) -> set[str]:
    """Texts that hold words of the other language."""
    pattern = LATIN if language == "th" else THAI
    found = set()
    for text in words(html):
        left = re.sub(r"\S+@\S+|https?://\S+", " ", text)
        for name in sorted(known, key=len, reverse=True):
            left = left.replace(name, " ")
        left = CODES.sub(" ", left)
        if [word for word in pattern.findall(left) if word not in SAME_IN_BOTH]:
            found.add(text)
    return found


def ask(client: Client, path: str, data: dict[str, Any] | None = None) -> str:
    answer = client.get(path) if data is None else client.post(path, data, **SAME_ORIGIN)
    if answer.status_code in (301, 302):
        answer = client.get(answer.headers["Location"], follow=True)
    assert answer.status_code in (200, 404, 422), f"{path}: {answer.status_code}"
    return answer.content.decode()


WRONG_ADDRESS = {"recipient": "", "phone": "12", "line1": "", "area_code": "999999", "postcode": "1"}
GUESTS: list[tuple[str, dict[str, Any] | None]] = [
    ("/", None),
    ("/products/", None),
    ("/products/?region=north&scheme=TCPS&stock=1&min=50&max=900&sort=price", None),
    ("/products/?min=9999999", None),
    ("/categories/", None),
    ("/categories/basketry/", None),
    ("/search/?q=qqqq", None),
    ("{hat}", None),
    ("{gone}", None),
    ("/groups/", None),
    ("/groups/?q=qqqq", None),
    ("/groups/north-group/", None),
    ("/networks/", None),
    ("/networks/chiang-mai/", None),
    ("/certificates/", None),
    ("/certificates/?q=qqqq", None),
    ("/certificates/{certificate}/", None),
    ("/news/", None),
    ("/how-to-buy/", None),
    ("/returns/", None),
    ("/privacy/", None),
    ("/contact/", None),
    ("/basket/", None),
    ("/orders/find/", None),
    ("/orders/find/", {"number": "1", "contact": "x"}),
    ("/orders/find/", {}),
    ("/no-such-page/", None),
    ("/auth/login/", None),
    ("/auth/login/", {"login": "nobody@example.test", "password": "wrong"}),
    ("/auth/login/", {}),
    ("/auth/login/", {"login": "x", "password": ""}),
    ("/auth/signup/", None),
    ("/auth/signup/", {"email": "x", "password1": "123"}),
    ("/auth/signup/", {"email": "buyer@example.test", "password1": "password"}),
    ("/auth/signup/", {"email": "a@example.test", "password1": "12345678"}),
    ("/auth/signup/", {"email": "somebody@example.test", "password1": "somebody"}),
    ("/auth/password/reset/", None),
    ("/auth/password/reset/", {"email": "x"}),
    ("/auth/password/reset/", {"email": "buyer@example.test"}),
    ("/auth/password/reset/key/1-bad/", None),
    ("/auth/confirm-email/bad/", None),
    ("/auth/inactive/", None),
]
BUYERS: list[tuple[str, dict[str, Any] | None]] = [
    ("/account/", None),
    ("/account/profile/", None),
    ("/account/profile/", {"display_name": "x" * 500, "phone": "12"}),
    ("/account/orders/", None),
    ("/account/addresses/", None),
    ("/account/addresses/add/", None),
    ("/account/addresses/add/", WRONG_ADDRESS),
    ("/auth/email/", None),
    ("/auth/email/", {"action_add": "1", "email": "x"}),
    ("/auth/email/", {"action_add": "1", "email": "buyer@example.test"}),
    ("/auth/email/", {"action_remove": "1", "email": "buyer@example.test"}),
    ("/auth/email/", {"action_send": "1", "email": "buyer@example.test"}),
    ("/auth/email/", {"action_primary": "1", "email": "buyer@example.test"}),
    ("/auth/password/change/", None),
    ("/auth/password/change/", {"oldpassword": "x", "password1": "123", "password2": "456"}),
    ("/auth/reauthenticate/", None),
    ("/auth/reauthenticate/", {"password": "x"}),
    ("/auth/logout/", None),
]


@pytest.fixture
def known(market: Market) -> dict[str, set[str]]:
    """Names that are written in one way: of people, goods without an English name, what a buyer typed."""
    hub = {membership.user.display_name for membership in Membership.objects.select_related("user")}
    publish_news(title="ข่าวแรก", slug="first", summary="สั้น", body=[], published_on=clock.today())
    codes = {str(product.public_code) for product in market.products.values()}
    codes |= {certificate.code for certificate in market.certificates.values()}
    schemes = set(CertificationScheme.objects.values_list("name_th", flat=True))
    typed = {*(str(value) for value in ADDRESS.values()), "qqqq"}
    return {
        "th": {*COOKIES, *codes, *hub, *typed, *schemes, "buyer", "(TH)"},
        "en": {*typed, "ไทย", *_thai_names(market)},
    }


def _thai_names(market: Market) -> Iterator[str]:
    """Certificate numbers are printed in Thai; a workshop may have no English name."""
    for certificate in market.certificates.values():
        yield certificate.number
    for place in market.places.values():
        yield place.name_th


def _nothing_in(found: dict[str, set[str]]) -> None:
    lines = [f"{path[:90]}: {text[:160]}" for path, texts in found.items() for text in sorted(texts)]
    assert not lines, "words of the other language, or without a translation:\n" + "\n".join(lines)


def _filled(path: str, market: Market) -> str:
    hat = market.products["hat"]
    gone = market.products["bag"]
    return path.format(
        hat=hat.get_absolute_url().removeprefix("/en"),
        gone=gone.get_absolute_url().removeprefix("/en"),
        certificate=market.certificates["north"].code,
    )


def _walk(
    client: Client, market: Market, language: str, stops: list[tuple[str, dict[str, Any] | None]], known: set[str]
) -> dict[str, set[str]]:
    prefix = "" if language == "th" else "/en"
    found = {}
    for path, data in stops:
        filled = prefix + _filled(path, market)
        if left := strangers(ask(client, filled, data), language, known):
            found[f"{filled} {data or ''}"] = left
    return found


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_a_guest_meets(client: Client, market: Market, known: dict[str, set[str]], language: str) -> None:
    _nothing_in(_walk(client, market, language, GUESTS, known[language]))


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_a_buyer_meets(client: Client, market: Market, known: dict[str, set[str]], language: str) -> None:
    EmailAddress.objects.create(user=market.people["buyer"], email="buyer@example.test", primary=True, verified=False)
    client.force_login(market.people["buyer"], backend=BACKEND)
    _nothing_in(_walk(client, market, language, BUYERS, known[language]))


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_whole_purchase_with_its_mistakes(
    client: Client, market: Market, known: dict[str, set[str]], language: str
) -> None:
    prefix = "" if language == "th" else "/en"
    add = f"{prefix}/basket/add/{market.products['hat'].pk}/"
    found: dict[str, set[str]] = {}
    for name, path, data in (
        ("too many", add, {"quantity": "9999"}),
        ("none", add, {"quantity": "0"}),
        ("no number", add, {"quantity": "x"}),
        ("added", add, {"quantity": "2"}),
        ("basket", f"{prefix}/basket/", None),
        ("checkout", f"{prefix}/checkout/", None),
        ("empty", f"{prefix}/checkout/", {}),
        ("wrong", f"{prefix}/checkout/", {**WRONG_ADDRESS, "email": "x"}),
        ("address", f"{prefix}/checkout/", GUEST),
        ("no method", f"{prefix}/checkout/confirm/", {}),
        ("other total", f"{prefix}/checkout/confirm/", {"method": "cod", "expected": "1"}),
    ):
        if left := strangers(ask(client, path, data), language, known[language]):
            found[name] = left
    total = client.get(f"{prefix}/checkout/confirm/").context["total"]
    placed = ask(client, f"{prefix}/checkout/confirm/", {"method": "transfer", "expected": total, "note": ""})
    if left := strangers(placed, language, {*known[language], *_bank()}):
        found["placed"] = left
    _nothing_in(found)


def _bank() -> Iterator[str]:
    from django.conf import settings

    yield from settings.BANK_ACCOUNT.values()


def test_the_check_itself_finds_words() -> None:
    thai = '<p title="Save now">ดี <b>Add to basket</b></p><input value="typed"><script>var hidden</script><i>อย. GI</i>'
    assert strangers(thai, "th", set()) == {"Save now", "Add to basket"}
    assert strangers("<p>ตะกร้า</p><p>Basket 2569</p>", "en", set()) == {"ตะกร้า"}
    assert strangers("<p>LINE 6A3-KK2 a@b.test</p>", "th", set()) == set()
