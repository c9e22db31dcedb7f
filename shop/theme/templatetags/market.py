"""Template tags of the market: money, dates, names in two languages, icons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import translate_url
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from shop.theme import formats, kept
from shop.theme.slots import slot

register = template.Library()


def _language() -> str:
    return "en" if (get_language() or "th").startswith("en") else "th"


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


@register.filter
def baht(amount: int | Decimal | None) -> str:
    """Satang as int, or baht as Decimal, in words."""
    return formats.baht(amount, _language())


@register.filter
def baht_figure(satang: int) -> str:
    """Satang as a figure in baht, for a column of them."""
    return formats.figure(satang)


@register.filter
def be_date(day: dt.date | None) -> str:
    """A day, in Buddhist Era on Thai pages."""
    return formats.date(_local(day), _language())


@register.filter
def be_date_short(day: dt.date | None) -> str:
    """A day, short."""
    return formats.date_short(_local(day), _language())


@register.filter
def be_date_weekday(day: dt.date | None) -> str:
    """A day, short, with its weekday."""
    return formats.date_weekday(_local(day), _language())


@register.filter
def be_datetime(moment: dt.datetime | None) -> str:
    """A moment in Thai time."""
    return formats.date_time(_local(moment), _language())


@register.filter
def phone_th(number: str | None) -> str:
    """A grouped phone number."""
    return formats.phone(number)


@register.simple_tag
def loc(obj: Any, name: str) -> str:
    """`name`_th or `name`_en of an object, as the page's language wants; Thai where English is missing."""
    return formats.local(obj, f"{name}_th", _language()) if obj else ""


@register.simple_tag
def loc_title(obj: Any) -> str:
    """`title` or `title_en`."""
    return formats.local(obj, "title", _language()) if obj else ""


@lru_cache
def _sprite() -> str:
    return static("theme/icons.svg")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawn icon of the sprite; it never carries meaning alone."""
    return format_html(
        '<svg class="i" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', _sprite(), name
    )


@register.simple_tag(takes_context=True)
def other_language_url(context: dict[str, Any]) -> str:
    """This page in the other language."""
    return kept.OTHER_LANGUAGE if context.get(kept.KEEPING) else _other_language_url(context)


def _other_language_url(context: Any) -> str:
    """Found once per request: masthead, footer and bar all ask, and each answer resolves the address anew."""
    request = context.get("request")
    if request is None:
        return "/en/" if _language() == "th" else "/"
    other = "en" if _language() == "th" else "th"
    known: dict[str, str] = request.__dict__.setdefault("_market_other_language", {})
    if other not in known:
        told = getattr(context.get("meta"), "alternates", {}).get(other) if not request.GET else None
        known[other] = told or str(translate_url(request.get_full_path(), other))
    return known[other]


@register.simple_tag(takes_context=True)
def kept_part(context: Any, name: str, *slots: str) -> SafeString:
    """A part of the frame that is the same on every page of a language, and the slots that it shows (`shop.theme.kept`)."""
    return kept.part(context, name, slots, _language(), _other_language_url(context))


@register.simple_tag
def escaped_words(text: str) -> SafeString:
    """Translated words that a template writes many times: escaped once (`{% escaped_words "Add to basket" as add_text %}`)."""
    return formats.in_html(gettext(text))


@register.simple_tag
def counted_options(rows: Iterable[tuple[str, str, str, bool]]) -> SafeString:
    """The options of a long select: `(value, label, count, chosen)`."""
    return SafeString(
        "".join(
            f'<option value="{formats.escaped(value)}"{" selected" if chosen else ""}>'
            f"{formats.escaped(label)} ({formats.escaped(count)})</option>"
            for value, label, count, chosen in rows
        )
    )


@register.simple_tag
def counted_ticks(name: str, rows: Iterable[tuple[str, str, str, bool]]) -> SafeString:
    """The boxes to tick of a filter: `(value, label, count, chosen)`."""
    name = formats.escaped(name)
    return SafeString(
        "".join(
            f'<label class="tick"><input type="checkbox" id="f-{name}-{formats.escaped(value)}" name="{name}" '
            f'value="{formats.escaped(value)}"{" checked" if chosen else ""}>'
            f"<span>{formats.escaped(label)}</span><span>{formats.escaped(count)}</span></label>"
            for value, label, count, chosen in rows
        )
    )


@register.simple_tag
def page_slot(name: str) -> Any:
    """What an upper room put into a slot."""
    return slot(name, _language())


@register.filter
def be_year(day: dt.date | None) -> str:
    """The year alone: 2569 on Thai pages, 2026 on English ones."""
    return "" if day is None else str(day.year + 543 if _language() == "th" else day.year)


@register.simple_tag
def page_numbers(page: Any) -> list[int | None]:
    """First, last and the pages around this one; None where some are left out."""
    last = page.paginator.num_pages
    shown = sorted({1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)})
    numbers: list[int | None] = []
    for number in shown:
        if numbers and numbers[-1] is not None and number - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers


@register.simple_tag
def bars(rows: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """(label, value, words for the value) as bars of a chart, the longest 1000 wide. Something above zero is seen."""
    entries = [(label, value, words[0] if words else f"{value:,}") for label, value, *words in rows]
    longest = max((abs(value) for _label, value, _text in entries), default=0)
    return [
        {
            "label": label,
            "text": text,
            "width": max(round(abs(value) * 1000 / longest), 4) if value else 0,
            "below": value < 0,
        }
        for label, value, text in entries
    ]


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, to loop over."""
    return text.split()


@register.filter
def thousands(number: int) -> str:
    """51234 → 51,234."""
    return f"{number:,}"
