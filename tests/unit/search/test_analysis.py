"""The analysis of Thai and Latin text, on real words."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import analysis
from search.terms import Field
from search.tokens import literal, tokens_of


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("นํ้าผึ้ง", "น้ำผึ้ง"),
        ("น้ํา", "น้ำ"),
        ("เเกง", "แกง"),
        ("๑๐๕", "105"),
        ("ข้าว\u200bหอม", "ข้าวหอม"),
        ("กา\u00adแฟ", "กาแฟ"),
        ("น้้ำ", "น้ำ"),
        ("KDML105", "kdml105"),
        ("  ผ้า   ไหม ", "ผ้า ไหม"),
        ("a\x00b", "ab"),
    ],
)
def test_what_is_typed_is_compared_in_one_form(typed: str, normal: str) -> None:
    assert analysis.normalize(typed) == normal


@pytest.mark.parametrize(
    ("left", "right"),
    [("นำผึ้ง", "น้ำผึ้ง"), ("ผ้าใหม", "ผ้าไหม"), ("ลำใย", "ลำไย"), ("สบู", "สบู่"), ("กระเปา", "กระเป๋า"), ("เซรัม", "เซรั่ม")],
)
def test_missing_and_wrong_marks_leave_the_same_skeleton(left: str, right: str) -> None:
    assert analysis.skeleton(analysis.normalize(left)) == analysis.skeleton(analysis.normalize(right))


@pytest.mark.parametrize(
    ("chunk", "words"),
    [
        ("ข้าวหอมมะลิสุรินทร์", ["ข้าว", "หอมมะลิ", "สุรินทร์"]),
        ("ผ้าไหมมัดหมี่ชนบท", ["ผ้าไหม", "มัดหมี่", "ชนบท"]),
        ("ข้าว105", ["ข้าว", "105"]),
        ("kdml105", ["kdml105"]),
    ],
)
def test_words_of_thai_without_spaces(chunk: str, words: list[str]) -> None:
    assert analysis.words(chunk) == words


def test_parts_are_dictionary_words_without_a_rest() -> None:
    assert analysis.parts("ข้าวเหนียว") == {"ข้าว", "เหนียว"}
    assert analysis.parts("ผ้าไหม") == {"ผ้า", "ไหม"}
    assert analysis.parts("เครื่องปั้นดินเผา") == {"เครื่อง", "ปั้น", "ดินเผา", "ดิน", "เผา"}
    assert analysis.parts("ลำไย") == analysis.parts("สตรี") == analysis.parts("durian") == set()


@pytest.mark.parametrize(
    ("left", "right", "mistakes"),
    [
        ("สัปปะรด", "สับปะรด", 1),
        ("พิรก", "พริก", 1),
        ("umbrela", "umbrella", 1),
        ("มังคุต", "มังคุด", 1),
        ("กข", "ขก", 1),
        ("a", "xyz", 3),
    ],
)
def test_typing_mistakes_are_counted(left: str, right: str, mistakes: int) -> None:
    assert analysis.distance(left, right, 2) == mistakes
    assert analysis.distance(right, left, 2) == mistakes


def test_what_was_found_is_marked_in_the_original_letters() -> None:
    assert analysis.marked("น้ำผึ้งป่า (แท้)", ["นำผึง"]) == [("น้ำผึ้ง", True), ("ป่า (แท้)", False)]
    assert analysis.marked("Doi Chang", ["chang"]) == [("Doi ", False), ("Chang", True)]
    assert analysis.marked("ชา ๑๐๕", ["105"]) == [("ชา ", False), ("๑๐๕", True)]
    assert analysis.marked("ข้าวเขาวง", ["ขาว"]) == [("ข้าว", True), ("เขาวง", False)]
    assert analysis.marked("ผ้า", [""]) == [("ผ้า", False)]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_analysed_and_marked(text: str) -> None:
    normal = analysis.normalize(text)
    assert analysis.normalize(normal) == normal
    tokens = tokens_of(names=(text,), places=(text,), texts=(text,))
    assert all(" " not in entry and entry for entries in tokens.values() for entry in entries)
    assert "".join(piece for piece, _hit in analysis.marked(text, ["ก", "a"])) == text
    assert literal(tokens).count("'") % 2 == 0


def test_fields_of_a_document() -> None:
    tokens = tokens_of(names=("ผ้าไหม", "Mo-hom silk"), places=("ภาคเหนือ",), texts=("ฝ้าย",))
    assert tokens[Field.WORD] == ["ผ้าไหม", "ผ้า", "ไหม", "mo", "hom", "silk", "mohom"]
    assert tokens[Field.HEAD] == ["ผาไหม", "mohomsilk"]
    assert tokens[Field.GRAM] == ["ผาไ", "าไห", "ไหม", "|", "hom", "|", "sil", "ilk"]
    assert tokens[Field.TEXT] == ["ฝาย"]
    assert tokens[Field.PLACE_HEAD] == ["ภาคเหนือ"]


def test_the_dictionary_is_read_by_the_first_search_and_not_at_the_start() -> None:
    code = "import django; django.setup(); import sys; print('pythainlp' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
