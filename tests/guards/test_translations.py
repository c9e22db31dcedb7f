"""Every word a person meets is Thai on a Thai page: each translatable string has its Thai form in shop/locale/src."""

from __future__ import annotations

import re

from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.validators import MaxLengthValidator
from django.utils import translation

from shop.common.translations import NUMBERS, sources
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
        if sorted(names.findall(english.rpartition(NUMBERS)[2])) != sorted(names.findall(thai))
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


def test_words_of_django_that_a_buyer_meets_are_thai() -> None:
    """Django's own Thai lacks what its password rules and lengths say; ours stands in for it."""
    rules = password_validators_help_texts()
    with translation.override("th"):
        told = [str(rule) for rule in password_validators_help_texts()]
        long = str(MaxLengthValidator(5).message % {"limit_value": 5, "show_value": 7})
    assert len(told) == len(rules) == 4
    assert [rule for rule in told if not re.search("[\u0e00-\u0e7f]", rule)] == []
    assert long == "กรอกได้ไม่เกิน 5 ตัวอักษร (ตอนนี้มี 7)"
