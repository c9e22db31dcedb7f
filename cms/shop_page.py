"""What a shop page holds: its parts, their values, the marks of a text typed on a phone, and what a visitor is shown.

Values are plain JSON by name: words of both languages, and what both share. A draft (a revision of Wagtail) and what is
published are read into the same shape, so that they can be compared part by part.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from cms import errors
from cms.models import GroupPage

WORDS = ("opening", "story", "visit")
"""On each language's own page."""
SHARED = ("banner", "faces", "gallery", "featured", "line_id", "facebook", "phone", "video")
"""On the Thai page, for both."""
MOST_FACES, MOST_PICTURES, MOST_FEATURED = 8, 20, 6
Values = dict[str, Any]
PARTS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "banner": (_("Banner picture"), ("banner",)),
    "story": (_("Our story"), ("opening", "opening_en", "story", "story_en")),
    "faces": (_("The people who make it"), ("faces",)),
    "gallery": (_("Pictures"), ("gallery",)),
    "goods": (_("Featured goods"), ("featured",)),
    "contact": (_("Visit and contact"), ("visit", "visit_en", "line_id", "facebook", "phone")),
    "video": (_("Video"), ("video",)),
}
"""What is edited together: its name, and its values."""


def values_of(thai: Mapping[str, Any], english: Mapping[str, Any]) -> Values:
    """The values of the two pages. English words that only repeat the Thai ones are none."""
    found: Values = {name: _plain(thai.get(name)) for name in (*WORDS, *SHARED)}
    for name in WORDS:
        words = english.get(name) or ""
        found[f"{name}_en"] = "" if words == found[name] else words
    return found


def _plain(value: Any) -> Any:
    """A revision keeps JSON as text."""
    if isinstance(value, str) and value[:1] in "[{" and value[-1:] in "]}":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return "" if value is None else value


def of_page(page: GroupPage) -> Mapping[str, Any]:
    """The published values of one page."""
    return {name: getattr(page, name) for name in (*WORDS, *SHARED)}


