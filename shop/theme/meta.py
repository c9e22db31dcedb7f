"""What machines read in a page's head: its one address, its languages, its picture for shared links, and its data.

A view of a public page puts `trail` (the way to the page) and `meta` into its context; `{% page_meta %}` writes both. The
visible way and its schema.org form come from the same list.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from shop.theme.slots import slot

LANGUAGES = ("th", "en")
_LOCALES = {"th": "th_TH", "en": "en_GB"}
_SAFE_JSON = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
POSTER_SIZE = (1200, 630)
Data = dict[str, Any]
Trail = list[dict[str, str]]


@dataclass(frozen=True)
class Meta:
    """`kind` is Open Graph's type; `poster` the path of the picture of a shared link; `data` schema.org objects.

    `alternates` are the page's addresses by language, where they follow from anything but the language's prefix.
    """

    kind: str = "website"
    poster: str = ""
    poster_alt: str = ""
    data: Sequence[Data] = ()
    alternates: dict[str, str] = field(default_factory=dict)


def absolute(path: str) -> str:
    """A path of this market as a whole address; a whole address (a picture in a bucket) stays."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"


def trail_to(*steps: tuple[str, str]) -> Trail:
    """The way to a page, the front page first: (name, address) of each step; the last one is the page itself.

    `url` is what `<c-breadcrumb>` links to, empty for the page itself; `item` is the step's address for machines.
    """
    whole = [(gettext("Home"), reverse("home")), *steps]
    return [
        {"name": str(name), "url": address if number < len(whole) else "", "item": address}
        for number, (name, address) in enumerate(whole, start=1)
    ]


def breadcrumb_data(trail: Trail) -> Data:
    """The way as schema.org's BreadcrumbList."""
    steps = [
        {"@type": "ListItem", "position": number, "name": step["name"], "item": absolute(step["item"])}
        for number, step in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def as_json(data: Data) -> SafeString:
    """Data for a script element: no text in it can end the element."""
    html: SafeString = mark_safe(json.dumps(data, ensure_ascii=False).translate(_SAFE_JSON))
    return html


def alternates(path: str) -> dict[str, str]:
    """The page's paths by language: Thai has no prefix, English stands below /en/."""
    thai = path.removeprefix("/en") if path.startswith("/en/") else path
    return {"th": thai, "en": f"/en{thai}"}


def head(context: Any, language: str) -> SafeString:
    """Canonical address, languages, Open Graph and data of a public page; nothing for any other page."""
    meta = context.get("meta")
    request = context.get("request")
    if request is None or not (context.get("cacheable") or meta):
        return mark_safe("")
    meta = meta or Meta()
    canonical = context.get("canonical") or absolute(request.path + _page_of(context))
    parts = [format_html('<link rel="canonical" href="{}">', canonical)]
    if not context.get("noindex"):
        found = meta.alternates or alternates(canonical.removeprefix(settings.SITE_URL))
        parts += _languages(found)
    parts += _open_graph(context, meta, canonical, language)
    data = [*meta.data, *([breadcrumb_data(context["trail"])] if context.get("trail") else [])]
    if data:
        graph = as_json({"@context": "https://schema.org", "@graph": data})
        parts.append(format_html('<script type="application/ld+json">{}</script>', graph))
    html: SafeString = mark_safe("\n".join(parts))  # each part was escaped above
    return html


def _page_of(context: Any) -> str:
    """The number of a page of a plain list, which has an address of its own; filtered lists count as their whole."""
    number = getattr(context.get("page"), "number", 1)
    return f"?page={number}" if number > 1 and not context.get("page_query") else ""


def _languages(found: dict[str, str]) -> list[SafeString]:
    links = [(language, absolute(path)) for language, path in found.items()]
    links.append(("x-default", absolute(found.get("th") or next(iter(found.values())))))
    return [format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}">', links)]


def _open_graph(context: Any, meta: Meta, canonical: str, language: str) -> list[SafeString]:
    title, description = context.get("page_title", ""), context.get("page_description", "")
    values = [
        ("og:type", meta.kind),
        ("og:site_name", gettext("Talat Ruam")),
        ("og:title", title),
        ("og:description", description),
        ("og:url", canonical),
        ("og:locale", _LOCALES[language]),
        ("og:locale:alternate", _LOCALES["en" if language == "th" else "th"]),
    ]
    poster = meta.poster or slot("site_poster", language)
    if poster:
        values += [
            ("og:image", absolute(poster)),
            ("og:image:type", "image/jpeg"),
            ("og:image:width", str(POSTER_SIZE[0])),
            ("og:image:height", str(POSTER_SIZE[1])),
            ("og:image:alt", meta.poster_alt or title),
        ]
    card = "summary_large_image" if poster else "summary"
    return [
        format_html_join("\n", '<meta property="{}" content="{}">', [pair for pair in values if pair[1]]),
        format_html('<meta name="twitter:card" content="{}">', card),
    ]
