"""The body of a story as its page shows it, in order.

It is read from what is stored, not through Wagtail's blocks, which would ask for each chosen row by itself: all images in
one query, all files in one, all pages that are linked or named in one, and each kind of chosen thing in one (`cms.live`).
What the page names beside its body (its picture, its related pages) comes with the same queries. What is gone or not to be
shown is left out; a part without anything left is left out too. Each part is shown by `cms/parts/<kind>.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text.rewriters import LinkRewriter

from cms import live
from cms.blocks.words import table_rows
from cms.links import map_link, safe_link, video_of
from cms.public import Named, named
from media.models import MarketDocument, MarketImage

Raw = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One part: its kind, and what its template shows."""

    kind: str
    value: Any

    @property
    def template(self) -> str:
        """The template of its kind."""
        return f"cms/parts/{self.kind}.html"


@dataclass
class Stock:
    """Everything that the parts of one page name, read at once."""

    language: str
    images: dict[int, MarketImage] = field(default_factory=dict)
    documents: dict[int, MarketDocument] = field(default_factory=dict)
    pages: dict[int, Named] = field(default_factory=dict)
    live: dict[str, dict[int, Any]] = field(default_factory=dict)


@dataclass
class _Wanted:
    images: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
    live: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Body:
    """What may be shown of a body today, with the images and pages that were read for it and beside it."""

    parts: list[Part]
    images: dict[int, MarketImage]
    pages: dict[int, Named]


def read_body(body: Any, language: str, *, images: Iterable[int] = (), pages: Iterable[int] = ()) -> Body:
    """The parts of a body; `images` and `pages` name what the page itself shows beside it."""
    raw = list(raw_blocks(body))
    wanted = _wanted(raw)
    wanted.images |= set(images)
    wanted.pages |= set(pages)
    stock = _read(wanted, language)
    parts = [Part(kind, value) for kind, given in raw if (value := _value(kind, given, stock))]
    return Body(parts, stock.images, stock.pages)


def rich_text(html: str, language: str) -> SafeString:
    """A field of running text by itself, its links to pages as they are today."""
    return _text(html, Stock(language, pages=named(_linked(html), language)))


def raw_blocks(body: Any) -> Iterator[tuple[str, Any]]:
    """Kind and stored value of each block."""
    for block in body.raw_data:
        yield block["type"], block["value"]


def items_of(value: Any) -> list[Any]:
    """The items of a stored list, in today's form (with keys) or the older one (bare)."""
    rows = value if isinstance(value, list | tuple) else []
    return [row["value"] if isinstance(row, dict) and row.get("type") == "item" else row for row in rows]


def images_in(kind: str, value: Any) -> list[Raw]:
    """The pictures of one block: raw values with `image`, and words where the block has them."""
    if kind == "image":
        found = [value]
    elif kind == "gallery":
        found = items_of(value.get("pictures"))
    elif kind == "steps":
        found = items_of(value)
    else:
        found = [value] if kind == "video" else []
    return [row for row in found if isinstance(row, dict) and _key(row.get("image"))]


def documents_in(kind: str, value: Any) -> list[Raw]:
    """The files of one block."""
    rows = items_of(value) if kind == "attachments" else []
    return [row for row in rows if isinstance(row, dict) and _key(row.get("document"))]


