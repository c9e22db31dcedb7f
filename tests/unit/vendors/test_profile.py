"""A group's profile on paper: who opens it, with our letters, and whatever was typed stands there as it was typed."""

from __future__ import annotations

import re

import pypdfium2
import pytest
import typst
from django.test import Client

from shop.common import pdf
from tests.market import Market
from vendors.models import Organisation
from vendors.web.workspace.record import TEMPLATE

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(market: Market, name: str) -> Client:
    client = Client()
    client.force_login(market.people[name], backend=BACKEND)
    return client


@pytest.fixture
def north(market: Market) -> Organisation:
    return market.groups["north"]


@pytest.mark.django_db
def test_the_profile_is_a_pdf_for_those_who_see_the_group(market: Market, north: Organisation) -> None:
    own = f"/workspace/{north.slug}/record/profile.pdf"
    above = f"/workspace/{north.get_parent().slug}/below/{north.slug}/record/profile.pdf"
    office = f"/office/groups/{north.slug}/profile.pdf"
    for name, path in (("north", own), ("cooperative", above), ("officer", office)):
        answer = signed_in(market, name).get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf"), name
        assert answer.content.startswith(b"%PDF-")
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert signed_in(market, "isan").get(own).status_code == 404


def test_the_paper_has_our_letters() -> None:
    """Without them it would print boxes, and no error would tell."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(pdf.FONTS)])
    assert fonts.families() == ["Pridi", "Sarabun"]
    assert sorted(font.weight for font in fonts.fonts()) == [400, 700, 700]


HOSTILE = (
    '#read("/etc/passwd")',
    '#{read("/etc/passwd")}',
    '#import "@preview/x:1.0.0": *',
    "*bold* _slanted_ `raw` $x^2$ <label> @reference",
    "= Heading",
    "- a list",
    "// a remark /* and another */",
    "\\ \\\\ \\u{41} \\#",
    '"double" \'single\' “curly” ] } ) "; #',
    "https://example.test/~x --- ...",
    "{{ name }} {% load x %} <script>alert(1)</script> &amp;",
    "น้ำพริกเผาแม่บ้าน*ผู้ผลิต*",
)
LONG = ("กลุ่มแม่บ้าน" + "ก" * 70, "ก" * 120, "W" * 120, "กา" * 60, "ๆ" * 120, '"' * 120, "word\u00a0" * 24 + "word")


def _paper(*rows: str, name: str = "x") -> pypdfium2.PdfDocument:
    """The profile with each of `rows` in a section, in a table, and in the list of what is missing."""
    data = {
        **dict.fromkeys(("name", "name_en", "parent", "province", "summary"), name),
        **dict.fromkeys(("code", "state", "printed"), "x"),
        "sections": [{"title": "x", "rows": [["label", row] for row in rows]}],
        "tables": [{"title": "x", "head": ["a", "b"], "widths": [0, 4, 3], "rows": [["1", row, row] for row in rows]}],
        "ready": [{"title": row, "done": False, "missing": row} for row in rows],
    }
    return pypdfium2.PdfDocument(pdf.render(TEMPLATE, data))


def _letters(words: str) -> str:
    """Without blanks and ends of lines: where a line ends is not what is asked here."""
    return re.sub(r"[\s\u00a0\u200b\ufffe]", "", words)


def _printed(paper: pypdfium2.PdfDocument) -> str:
    return _letters("".join(page.get_textpage().get_text_bounded() for page in paper))


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_was_typed_is_printed_as_it_was_typed(typed: str) -> None:
    paper = _paper(typed, name=typed)
    printed = _printed(paper)
    assert printed.count(_letters(typed)) >= 5
    assert "root:" not in printed
    assert paper.get_metadata_dict()["Title"] == typed


@pytest.mark.parametrize("typed", LONG)
def test_a_word_without_end_stays_on_the_paper_whole(typed: str) -> None:
    paper = _paper(typed, name=typed)
    assert _printed(paper).count(_letters(typed)) >= 5
    for page in paper:
        picture = page.render(scale=1).to_pil().convert("L")
        margin = picture.crop((picture.width - 48, 0, picture.width, picture.height))
        assert margin.getextrema() == (255, 255)


@pytest.mark.django_db
def test_a_group_named_by_an_enemy_prints_its_name(market: Market, north: Organisation) -> None:
    name = '#read("/etc/passwd") *b* $x$ \\ "'
    Organisation.objects.filter(pk=north.pk).update(name_th=name, summary_th=name)
    answer = signed_in(market, "north").get(f"/workspace/{north.slug}/record/profile.pdf")
    assert answer.status_code == 200
    paper = pypdfium2.PdfDocument(answer.content)
    assert _letters(name) in _letters(paper[0].get_textpage().get_text_bounded())
    assert paper.get_metadata_dict()["Title"] == name