def digest(values: Values, part: str) -> str:
    """All of a part in sixteen letters: has somebody changed it?"""
    told = json.dumps([values[name] for name in PARTS[part][1]], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def changed_parts(one: Values, other: Values) -> list[str]:
    """The parts in which two differ, in the order of the page."""
    return [part for part, (_name, names) in PARTS.items() if any(one[name] != other[name] for name in names)]


# --- text --------------------------------------------------------------------------------------------------------
_HEADING = re.compile(r"#{1,3}[ \t]*(?=\S)")
_ITEM = re.compile(r"[-•*][ \t]+(?=\S)")


def to_html(text: str) -> str:
    """Typed lines as a story: `# ` begins a heading, `- ` an entry of a list; everything else is text, escaped."""
    made: list[str] = []
    items: list[str] = []

    def close() -> None:
        if items:
            made.append(f"<ul>{''.join(items)}</ul>")
            items.clear()

    for line in (line.strip() for line in text.splitlines()):
        if item := _ITEM.match(line):
            items.append(f"<li>{escape(line[item.end() :])}</li>")
            continue
        close()
        if heading := _HEADING.match(line):
            made.append(f"<h3>{escape(line[heading.end() :])}</h3>")
        elif line:
            made.append(f"<p>{escape(line)}</p>")
    close()
    return "".join(made)


class _Typed(HTMLParser):
    """The way back: what somebody would have typed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.kinds: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        mark = {"h2": "# ", "h3": "# ", "h4": "# ", "li": "- ", "p": "", "br": ""}.get(tag)
        if mark is not None:
            self.lines.append(mark)
            self.kinds.append(tag)

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data.replace("\n", " ")


def to_text(html: str) -> str:
    """A story as it is edited in a plain field. Bold words and links of the department's editors show as words."""
    parser = _Typed()
    parser.feed(html)
    parser.close()
    found: list[str] = []
    kind_before = ""
    for line, kind in zip(parser.lines, parser.kinds, strict=True):
        if not line.strip(" #-"):
            continue
        if found and not (kind == kind_before == "li") and kind != "br":
            found.append("")
        found.append(line.strip())
        kind_before = kind
    return "\n".join(found)


# --- addresses elsewhere -----------------------------------------------------------------------------------------
_YOUTUBE = ("youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be")
_FACEBOOK = ("facebook.com", "www.facebook.com", "m.facebook.com", "web.facebook.com", "fb.com", "www.fb.com")
_VIDEO_ID = re.compile(r"[\w-]{11}")
_FB_VIDEO = re.compile(r"/(?:watch/?|reel/\d+/?|share/[vr]/\w+/?|[\w.]+/videos/(?:[\w.-]+/)?\d+/?)")
_FB_PAGE = re.compile(r"(?:p/)?[\w.%\u0e00-\u0e7f-]{2,120}")
_LINE = re.compile(r"@?[a-z0-9][a-z0-9._-]{1,39}")


def _split(address: str) -> Any:
    text = address.strip()
    parts = urlsplit(text if "://" in text else f"https://{text}")
    if parts.scheme not in ("http", "https") or parts.username or parts.password:
        raise ValueError("no web address")
    return parts


def clean_video(address: str) -> str:
    """The one address of a video on YouTube or Facebook. Raises VideoNotKnown."""
    try:
        parts = _split(address)
        host, query = parts.hostname or "", parse_qs(parts.query)
    except ValueError as error:
        raise errors.VideoNotKnown from error
    if host in _YOUTUBE:
        steps = [step for step in parts.path.split("/") if step]
        key = steps[-1] if host == "youtu.be" or steps[:1] in (["shorts"], ["live"], ["embed"]) else ""
        key = key or query.get("v", [""])[0]
        if _VIDEO_ID.fullmatch(key):
            return f"https://www.youtube.com/watch?v={key}"
    if host in _FACEBOOK and _FB_VIDEO.fullmatch(parts.path):
        key = query.get("v", [""])[0]
        if not parts.path.startswith("/watch"):
            return f"https://www.facebook.com{parts.path}"
        if key.isdigit():
            return f"https://www.facebook.com/watch/?v={key}"
    if host == "fb.watch" and re.fullmatch(r"/[\w-]{4,40}/?", parts.path):
        return f"https://fb.watch{parts.path}"
    raise errors.VideoNotKnown


def clean_facebook(typed: str) -> str:
    """The address of a Facebook page, from its address or its name. Raises FacebookNotKnown."""
    text = typed.strip().removeprefix("@")
    name = text
    if "/" in text or text.lower().startswith(("facebook.", "fb.", "www.")):
        try:
            parts = _split(text)
        except ValueError as error:
            raise errors.FacebookNotKnown from error
        if parts.hostname not in _FACEBOOK:
            raise errors.FacebookNotKnown
        key = parse_qs(parts.query).get("id", [""])[0]
        name = f"profile.php?id={key}" if parts.path == "/profile.php" and key.isdigit() else parts.path.strip("/")
        if name.startswith("profile.php?id="):
            return f"https://www.facebook.com/{name}"
    if not _FB_PAGE.fullmatch(name) or " " in name:
        raise errors.FacebookNotKnown
    return f"https://www.facebook.com/{name}"


def clean_line(typed: str) -> str:
    """A LINE id, from itself or from its address. Raises LineNotKnown."""
    text = typed.strip().lower()
    if "line.me/" in text:
        text = text.rstrip("/").rpartition("/")[2].removeprefix("~").replace("%40", "@")
    text = text.removeprefix("id:").strip()
    if not _LINE.fullmatch(text):
        raise errors.LineNotKnown
    return text


def line_url(line_id: str) -> str:
    """Where LINE opens the chat: official accounts begin with @."""
    if not line_id:
        return ""
    return f"https://line.me/R/ti/p/{line_id}" if line_id.startswith("@") else f"https://line.me/ti/p/~{line_id}"


# --- what a visitor sees -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Figure:
    """A picture with its words: a maker (name and line) or a picture of the gallery (line alone)."""

    picture: dict[str, Any]
    name: str
    line: str


@dataclass(frozen=True)
class Shown:
    """A shop page in one language; what is empty is not shown."""

    opening: str
    story: str
    visit: str
    banner: dict[str, Any]
    faces: list[Figure]
    gallery: list[Figure]
    featured: list[int]
    line_id: str
    line_url: str
    facebook: str
    phone: str
    video: str

    @property
    def photo(self) -> str:
        """The picture that speaks for the page where it is shared."""
        first = next(iter([*self.gallery, *self.faces]), None)
        return str(self.banner.get("name", "")) or (str(first.picture["name"]) if first else "")

    @property
    def video_host(self) -> str:
        """Where the video is seen."""
        return "YouTube" if "youtube.com" in self.video else "Facebook"


def shown(values: Values, language: str) -> Shown:
    """The page for a visitor; English falls back on Thai."""
    english = language.startswith("en")

    def words(name: str) -> str:
        return str((english and values[f"{name}_en"]) or values[name])

    def figures(name: str) -> list[Figure]:
        return [
            Figure(
                row["picture"],
                str((english and row.get("name_en")) or row.get("name", "")),
                str((english and row.get("line_en")) or row.get("line", "")),
            )
            for row in values[name]
        ]

    return Shown(
        opening=words("opening"),
        story=words("story"),
        visit=words("visit"),
        banner=dict(values["banner"] or {}),
        faces=figures("faces"),
        gallery=figures("gallery"),
        featured=[int(pk) for pk in values["featured"]],
        line_id=values["line_id"],
        line_url=line_url(values["line_id"]),
        facebook=values["facebook"],
        phone=values["phone"],
        video=values["video"],
    )
