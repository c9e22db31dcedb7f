"""Every word a person meets is Thai on a Thai page: each translatable string has its Thai form in shop/locale/src."""

from __future__ import annotations

import re

from shop.common.translations import sources
from tests.strings import ROOT, all_strings

SOURCES = ROOT / "shop" / "locale" / "src"


def test_every_string_has_a_thai_form() -> None:
    known = {(context, english) for context, english, _thai, _room in sources(SOURCES)}
    missing = sorted({f"{file}: {text!r}" for context, text, file in all_strings() if (context, text) not in known})
    assert missing == []


def test_placeholders_survive_translation() -> None:
    names = re.compile(r"%\((\w+)\)s")
    wrong = [
        (room, english)
        for _context, english, thai, room in sources(SOURCES)
        if sorted(names.findall(english)) != sorted(names.findall(thai))
    ]
    assert wrong == []


def test_thai_forms_are_thai() -> None:
    thai_letter = re.compile("[\u0e00-\u0e7f]")
    allowed = {"English", "en", "LINE", "th", "ไทย"}
    wrong = [
        (room, english, thai)
        for _context, english, thai, room in sources(SOURCES)
        if not thai_letter.search(thai) and thai not in allowed
    ]
    assert wrong == []
