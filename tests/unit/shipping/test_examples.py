"""The worked examples of docs/algorithms/delivery.md, counted again with the rows of the data files."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from shop.common import clock
from shop.common.money import to_baht
from shop.shipping.services import Part
from shop.shipping.ways import quote_ways
from tests.guards.rooms import ROOT
from tests.unit.shipping.roads import hub
from vendors.models import Province

pytestmark = pytest.mark.django_db
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_BUDDHIST = 543


def table(heading: str) -> list[list[str]]:
    """The rows below the table whose heading begins with a word."""
    text = (ROOT / "docs/algorithms/delivery.md").read_text(encoding="utf-8")
    lines = text[text.index(f"\n| {heading} |") :].strip().splitlines()
    rows = [
        line for line in lines[2 : next((i for i, line in enumerate(lines) if not line.startswith("|")), len(lines))]
    ]
    return [[cell.strip() for cell in row.strip().removeprefix("|").removesuffix("|").split("|")] for row in rows]


def moment(text: str) -> dt.datetime:
    """ "Tue 24 Nov 2569 10.00" or without an hour; the weekday must be right."""
    weekday, number, month, year, *hour = text.split()
    day = dt.datetime(int(year) - _BUDDHIST, _MONTHS.index(month) + 1, int(number), tzinfo=clock.BANGKOK)
    assert day.strftime("%a") == weekday, text
    hours, minutes = hour[0].split(".") if hour else ("0", "0")
    return day.replace(hour=int(hours), minute=int(minutes))


def parts(text: str, codes: dict[str, str]) -> list[Part]:
    """ "Chiang Mai 500 g; Lamphun 1,500 g chilled": each is the part of another group."""
    found = []
    for number, one in enumerate(text.split(";"), start=1):
        match = re.fullmatch(r"(.+?) ([\d,]+) g(?: (chilled|frozen))?", one.strip())
        assert match, one
        grams = int(match[2].replace(",", ""))
        found.append(Part((number, number), codes[match[1]], grams, ((match[3] or "ambient", grams),)))
    return found


def counted(row: list[str], codes: dict[str, str]) -> list[str]:
    """The last four cells of a row, as they come out."""
    ordered, goods, to, way = row[:4]
    match = re.fullmatch(r"(.+) (\d{5})", to)
    assert match, to
    quotes = quote_ways(
        parts=parts(goods, codes), postcode=match[2], subdistrict_code="", province=codes[match[1]], at=moment(ordered)
    )
    quote = quotes.find(way)
    if quote is None:
        assert quotes.why_not(way)
        return ["refused", "", "", ""]
    days = [
        f"{day:%a} {day.day} {_MONTHS[day.month - 1]} {day.year + _BUDDHIST}" for day in (quote.earliest, quote.latest)
    ]
    return [f"{to_baht(quote.total_satang):.2f}", str(quote.parcels), *days]


def test_the_worked_examples_come_out_as_written() -> None:
    codes = {name: code for code, name in Province.objects.values_list("pk", "name_en")}
    for place, network, cold, counter in table("hub in"):
        hub(
            codes[place],
            regional=network == "region",
            has_cold_store=cold == "yes",
            has_pickup_counter=counter == "yes",
        )
    rows = table("ordered")
    assert len(rows) >= 14
    assert [[*row[:4], *counted(row, codes)] for row in rows] == rows
