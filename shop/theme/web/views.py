"""The style guide: every component in every state, light beside dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from media.selectors import examples
from shop.common import access
from shop.common.access import View
from shop.theme import tokens
from shop.theme.web.forms import forms_for

SECTIONS = (
    ("colours", _("Colours")),
    ("type", _("Type")),
    ("words", _("Long and tall words")),
    ("buttons", _("Buttons")),
    ("fields", _("Fields")),
    ("goods", _("Goods, prices, badges")),
    ("gallery", _("Gallery")),
    ("steps", _("Steps and times")),
    ("messages", _("Messages and dialogs")),
    ("navigation", _("Ways around")),
    ("cards", _("Cards, empty and waiting")),
    ("tables", _("Tables, charts, progress")),
    ("icons", _("Icons and ornament")),
)
TALL = "ที่ ปี่ ผู้ น้ำ ญี่ปุ่น กี๊ ฎุ"
"""The tallest and deepest letters of Thai."""
SCRIPT = "<script>alert('ผู้ซื้อ')</script><b>ตัวหนา</b>"
LONG = {
    "th": "กลุ่มแม่บ้านเกษตรกรผู้ปลูกกล้วยน้ำว้าและแปรรูปผลิตภัณฑ์จากญี่ปุ่นบ้านปี่พาทย์ใต้ที่ใหญ่ที่สุดในลุ่มน้ำชี้ฟ้าแห่งกี๊ฎุ"[:120].ljust(120, "ผ"),
    "en": "Kanchanaburi-Suphanburi" * 5 + "-Weave",
}
LONG["en"] = LONG["en"].replace("-", "")[:120].ljust(120, "x")
ICONS = (
    *("basket", "user", "search", "home", "tag", "store", "check", "truck", "pin", "phone", "left", "right", "plus"),
    *(
        "minus",
        "trash",
        "heart",
        "share",
        "globe",
        "menu",
        "filter",
        "close",
        "certificate",
        "alert",
        "info",
        "printer",
    ),
    *("camera",),
)


def open_to(demo: bool) -> Callable[[View], View]:
    """Everybody may look at it in the demo. A market that sells keeps it for its staff: its examples are not offers."""
    return access.public if demo else access.staff()


@open_to(settings.DEMO)
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """`/styleguide/`."""
    language = "en" if (get_language() or "th").startswith("en") else "th"
    long = LONG[language]
    schemes = [{"name": name, **forms_for(name, long), "colours": _colours(name)} for name in tokens.SCHEMES]
    sections = [{"id": name, "title": title, "template": f"theme/guide/{name}.html"} for name, title in SECTIONS]
    words = {"tall": TALL, "script": SCRIPT, "long": long, "icons": ICONS, **_examples(long)}
    return render(request, "theme/styleguide.html", {"schemes": schemes, "sections": sections, **words})


@open_to(settings.DEMO)
@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    """The two colour schemes as classes, read from the tokens, so that they can never differ from them."""
    return HttpResponse(tokens.scheme_styles(), content_type="text/css; charset=utf-8")


def _colours(scheme: str) -> list[dict[str, Any]]:
    return [
        {"text": pair.text, "ground": pair.ground, "ratio": f"{pair.ratio:.1f}", "least": pair.least}
        for pair in tokens.measured(tokens.colours(scheme))
    ]


def _examples(long: str) -> dict[str, Any]:
    cloths = ("cloth-chonnabot", "band-naga", "band-diamond")
    pictures = [{"big": static(f"theme/ui/{name}.svg"), "alt": TALL, "width": 320, "height": 320} for name in cloths]
    names = ("น้ำพริกเผากุ้งสดปี่พาทย์ ญี่ปุ่น", long, SCRIPT, "ข้าว")
    prices = ("1.00 บาท", "1,000,000.00 บาท", "85.50 บาท", "65.00 บาท")
    shown = dict(zip((0, 1, 3), examples(3), strict=False))  # one good has no picture; an empty market has none at all
    goods = [
        {
            "url": "#goods",
            "name": name,
            "group_name": TALL + " " + long,
            "price_text": price,
            "unit": "กระปุก 200 กรัม",
            "province": "สุราษฎร์ธานี",
            "marks": ["มผช.", "อย.", "OTOP", "ฮาลาล"],
            "sold_out": at == 1,
            "picture": shown[at]["name"] if at in shown else "",
            "blur": shown[at]["blur"] if at in shown else "",
        }
        for at, (name, price) in enumerate(zip(names, prices, strict=True))
    ]
    rows = [(_("January"), 125_000), (long, 98_500), (TALL, 3), (_("February"), -4_200)]
    many = Paginator(range(1_000_000), 10)
    return {
        "pictures": pictures,
        "goods": goods,
        "rows": rows,
        "trail": [{"name": TALL, "url": "#navigation"}, {"name": long, "url": "#navigation"}, {"name": SCRIPT}],
        "pages": [many.page(number) for number in (1, 51_234, 100_000)],
    }
