"""What editors may link to, and where videos and maps may lie. Anything else is refused when it is typed, and shown nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote_plus, urlsplit

from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule

_SCHEMES = ("http", "https", "mailto", "tel")
_TEL = re.compile(r"^\+?[0-9 ()*#,.-]{3,30}$")
_MAIL = re.compile(r"^[^\s@<>\"']{1,64}@[^\s@<>\"']{1,190}$")
_VIDEO_ID = re.compile(r"^[A-Za-z0-9_-]{6,20}$")
_BLANK = re.compile(r"[\x00-\x20\x7f\\]")


def safe_link(address: str) -> str:
    """The address if it may stand in a link, else "": http(s), mailto, tel, or a path of this market."""
    address = address.strip()
    if not address or _BLANK.search(address) or len(address) > 2_000:
        return ""
    if address.startswith(("/", "#")):
        return "" if address.startswith("//") else address
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _SCHEMES:
        return ""
    if scheme == "tel":
        return address if _TEL.match(parts.path) else ""
    if scheme == "mailto":
        return address if _MAIL.match(parts.path) else ""
    return address if "." in host and "@" not in parts.netloc else ""


def check_link(address: str) -> None:
    """A validator of what editors type."""
    if address and not safe_link(address):
        raise ValidationError(
            _(
                "Only addresses that begin with https://, http://, mailto: or tel:, or with / for this market, can be linked."
            )
        )


@dataclass(frozen=True)
class Video:
    """Where a video is seen: the provider's name and the one address that we link to."""

    provider: str
    url: str


def video_of(address: str) -> Video | None:
    """A video of a provider that we know, by its address; the link is put together anew, so nothing else rides on it."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").lower().removeprefix("www.").removeprefix("m.")
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or port not in (None, 80, 443) or "@" in parts.netloc:
        return None
    steps = [step for step in parts.path.split("/") if step]
    if host in ("youtube.com", "youtube-nocookie.com", "youtu.be"):
        return _youtube(host, steps, parse_qs(parts.query))
    if host in ("vimeo.com", "player.vimeo.com"):
        number = next((step for step in steps if step.isascii() and step.isdigit()), "")
        return Video("Vimeo", f"https://vimeo.com/{number}") if number and len(number) <= 12 else None
    if host in ("facebook.com", "fb.watch"):
        return _facebook(host, steps, parse_qs(parts.query))
    return None


def _youtube(host: str, steps: list[str], query: dict[str, list[str]]) -> Video | None:
    if host == "youtu.be":
        key = steps[0] if steps else ""
    elif steps[:1] == ["watch"]:
        key = query.get("v", [""])[0]
    else:
        key = steps[1] if len(steps) == 2 and steps[0] in ("embed", "shorts", "live", "v") else ""
    return Video("YouTube", f"https://www.youtube.com/watch?v={key}") if _VIDEO_ID.match(key) else None


def _facebook(host: str, steps: list[str], query: dict[str, list[str]]) -> Video | None:
    words = [step for step in steps if re.fullmatch(r"[A-Za-z0-9._-]{1,80}", step)]
    if len(words) != len(steps) or not words:
        return None
    if host == "fb.watch":
        return Video("Facebook", f"https://fb.watch/{words[0]}/")
    if words == ["watch"]:
        number = query.get("v", [""])[0]
        return Video("Facebook", f"https://www.facebook.com/watch/?v={number}") if number.isdigit() else None
    if "videos" in words or words[0] in ("reel", "share"):
        return Video("Facebook", f"https://www.facebook.com/{'/'.join(words)}/")
    return None


def check_video(address: str) -> None:
    """A validator of what editors type."""
    if address and video_of(address) is None:
        raise ValidationError(
            _("Only videos of YouTube, Vimeo or Facebook can be shown. Paste the address of the video itself.")
        )


def map_link(words: str, latitude: Any = None, longitude: Any = None) -> str:
    """A search on a map, by coordinates where they are known, else by words."""
    where = f"{latitude},{longitude}" if latitude is not None and longitude is not None else words
    return f"https://www.google.com/maps/search/?api=1&query={quote_plus(str(where))}"


def _link_rule(value: str) -> str | None:
    return safe_link(value) or None


_BLOCK = attribute_rule({"data-block-key": True})
_RULES = {name: _BLOCK for name in ("h2", "h3", "h4", "p", "b", "strong", "br", "ul", "ol", "li", "hr", "blockquote")}
_GONE = ("script", "style", "iframe", "object", "embed", "template", "svg", "math")
_LINK = attribute_rule({"href": _link_rule, "id": True, "linktype": True})


class _Rules(Whitelister):
    element_rules = {**_RULES, "[document]": allow_without_attributes, "a": _LINK}

    def clean_tag_node(self, doc: Any, tag: Any) -> None:
        """Of other elements the words stay; of programs nothing."""
        if tag.name in _GONE:
            tag.decompose()
        else:
            super().clean_tag_node(doc, tag)


def safe_html(html: str) -> str:
    """Rich text with nothing in it but words, headings, lists and links that may be followed."""
    return str(_Rules().clean(html)) if "<" in html or "&" in html else str(conditional_escape(html))


def as_html(html: str) -> SafeString:
    """The same, to be written into a page."""
    return mark_safe(safe_html(html))
