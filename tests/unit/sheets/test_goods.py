"""A group's goods as a sheet: out and in again without a change, everything wrong told at once, nobody else's goods touched."""

from __future__ import annotations

import csv
import io
import time
import tracemalloc
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalogue.models import PendingEdit, Product, ProductEvent
from catalogue.services import add_variant, update_product
from shop.partner.models import PriceChange, StockRecord
from shop.partner.services import reserve, set_offer
from shop.partner.sheets.columns import COLUMNS
from tests.market import Market, make_product
from tests.unit.sheets.files import raw_workbook, workbook
from tests.unit.sheets.office import client_of
from vendors.models import ImportRun

pytestmark = pytest.mark.django_db
BASE = "/workspace/north-group/goods/sheet/"
SECONDS = 40


@pytest.fixture
def member(market: Market) -> Client:
    return client_of(market, "north")


def send(client: Client, data: bytes, name: str = "goods.xlsx") -> ImportRun:
    answer = client.post(BASE, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.context["form"].errors
    return ImportRun.objects.get(code=answer.url.split("/")[-2])


def save(client: Client, run: ImportRun) -> ImportRun:
    assert client.post(f"{BASE}{run.code}/save/").status_code == 302
    run.refresh_from_db()
    return run


def told(client: Client, run: ImportRun) -> list[tuple[int, str, str]]:
    page = client.get(f"{BASE}{run.code}/")
    return [(entry.row, entry.letter, entry.text) for entry in page.context["problems"]]


def export(client: Client, form: str) -> bytes:
    answer = client.get(f"{BASE}export.{form}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


def rows_of(data: bytes) -> list[dict[str, Any]]:
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def numbers(run: ImportRun) -> tuple[str, int, int, int]:
    return run.state, run.new, run.changed, run.same


def shelf(market: Market) -> None:
    """Goods of every kind: plain, with variants, a draft without a price, odd names."""
    place = market.places["north"]
    sized = make_product(market, "sized", "north", title="ตะกร้า", baht=65)
    StockRecord.objects.filter(product=sized).delete()
    for name, price in (("ใหญ่", 6_550), ("เล็ก", 4_000)):
        variant = add_variant(parent=sized, variant_th=name, weight_g=700)
        set_offer(product=variant, place=place, price_satang=price, in_stock=4, low_stock=2)
    odd = make_product(market, "odd", "north", title="=1+1")
    update_product(product=odd, description='บรรทัดแรก\nบรรทัดที่สอง, "คำพูด"', title_en="'=x", unit_en="@each")
    draft = make_product(market, "draft", "north", title="ถาด", baht=10)
    StockRecord.objects.filter(product=draft).delete()
    Product.objects.filter(pk=draft.pk).update(is_public=False)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_goes_out_comes_in_again_without_a_change(market: Market, member: Client, form: str) -> None:
    shelf(market)
    data = export(member, form)
    run = send(member, data, f"goods.{form}")
    assert numbers(run) == ("ready", 0, 0, 5), run.problems or run.preview
    assert "ไม่มีอะไรเปลี่ยน" in member.get(f"{BASE}{run.code}/").content.decode()
    before = ProductEvent.objects.count()
    assert save(member, run).state == "ready", "there is nothing to save"
    assert ProductEvent.objects.count() == before


def test_an_export_holds_one_row_for_each_thing_sold_and_no_formula(market: Market, member: Client) -> None:
    shelf(market)
    rows = rows_of(export(member, "xlsx"))
    assert [(row["ชื่อสินค้า"], row["ตัวเลือก"], row["ราคา"], row["จำนวนที่มี"]) for row in rows] == [
        ("'=1+1", None, 100, 10),
        ("กระติบข้าวเหนียว", None, 120, 5),
        ("ตะกร้า", "ใหญ่", 65.5, 4),
        ("ตะกร้า", "เล็ก", 40, 4),
        ("ถาด", None, None, None),
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(export(member, "xlsx"))).active
    assert not [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    plain = list(csv.reader(io.StringIO(export(member, "csv").decode("utf-8-sig"))))
    assert not [cell for row in plain for cell in row if cell[:1] in ("=", "+", "@", "-")]


def test_new_goods_become_drafts_and_the_same_file_again_changes_nothing(market: Market, member: Client) -> None:
    head = ("ชื่อสินค้า", "ตัวเลือก", "หมวด", "ราคา", "จำนวนที่มี", "หน่วยขาย", "น้ำหนักรวมห่อ (กรัม)", "เตือนเมื่อเหลือ")
    data = workbook(
        head,
        ("พัดสาน", None, "basketry", "๑๒๐", "12 ใบ", "ใบ", "1.5 กก.", 4),
        ("กระเป๋าสาน", "ใหญ่", "basketry", 250.5, 3, "ใบ", 800, None),
        ("กระเป๋าสาน", "เล็ก", "basketry", "120 บาท", 2, "ใบ", 400, None),
    )
    run = send(member, data)
    assert numbers(run) == ("ready", 3, 0, 0), run.problems
    assert not Product.objects.filter(title="พัดสาน").exists(), "nothing is saved before somebody wants it"
    assert numbers(save(member, run))[:2] == ("done", 3), run.problems
    fan = Product.objects.get(title="พัดสาน")
    record = StockRecord.objects.get(product=fan)
    assert (fan.is_public, fan.weight_g, fan.price_from_satang, fan.in_stock) == (False, 1500, 12_000, True)
    assert (str(record.price), record.num_in_stock, record.low_stock_threshold) == ("120.00", 12, 4)
    bag = Product.objects.get(title="กระเป๋าสาน")
    assert (bag.structure, bag.is_public, bag.price_from_satang) == ("parent", False, 12_000)
    assert sorted(bag.children.values_list("variant_th", "weight_g")) == [("เล็ก", 400), ("ใหญ่", 800)]
    assert PriceChange.objects.filter(product=fan, by=market.people["north"]).count() == 1
    again = send(member, data)
    assert numbers(again) == ("ready", 0, 0, 3)
    third = send(member, workbook(head, ("กระเป๋าสาน", "กลาง", None, 200, 1, None, 600, None)))
    assert numbers(save(member, third))[:2] == ("done", 1), third.problems
    assert bag.children.count() == 3


def test_everything_wrong_is_told_at_once_and_nothing_is_saved(market: Market, member: Client) -> None:
    reserve({market.stock["kratip"].pk: 3})
    kratip, hat = market.products["kratip"], market.products["hat"]
    head = ("รหัส", "ชื่อสินค้า", "หมวด", "ราคา", "จำนวนที่มี", "เปิดขาย")
    run = send(
        member,
        workbook(
            head,
            (hat.public_code, "ของกลุ่มอื่น", None, 1, None, None),
            (kratip.public_code, None, None, 130, 2, None),
            (None, "ใหม่หนึ่ง", "ไม่มีหมวดนี้", "ฟรี", -1, "ขาย"),
            (None, "ใหม่สอง", None, 10**12, "=A1", None),
            (None, "สุราต้ม", "basketry", 0, None, None),
            (None, "ใหม่สาม", "basketry", 5, None, None),
            (None, "ใหม่สาม", "basketry", 6, None, None),
            (None, None, "basketry", 6, None, None),
        ),
    )
    assert run.state == "faulty"
    places = [(row, letter) for row, letter, _text in told(member, run)]
    assert places == [
        (2, "A"),
        (3, "E"),
        *[(4, letter) for letter in "CDEF"],
        *[(5, letter) for letter in "CDE"],
        *[(6, letter) for letter in "BD"],
        (8, "B"),
        (8, "D"),
        (9, "B"),
    ] or places == [place for place in places if place != (8, "D")], places
    words = {(row, letter): text for row, letter, text in told(member, run)}
    assert "3" in words[3, "E"]
    assert "ราคา" in words[4, "D"]
    assert "สูตร" in words[5, "E"]
    assert str(hat.public_code) in words[2, "A"]
    assert Product.objects.filter(title__startswith="ใหม่").count() == 0
    assert str(StockRecord.objects.get(product=hat).price) == "250.00"
    assert str(StockRecord.objects.get(product=kratip).price) == "120.00"
    listed = member.get(f"{BASE}{run.code}/problems.csv")
    assert b"".join(listed.streaming_content).count(b"\n") >= len(places) + 1  # type: ignore[arg-type]
    assert save(member, run).state == "faulty"


def test_certified_parts_of_what_is_on_sale_wait_for_the_officer(market: Market, member: Client) -> None:
    kratip = market.products["kratip"]
    data = workbook(("รหัส", "ชื่อสินค้า", "ราคา"), (kratip.public_code, "กระติบใบใหญ่", 135))
    run = send(member, data)
    assert numbers(run) == ("ready", 0, 1, 0)
    assert "เจ้าหน้าที่จะตรวจก่อน" in member.get(f"{BASE}{run.code}/").content.decode()
    assert save(member, run).state == "done", run.problems
    kratip.refresh_from_db()
    assert (kratip.title, kratip.price_from_satang) == ("กระติบข้าวเหนียว", 13_500)
    assert PendingEdit.objects.get(product=kratip).changes == {"title": "กระติบใบใหญ่"}
    assert numbers(send(member, data)) == ("ready", 0, 0, 1)


def test_what_another_member_changed_meanwhile_is_shown_before_saving(market: Market, member: Client) -> None:
    kratip = market.products["kratip"]
    make_product(market, "tray", "north", title="ถาด", baht=60)
    data = workbook(("ชื่อสินค้า", "ราคา"), ("กระติบข้าวเหนียว", 120), ("ถาด", 70))
    run = send(member, data)
    assert numbers(run) == ("ready", 0, 1, 1)
    set_offer(product=kratip, place=market.places["north"], price_satang=15_000, in_stock=5)
    assert numbers(save(member, run)) == ("ready", 0, 2, 0)
    assert str(StockRecord.objects.get(product=kratip).price) == "150.00"
    page = member.get(f"{BASE}{run.code}/").content.decode()
    assert "มีคนแก้สินค้าเหล่านี้" in page
    assert "150.00" in page
    assert save(member, run).state == "done"
    assert str(StockRecord.objects.get(product=kratip).price) == "120.00"


def test_off_sale_and_on_again_and_a_cleared_warning(market: Market, member: Client) -> None:
    kratip = market.products["kratip"]
    set_offer(product=kratip, place=market.places["north"], price_satang=12_000, in_stock=5, low_stock=9)
    head = ("รหัส", "เปิดขาย", "เตือนเมื่อเหลือ")
    save(member, send(member, workbook(head, (kratip.public_code, "ไม่ขาย", "-"))))
    assert not Product.objects.get(pk=kratip.pk).is_public
    assert StockRecord.objects.get(product=kratip).low_stock_threshold is None
    save(member, send(member, workbook(head, (kratip.public_code, "ขาย", None))))
    assert Product.objects.get(pk=kratip.pk).is_public


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"just a text", "goods.xlsx", "ไม่ใช่ไฟล์ Excel"),
        (b"<html>x</html>", "goods.xls", "ไม่ใช่ไฟล์ Excel"),
        (b"x" * (10 * 1024 * 1024), "goods.csv", "5 MB"),
        (b"", "goods.xlsx", "ไฟล์"),
    ],
    ids=["text", "page", "10 MB", "empty"],
)
def test_what_is_no_sheet_is_refused_at_once_in_clear_words(
    market: Market, member: Client, data: bytes, name: str, words: str
) -> None:
    answer = member.post(BASE, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["file"])
    assert not ImportRun.objects.exists()