def _key(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _wanted(raw: list[tuple[str, Any]]) -> _Wanted:
    wanted = _Wanted()
    for kind, value in raw:
        wanted.images |= {row["image"] for row in images_in(kind, value)}
        wanted.documents |= {row["document"] for row in documents_in(kind, value)}
        wanted.pages |= _pages_in(kind, value)
        if kind in live.kinds():
            wanted.live.setdefault(kind, []).extend(key for key in map(_key, items_of(value)) if key)
    return wanted


def _pages_in(kind: str, value: Any) -> set[int]:
    """The pages that one block leads to."""
    if kind == "act":
        return {value["page"]} if _key(value.get("page")) else set()
    if kind == "steps":
        return {key for row in items_of(value) if isinstance(row, dict) for key in _linked(row.get("text") or "")}
    return _linked(value) if kind == "text" else set()


def _linked(html: Any) -> set[int]:
    return {int(key) for key in _LINKS_TO.extract_references(str(html)) if key.isdigit()}


_LINKS_TO = LinkRewriter(reference_extractors={"page": lambda attrs: [attrs.get("id", "")]})


def _read(wanted: _Wanted, language: str) -> Stock:
    stock = Stock(language)
    if wanted.images:
        stock.images = MarketImage.objects.select_related("cut").in_bulk(sorted(wanted.images))
    if wanted.documents:
        stock.documents = MarketDocument.objects.in_bulk(sorted(wanted.documents))
    if wanted.pages:
        stock.pages = named(wanted.pages, language)
    stock.live = {kind: dict(live.read(kind, keys, language)) for kind, keys in wanted.live.items()}
    return stock


def _value(kind: str, given: Any, stock: Stock) -> Any:
    if kind in stock.live:
        return [stock.live[kind][key] for key in map(_key, items_of(given)) if key in stock.live[kind]]
    make = _MAKERS.get(kind)
    return make(given, stock) if make and given else None


def _text(given: Any, stock: Stock) -> SafeString:
    """Cleaned when it was written (cms.links); a link to a page that is not public any more leads nowhere."""

    def tags(links: list[dict[str, str]]) -> list[str]:
        keys = [int(link.get("id") or 0) if (link.get("id") or "").isdigit() else 0 for link in links]
        return [f'<a href="{escape(stock.pages[key].url)}">' if key in stock.pages else "<a>" for key in keys]

    return mark_safe(LinkRewriter(bulk_rules={"page": tags})(str(given)))


def _quote(given: Any, stock: Stock) -> Any:
    return str(given)


def _picture(given: Raw, stock: Stock) -> Raw | None:
    image = stock.images.get(_key(given.get("image")))
    if image is None or image.cut is None:
        return None
    words = {name: given.get(name) or "" for name in ("alt_text", "caption")}
    return {**words, "picture": image.cut, "credit": given.get("credit") or image.credit}


def _gallery(given: Raw, stock: Stock) -> Raw | None:
    pictures = [_picture(row, stock) for row in images_in("gallery", given)]
    shown = [picture for picture in pictures if picture]
    return {"title": given.get("title") or "", "pictures": shown} if shown else None


def _steps(given: Any, stock: Stock) -> list[Raw]:
    rows = [row for row in items_of(given) if isinstance(row, dict)]
    return [
        {
            "title": row.get("title") or "",
            "text": _text(row["text"], stock) if row.get("text") else "",
            "shown": _picture(row, stock),
        }
        for row in rows
    ]


def _table(given: Raw, stock: Stock) -> Raw | None:
    rows = table_rows(given.get("rows") or "")
    if not rows:
        return None
    head = rows[0] if given.get("has_head") and len(rows) > 1 else []
    return {"caption": given.get("caption") or "", "head": head, "rows": rows[1:] if head else rows}


def _figures(given: Any, stock: Stock) -> list[Raw]:
    return [row for row in items_of(given) if isinstance(row, dict) and row.get("number")]


def _contact(given: Raw, stock: Stock) -> Raw | None:
    return contact(**{name: given.get(name) or "" for name in ("name", "phone", "fax", "email", "web")})


def contact(*, name: str, phone: str = "", fax: str = "", email: str = "", web: str = "") -> Raw | None:
    """Whom to ask; a phone number that can be dialled is a link."""
    if not any((name, phone, fax, email, web)):
        return None
    dial = safe_link(f"tel:{''.join(char for char in phone if char.isdigit() or char == '+')}") if phone else ""
    safe = safe_link(web) if web else ""
    return {"name": name, "phone": phone, "dial": dial, "fax": fax, "email": email, "web": safe}


def _video(given: Raw, stock: Stock) -> Raw | None:
    video = video_of(str(given.get("url") or ""))
    image = stock.images.get(_key(given.get("image")))
    if video is None:
        return None
    words = {name: given.get(name) or "" for name in ("title", "length")}
    return {**words, "url": video.url, "provider": video.provider, "picture": image.cut if image else None}


def _attachments(given: Any, stock: Stock) -> list[Raw]:
    rows = documents_in("attachments", given)
    found = [(row, stock.documents.get(row["document"])) for row in rows]
    return [attachment(document, row.get("title") or "") for row, document in found if document is not None]


def attachment(document: MarketDocument, title: str = "") -> Raw:
    """A file with its kind and size; the size was noted when it came."""
    kind = PurePath(document.file.name).suffix.lstrip(".").upper()
    address = reverse("wagtaildocs_serve", args=[document.pk, document.filename])
    return {"title": title or document.title, "url": address, "kind": kind, "size": document.file_size or 0}


def _map(given: Raw, stock: Stock) -> Raw:
    name, address = given.get("name") or "", given.get("address") or ""
    url = map_link(f"{name} {address}".strip(), given.get("latitude"), given.get("longitude"))
    return {"name": name, "address": address, "url": url}


def _act(given: Raw, stock: Stock) -> Raw | None:
    page = stock.pages.get(_key(given.get("page")))
    url = page.url if page else safe_link(str(given.get("url") or ""))
    return {"words": given.get("words") or "", "lead": given.get("lead") or "", "url": url} if url else None


_MAKERS: dict[str, Callable[[Any, Stock], Any]] = {
    "text": _text,
    "quote": _quote,
    "steps": _steps,
    "table": _table,
    "figures": _figures,
    "contact": _contact,
    "image": _picture,
    "gallery": _gallery,
    "video": _video,
    "attachments": _attachments,
    "map": _map,
    "act": _act,
}


def plain_text(body: Any) -> Iterator[str]:
    """The words of a body for a text file, in order."""
    from django.utils.html import strip_tags

    for kind, value in raw_blocks(body):
        if kind == "text":
            yield strip_tags(str(value).replace("</p>", "\n\n").replace("</h2>", "\n\n").replace("</li>", "\n")).strip()
        elif kind == "quote":
            yield f"“{value}”"
        elif kind == "table":
            yield "\n".join("\t".join(row) for row in table_rows(value.get("rows") or ""))
        elif kind == "figures":
            yield "\n".join(f"{row['number']} {row.get('words') or ''}" for row in _figures(value, Stock("th")))
        elif kind == "steps":
            rows = [row for row in items_of(value) if isinstance(row, dict)]
            yield "\n".join(f"{number}. {row.get('title')}" for number, row in enumerate(rows, start=1))
