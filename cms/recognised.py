"""An old press release by its fields: the office with phone, fax and web, the day, the title, and the paragraphs.

The department's releases begin with a head (whose news it is, how to reach it, of which day), then the title, then the
text; what the head does not say may stand at the end. What cannot be told from the text is left empty and named as a
doubt, never made up.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cms.links import safe_link
from cms.scanned import Line, paragraphs_of, read_page
from shop.common.thai import MONTHS_TH, MONTHS_TH_SHORT, arabic_digits, gregorian_year
from shop.theme import formats

TITLE, SUMMARY, NAME, NUMBER = 200, 280, 160, 60
"""How long these may be on a page."""
_HEAD, _TAIL, _TITLE_LINES, _TITLE_LINE = 16, 8, 3, 110
_FIRST_YEAR = 1980

_PHONE = re.compile(r"(?:โทรศัพท์|โทร\.?|tel(?:ephone)?\.?)(?!สาร)\s*[:：]?\s*", re.I)
_FAX = re.compile(r"(?:โทรสาร|แฟก?็?กซ์|แฟ็?กซ์|fax\.?)\s*[:：]?\s*", re.I)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{2,20}){1,4}", re.A)
_WEB = re.compile(r"(?:https?://|www\.)[\w./?=&%#~:-]{3,200}", re.I | re.A)
_NUMBERS = re.compile(r"^[\d oOlI()+,/.\-–—]*(?:(?:ต่อ|ถึง|หรือ|และ|-)[\d oOlI()+,/.\-–—]*)*")
_LABEL = re.compile(r"^(?:e-?mail|อีเมล์?|ไปรษณีย์อิเล็กทรอนิกส์|เว็บไซต์|website|web|url)\s*[:：]?\s*$", re.I)
_BANNER = re.compile(
    r"^(?:\W*)(?:ข่าวประชาสัมพันธ์|ข่าวแจก(?:สื่อมวลชน)?|ข่าวสั้น|เอกสารข่าว|ข่าวเพื่อเผยแพร่|press release|สำหรับเผยแพร่|เผยแพร่ทันที)"
    r"\s*(?:(?:ฉบับที่|ที่|ครั้งที่)?\s*\d+(?:\s*/\s*\d{2,4})?)?\W*$|^(?:ข่าว|ฉบับ|ครั้ง)ที่\s*\d+(?:\s*/\s*\d{2,4})?$",
    re.I,
)
_SUBJECT = re.compile(
    r"^(?:เรื่อง|หัวข้อข่าว|หัวข้อ|ชื่อข่าว|พาดหัวข่าว)\s*[:：]?\s+(?=\S)|^(?:เรื่อง|หัวข้อข่าว|หัวข้อ|ชื่อข่าว)\s*[:：]\s*"
)
_FROM = re.compile(
    r"^(?:จาก|โดย|หน่วยงาน|ที่มา|ผู้ส่ง|ติดต่อ(?:สอบถาม)?(?:เพิ่มเติม)?(?:ได้ที่)?|สอบถาม(?:รายละเอียด)?(?:เพิ่มเติม)?(?:ได้ที่)?)\s*[:：]?\s*"
)
_BEGINS_OFFICE = re.compile(
    "^(?:กรม|กระทรวง|สำนักงาน|สำนัก|กอง|กลุ่มงาน|กลุ่มประชาสัมพันธ์|กลุ่ม|ฝ่าย|ศูนย์|ส่วน|งานประชาสัมพันธ์|สหกรณ์จังหวัด|จังหวัด)"
)
_ADDRESS = re.compile(r"^(?:เลขที่|ที่อยู่|\d|ถนน|ถ\.|ซอย|ซ\.|แขวง|เขต|ตำบล|ต\.|อำเภอ|อ\.|จังหวัด|จ\.|กรุงเทพ|กทม|หมู่|ม\.)")
_ACTS = re.compile(
    "จับมือ|เปิด|จัด|เผย|เดินหน้า|ร่วมกับ|เชิญ|ชวน|มอบ|ลงพื้นที่|หนุน|ชี้|พร้อม|ประกาศ|เตรียม|นำ|ดัน|เร่ง|ขยาย|พบ|ยก|เพิ่ม|ลุย|ตั้ง|แจ้ง|ขอ|ให้|ประชุม"
)
_KNOWN = (
    *("กรมส่งเสริมสหกรณ์", "กระทรวงเกษตรและสหกรณ์", "กลุ่มประชาสัมพันธ์", "ฝ่ายประชาสัมพันธ์", "งานประชาสัมพันธ์"),
    *("กลุ่มงานประชาสัมพันธ์", "สำนักงานเลขานุการกรม", "กรมตรวจบัญชีสหกรณ์", "สันนิบาตสหกรณ์แห่งประเทศไทย"),
)
_OF_PROVINCE = "สำนักงานสหกรณ์จังหวัด"
_MONTHS = {
    name.replace(" ", ""): number
    for names in (MONTHS_TH, MONTHS_TH_SHORT)
    for number, name in enumerate(names, start=1)
}
_MONTHS |= {name.replace(".", ""): number for name, number in _MONTHS.items() if len(name) > 3}
_NAMES_OF_MONTHS = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*({_NAMES_OF_MONTHS})\s*(?:พ\.?\s?ศ\.?\s*)?(\d{{4}}|\d{{2}})(?!\d)"
    r"|(?<![\d/])(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?![\d/])"
)
_DATE_ALONE = re.compile(r"^\W*(?:ณ\s*)?(?:วัน(?:\S{2,8})?\s*ที่|ประจำวันที่|วันที่เผยแพร่)?\W*$")


@dataclass
class Release:
    """What was recognised, and what a person should look at. Empty is what the text does not tell."""

    title: str = ""
    office: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    web: str = ""
    day: dt.date | None = None
    summary: str = ""
    paragraphs: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def province(self) -> str:
        """The Thai name of the province whose office it is; empty for the department."""
        return self.office.partition(_OF_PROVINCE)[2].split(" ")[0]


def recognise(lines: Sequence[str], *, today: dt.date) -> Release:
    """A release by its fields. `lines` as they stand in the file."""
    page = read_page(lines)
    release = Release(doubts=list(page.doubts))
    days: list[tuple[dt.date | None, str]] = []
    rest = _without_head(page.lines, release, days)
    rest = _without_tail(rest, release, days)
    rest = _take_title(rest, release)
    release.paragraphs = paragraphs_of(rest)
    _take_day(release, days, today)
    _take_summary(release)
    _name_what_is_missing(release)
    return release


def _without_head(lines: list[Line], release: Release, days: list[tuple[dt.date | None, str]]) -> list[Line]:
    for at, line in enumerate(lines[:_HEAD]):
        if not _took(line.text, release, days):
            return lines[at:]
    return lines[_HEAD:]


def _without_tail(lines: list[Line], release: Release, days: list[tuple[dt.date | None, str]]) -> list[Line]:
    """Lines of the same kinds below the text. A title alone stays."""
    end = len(lines)
    while end > 1 and len(lines) - end < _TAIL and _took(lines[end - 1].text, release, days):
        end -= 1
    return lines[:end]


def _took(text: str, release: Release, days: list[tuple[dt.date | None, str]]) -> bool:
    """A line of the head or of the end: taken apart into fields. False for a line of the text."""
    line = arabic_digits(text)
    if _BANNER.match(line):
        return True
    if _take_date_line(line, days):
        return True
    left, found = _reach(line)
    office = _office_in(_FROM.sub("", left.strip(" ,;:|-–—()")))
    if office is None and (left.strip(" ,;:|-–—()") and not _LABEL.match(left.strip(" ,;|"))):
        return False
    if not found and not office:
        return False
    for name, value in found.items():
        _set(release, name, value)
    if office:
        _add_office(release, office)
    return True


def _take_date_line(line: str, days: list[tuple[dt.date | None, str]]) -> bool:
    """A line that is nothing but a day."""
    match = _DATE.search(line)
    if match is None or not _DATE_ALONE.match(line[: match.start()]) or line[match.end() :].strip(" .,()น-–—"):
        return False
    days.append((_day(match), match[0]))
    return True


def _day(match: re.Match[str]) -> dt.date | None:
    """The Gregorian day; None for one that no calendar has."""
    day, month, year = match[1] or match[4], match[2] or match[5], match[3] or match[6]
    number = int(year) + 2500 if len(year) == 2 else int(year)
    try:
        return dt.date(gregorian_year(number), _MONTHS.get(month) or int(month), int(day))
    except ValueError:
        return None


def _reach(line: str) -> tuple[str, dict[str, str]]:
    """What a line says of phone, fax, mail and web, and what is left of it."""
    found: dict[str, str] = {}
    for name, pattern in (("email", _MAIL), ("web", _WEB)):
        if match := pattern.search(line):
            found[name] = match[0].rstrip(".,")
            line = f"{line[: match.start()]}{line[match.end() :]}"
    for name, pattern in (("fax", _FAX), ("phone", _PHONE)):
        match = pattern.search(line)
        if match is None:
            continue
        numbers = _NUMBERS.match(line[match.end() :])
        text = numbers[0] if numbers else ""
        if any(sign.isdigit() for sign in text):
            found[name] = text
            line = f"{line[: match.start()]}{line[match.end() + len(text) :]}"
    return line, found


def _set(release: Release, name: str, value: str) -> None:
    """The first that is told stays."""
    if getattr(release, name):
        return
    if name in ("phone", "fax"):
        value = _number(value, release)
    elif name == "web":
        value = safe_link(value if value.lower().startswith("http") else f"http://{value}")
    setattr(release, name, value)


def _number(text: str, release: Release) -> str:
    """A phone number as it is written, with the letters that scanners take for digits put right."""
    plain = text.translate(str.maketrans("oOlI–—", "0011--")).strip(" ,/.-(")
    digits = [sum(sign.isdigit() for sign in part) for part in re.split(r",|/|ต่อ|ถึง|หรือ|และ", plain)]
    if plain != text.strip(" ,/.-(–—") or not 9 <= digits[0] <= 10:
        release.doubts.append(_("Look at the number “%(number)s”.") % {"number": plain[:NUMBER]})
    if len(plain) > NUMBER:
        plain = plain[:NUMBER].rpartition(",")[0] or plain[:NUMBER]
    return plain.strip(" ,/.-(")


def _office_in(text: str) -> list[str] | None:
    """The offices that a line names and nothing else, "" for addresses beside them; None for a line that says more."""
    names = []
    for piece in re.split(r"[\s,|/]+", text):
        if not piece or _ADDRESS.match(piece):
            continue
        name = _known(piece)
        if name is None and not (_BEGINS_OFFICE.match(piece) and len(piece) <= 45 and not _ACTS.search(piece)):
            return None
        names.append(name or piece)
    return names


def _known(piece: str) -> str | None:
    """A known office, misprinted or not. One with more words behind it is the beginning of a sentence."""
    found = next(iter(difflib.get_close_matches(piece, _KNOWN, 1, 0.85)), None)
    return None if found and piece != found and piece.startswith(found) else found


def _add_office(release: Release, names: list[str]) -> None:
    for name in names:
        if name not in release.office and len(f"{release.office} {name}") <= NAME:
            release.office = f"{release.office} {name}".strip()


def _take_title(lines: list[Line], release: Release) -> list[Line]:
    """The lines before the first paragraph: up to three short ones; one that says that it is the title is."""
    if not lines:
        return []
    taken = [_SUBJECT.sub("", lines[0].text)]
    named = taken[0] != lines[0].text
    for line in lines[1:_TITLE_LINES]:
        if line.begins or len(line.text) > _TITLE_LINE or len(taken[0]) > _TITLE_LINE:
            break
        taken.append(line.text)
    if len(taken) == _TITLE_LINES and len(lines) > _TITLE_LINES and not lines[_TITLE_LINES].begins:
        taken = taken[:1]  # no space below: the text begins at once
        release.doubts.append(_("Nothing parts the title from the text. Its first line was taken."))
    title = " ".join(taken).strip(" “”\"'")
    if len(title) > TITLE or (not named and len(lines) == len(taken)):
        release.doubts.append(_("No line looks like a title. The beginning of the text was taken."))
        release.title = _cut(title, TITLE)
        return lines
    release.title = title
    return lines[len(taken) :]


def _take_day(release: Release, days: list[tuple[dt.date | None, str]], today: dt.date) -> None:
    for day, text in days:
        if day is None:
            release.doubts.append(_("“%(text)s” is no day of any calendar.") % {"text": text})
    told = list(dict.fromkeys(day for day, _text in days if day))
    if len(told) > 1:
        release.doubts.append(_("Two days are named; the first was taken."))
    if not told:
        matches = [_day(found) for text in release.paragraphs for found in _DATE.finditer(arabic_digits(text))]
        told = [day for day in matches if day]
        if told:
            release.doubts.append(_("The day was taken from the text: %(day)s.") % {"day": formats.date(told[0])})
    release.day = told[0] if told else None
    if release.day and not _FIRST_YEAR <= release.day.year <= today.year:
        release.doubts.append(_("The year of the day cannot be right: %(day)s.") % {"day": formats.date(release.day)})
        release.day = None


def _take_summary(release: Release) -> None:
    """The beginning of the text, up to a space."""
    release.summary = _cut(release.paragraphs[0], SUMMARY) if release.paragraphs else ""


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rpartition(' ')[0] or text[: most - 1]}…"


def _name_what_is_missing(release: Release) -> None:
    missing = (
        (release.office, _("No office was found.")),
        (release.phone or release.email, _("Nobody to ask was found: no phone, no e-mail.")),
        (release.day, _("No day was found. The draft carries today's.")),
        (release.paragraphs, _("Below the title stands no text.")),
    )
    release.doubts += [text for value, text in missing if not value]