def test_a_bomb_is_refused_in_little_memory(market: Market, member: Client) -> None:
    bomb = raw_workbook(
        "<worksheet><sheetData>" + "<row><c><v>1</v></c></row>" * 4_000_000 + "</sheetData></worksheet>"
    )
    tracemalloc.start()
    run = send(member, bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert run.state == "refused"
    assert peak < 60 * 1024 * 1024
    assert "ไม่ได้อ่าน" in member.get(f"{BASE}{run.code}/").content.decode()


def test_the_template_is_read_as_it_is_and_names_what_is_allowed(market: Market, member: Client) -> None:
    answer = member.get(f"{BASE}template.xlsx")
    data = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [cell.value for cell in book.worksheets[0][1]] == [column.thai for column in COLUMNS]
    allowed = {cell.value for row in book.worksheets[2].iter_rows() for cell in row}
    assert {"ขาย", "แช่เย็น", "เชียงใหม่", "เครื่องจักสาน"} <= allowed, sorted(map(str, allowed))[:40]
    assert numbers(send(member, data)) == ("ready", 0, 0, 0)


def test_five_hundred_goods_are_looked_through_and_saved_in_seconds(market: Market, member: Client) -> None:
    head = ("ชื่อสินค้า", "หมวด", "ราคา", "จำนวนที่มี", "หน่วยขาย", "น้ำหนักรวมห่อ (กรัม)", "รายละเอียด", "ชื่อภาษาอังกฤษ")
    rows = [
        (f"ตะกร้าสาน {n}", "basketry", 100 + n, n % 40, "ใบ", 500, "สานจากไม้ไผ่ของกลุ่ม " * 5, f"Basket {n}")
        for n in range(500)
    ]
    began, cpu = time.monotonic(), time.process_time()
    run = send(member, workbook(head, *rows))
    looked = time.monotonic()
    assert numbers(run) == ("ready", 500, 0, 0), run.problems[:3]
    save(member, run)
    ended, spent = time.monotonic(), time.process_time() - cpu
    print(f"500 new goods: look {looked - began:.1f} s, save {ended - looked:.1f} s, cpu {spent:.1f} s")
    assert numbers(run)[:2] == ("done", 500), run.problems
    assert Product.objects.filter(title__startswith="ตะกร้าสาน ", is_public=False, in_stock=True).count() == 487
    page = member.get(f"{BASE}{run.code}/")
    assert len(page.context["changes"]) == 50
    assert len(page.content) < 150_000
    prices = workbook(("ชื่อสินค้า", "ราคา"), *[(row[0], row[2] + 1) for row in rows])
    began = time.monotonic()
    changed = save(member, send(member, prices))
    print(f"500 prices: {time.monotonic() - began:.1f} s")
    assert numbers(changed)[:3] == ("done", 0, 500), changed.problems
    assert spent < SECONDS


def test_an_unreadable_price_of_a_new_row_is_told_once(member: Client) -> None:
    head = ("ชื่อสินค้า", "หมวด", "ราคา", "จำนวนที่มี")
    run = send(member, workbook(head, ("ใหม่", "basketry", "ฟรี", 4), ("=A1", "basketry", 5, 4), ("ใหม่ด้วย", "=B2", 5, 4)))
    assert [(row, letter) for row, letter, _text in told(member, run)] == [(2, "C"), (3, "A"), (4, "B")]


def test_a_file_of_too_many_goods_is_refused_in_plain_words(member: Client) -> None:
    line = "ใหม่ {},basketry,{}\n"
    text = "ชื่อสินค้า,หมวด,ราคา\n" + "".join(line.format(at, at + 1) for at in range(5_001))
    run = send(member, text.encode(), "goods.csv")
    assert run.state == "refused"
    page = member.get(f"{BASE}{run.code}/").content.decode()
    assert "5,000 แถว" in page
    assert "แบ่งเป็นหลายไฟล์" in page
    assert Product.objects.filter(title__startswith="ใหม่").count() == 0
