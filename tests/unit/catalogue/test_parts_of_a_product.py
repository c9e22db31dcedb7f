"""A product's parts changed by two members, by one at a time, and by an officer's word where a certificate stands on them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from catalogue.models import Category, PendingEdit, Product, ProductCertificate
from catalogue.selectors import on_sale
from catalogue.services import request_exemption, update_product
from shop.common import clock, outbox
from shop.partner.models import PriceChange, StockRecord
from shop.partner.services import reserve
from tests.market import Market, make_user, photo, signed_in
from vendors import history
from vendors.models import Certificate, CertificationScheme, Membership
from vendors.services import add_member, submit_certificate, verify_certificate

pytestmark = pytest.mark.django_db
LIST = "/workspace/north-group/goods/"


@pytest.fixture
def two(market: Market) -> tuple[Client, Client]:
    """Two members of the group."""
    other = make_user("second")
    add_member(organisation=market.groups["north"], user=other, role=Membership.Role.EDITOR)
    return signed_in(market.people["north"]), signed_in(other)


@pytest.fixture
def kratip(market: Market) -> Product:
    return market.products["kratip"]


def path(product: Product, part: str) -> str:
    return f"{LIST}{product.pk}/{part}/"


def fresh(product: Product) -> Product:
    return Product.objects.get(pk=product.pk)


def seen(client: Client, address: str) -> str:
    return str(client.get(address).context["seen"])


def test_the_second_member_sees_the_firsts_change_and_loses_nothing(
    two: tuple[Client, Client], kratip: Product
) -> None:
    first, second = two
    address = path(kratip, "part/measures")
    mark = seen(first, address)
    form = {"seen": mark, "weight_g": "300", "storage": "ambient", "vat_class": "standard"}
    assert first.post(address, {**form, "unit_th": "ใบใหญ่"}).status_code == 302
    met = second.post(address, {**form, "unit_th": "ลูก"})
    page = met.content.decode()
    assert met.status_code == 422
    assert fresh(kratip).unit_th == "ใบใหญ่", "nothing is overwritten unseen"
    assert "ใบใหญ่" in page
    assert met.context["form"]["unit_th"].value() == "ลูก"
    assert "north บันทึกส่วนนี้เมื่อ" in page
    assert second.post(address, {**form, "unit_th": "ลูก", "seen": met.context["seen"]}).status_code == 302
    assert fresh(kratip).unit_th == "ลูก"


def test_two_parts_at_the_same_time_do_not_meet(two: tuple[Client, Client], kratip: Product) -> None:
    first, second = two
    english, measures = path(kratip, "part/english"), path(kratip, "part/measures")
    marks = seen(first, english), seen(second, measures)
    first.post(english, {"seen": marks[0], "title_en": "kratip basket", "unit_en": "A", "description_en": ""})
    form = {"seen": marks[1], "unit_th": "ใบ", "weight_g": "๑.๒ กก.", "storage": "ambient", "vat_class": "standard"}
    assert second.post(measures, form).status_code == 302
    assert (fresh(kratip).unit_en, fresh(kratip).weight_g) == ("A", 1200)


def test_prices_meet_too_and_the_past_is_kept(two: tuple[Client, Client], market: Market, kratip: Product) -> None:
    first, second = two
    address = path(kratip, "price")
    mark = seen(first, address)
    assert first.post(address, {"seen": mark, "price": "๑๓๐ บาท", "stock": "7"}).status_code == 302
    met = second.post(address, {"seen": mark, "price": "150", "stock": "7"})
    assert met.status_code == 422
    assert "130.00 บาท" in met.content.decode()
    assert str(StockRecord.objects.get(product=kratip).price) == "130.00"
    rows = PriceChange.objects.filter(product=kratip).values_list("from_satang", "to_satang", "by__email")
    assert list(rows) == [(12_000, 13_000, "north@example.test"), (None, 12_000, None)]
    past = first.get(path(kratip, "prices")).content.decode()
    assert "120.00 บาท → <b>130.00 บาท</b>" in past
    acts = [entry.data for entry in history.history_of(market.groups["north"]) if "goods.priced" in entry.action]
    assert acts[0]["after"] == {"price_satang": 13_000, "in_stock": 7, "low_stock": None}


@pytest.mark.parametrize("typed", ["0", "-1", "1000000000000", "free", ""])
def test_a_price_that_cannot_be_changes_nothing(two: tuple[Client, Client], kratip: Product, typed: str) -> None:
    address = path(kratip, "price")
    answer = two[0].post(address, {"seen": seen(two[0], address), "price": typed, "stock": "7"})
    assert answer.status_code == 422
    assert answer.context["form"]["price"].value() == typed
    record = StockRecord.objects.get(product=kratip)
    assert (str(record.price), record.num_in_stock) == ("120.00", 5)


def test_stock_does_not_fall_below_what_is_promised(
    two: tuple[Client, Client], market: Market, kratip: Product
) -> None:
    reserve({market.stock["kratip"].pk: 3})
    address = path(kratip, "price")
    answer = two[0].post(address, {"seen": seen(two[0], address), "price": "120", "stock": "2"})
    assert (answer.status_code, StockRecord.objects.get(product=kratip).num_in_stock) == (422, 5)
    assert "ลูกค้าจองแล้ว 3" in answer.content.decode()


def ask(client: Client, product: Product, title: str = "กระติบไม้ไผ่สาน", description: str = "สานมือ") -> Any:
    address = path(product, "part/texts")
    return client.post(address, {"seen": seen(client, address), "title": title, "description": description})


def approval(officer: Client, edit: PendingEdit) -> dict[str, object]:
    """What the officer's page sends when the change is approved."""
    page = officer.get(f"/office/goods/{edit.product_id}/").context
    marks = {"edit": edit.pk, "edit-version": edit.version, "edit-reason": "", "seen": page["seen"]}
    return {"act": "approve-edit", **marks}


def letters() -> list[tuple[str, str]]:
    mail.outbox.clear()
    outbox.work_off()
    return [(letter.to[0], letter.body) for letter in mail.outbox]


def test_a_certified_part_waits_and_the_old_version_stays_on_sale(
    two: tuple[Client, Client], market: Market, kratip: Product
) -> None:
    member, officer = two[0], signed_in(market.people["officer"])
    assert ask(member, kratip).status_code == 302
    edit = PendingEdit.objects.get(product=kratip)
    assert (edit.changes, edit.state) == ({"title": "กระติบไม้ไผ่สาน", "description": "สานมือ"}, "waiting")
    assert fresh(kratip).title == "กระติบข้าวเหนียว"
    assert on_sale().filter(pk=kratip.pk).exists()
    assert "กระติบไม้ไผ่สาน" not in Client().get(kratip.get_absolute_url()).content.decode()
    told = letters()
    assert [to for to, _body in told] == ["officer@example.test"]
    assert "สินค้ายังขายแบบเดิม" in told[0][1]
    page = officer.get(f"/office/goods/{kratip.pk}/")
    assert "กระติบข้าวเหนียว" in page.content.decode()
    assert "กระติบไม้ไผ่สาน" in page.content.decode()
    assert str(kratip.pk) in officer.get("/office/goods/").content.decode()
    form = approval(officer, edit)
    assert officer.post(f"/office/goods/{kratip.pk}/", form).status_code == 302
    assert fresh(kratip).title == "กระติบไม้ไผ่สาน"
    assert on_sale().filter(pk=kratip.pk).exists()
    assert [to for to, _body in letters()] == ["north@example.test", "second@example.test"]
    again = officer.post(f"/office/goods/{kratip.pk}/", form)
    assert again.status_code == 422
    assert PendingEdit.objects.get().decided_by == market.people["officer"]


def test_a_refusal_needs_a_reason_and_leaves_everything(
    two: tuple[Client, Client], market: Market, kratip: Product
) -> None:
    ask(two[0], kratip)
    edit, officer = PendingEdit.objects.get(), signed_in(market.people["officer"])
    form = {"act": "refuse-edit", "edit": edit.pk, "edit-version": edit.version, "edit-reason": ""}
    assert officer.post(f"/office/goods/{kratip.pk}/", form).status_code == 422
    assert PendingEdit.objects.get().state == "waiting"
    officer.post(f"/office/goods/{kratip.pk}/", {**form, "edit-reason": "ใบรับรองออกให้กระติบข้าวเหนียวเท่านั้น"})
    assert (PendingEdit.objects.get().state, fresh(kratip).title) == ("refused", "กระติบข้าวเหนียว")
    assert "ใบรับรองออกให้กระติบข้าวเหนียวเท่านั้น" in two[0].get(f"{LIST}{kratip.pk}/").content.decode()
    assert "ใบรับรองออกให้กระติบข้าวเหนียวเท่านั้น" in letters()[-1][1]


def test_an_officer_decides_about_what_was_seen(two: tuple[Client, Client], market: Market, kratip: Product) -> None:
    """The group changes its change, and the product itself changes, while the officer's page lies open."""
    officer = signed_in(market.people["officer"])
    ask(two[0], kratip)
    edit = PendingEdit.objects.get()
    form = approval(officer, edit)
    ask(two[1], kratip, title="อีกชื่อหนึ่ง")
    assert PendingEdit.objects.get().changes["title"] == "อีกชื่อหนึ่ง", "one open change, added to"
    assert officer.post(f"/office/goods/{kratip.pk}/", form).status_code == 422
    assert fresh(kratip).title == "กระติบข้าวเหนียว"
    update_product(product=kratip, title="กระติบของสำนักงาน")
    late = officer.post(f"/office/goods/{kratip.pk}/", approval(officer, PendingEdit.objects.get()))
    assert late.status_code == 422
    assert "สินค้าเปลี่ยนไปหลังจากที่กลุ่มส่งคำขอนี้" in late.content.decode()
    assert fresh(kratip).title == "กระติบของสำนักงาน"


def test_who_may_not_decide_changes_nothing(two: tuple[Client, Client], market: Market, kratip: Product) -> None:
    ask(two[0], kratip)
    edit = PendingEdit.objects.get()
    form = {**approval(signed_in(market.people["officer"]), edit), "edit-version": 1}
    hat = market.products["hat"]
    for client, pk in ((two[0], kratip.pk), (signed_in(market.people["editor"]), kratip.pk)):
        assert client.post(f"/office/goods/{pk}/", form).status_code in (403, 404)
    assert signed_in(market.people["administrator"]).post(f"/office/goods/{hat.pk}/", form).status_code == 422
    assert (PendingEdit.objects.get().state, fresh(kratip).title) == ("waiting", "กระติบข้าวเหนียว")


def test_a_change_is_taken_back(two: tuple[Client, Client], kratip: Product) -> None:
    ask(two[0], kratip)
    two[1].post(path(kratip, "act"), {"act": "drop"})
    assert (PendingEdit.objects.get().state, fresh(kratip).title) == ("dropped", "กระติบข้าวเหนียว")


def test_forbidden_words_are_refused_before_an_officer_sees_them(two: tuple[Client, Client], kratip: Product) -> None:
    answer = ask(two[0], kratip, title="สาโทบ้านเฮา")
    assert (answer.status_code, PendingEdit.objects.count()) == (422, 0)


def test_a_new_category_and_origin_wait_as_well(two: tuple[Client, Client], kratip: Product) -> None:
    category, origin = path(kratip, "part/category"), path(kratip, "part/origin")
    paste = Category.objects.get(slug="chilli-paste").pk
    two[0].post(category, {"seen": seen(two[0], category), "main_category": paste})
    form = {"province": "TH-40", "name_0": "ไม้ไผ่", "origin_0": "own", "province_0": "TH-50", "group_0": ""}
    two[0].post(origin, {"seen": seen(two[0], origin), **form})
    edit = PendingEdit.objects.get()
    assert set(edit.changes) == {"main_category", "is_prepacked_processed", "province", "raw_materials"}
    assert fresh(kratip).main_category.slug == "basketry"  # type: ignore[union-attr]
    assert "ไม้ไผ่ (ของกลุ่มเอง)" in two[0].get(f"{LIST}{kratip.pk}/").content.decode()


def test_a_verified_paper_names_another_product_only_by_an_officer(
    two: tuple[Client, Client], market: Market, kratip: Product
) -> None:
    paper = submit_certificate(
        holder=market.groups["north"],
        scheme=CertificationScheme.objects.get(pk="OTOP_STAR"),
        number="5/2567",
        issued_on=clock.today(),
        expires_on=None,
        scope=Certificate.Scope.PRODUCTS,
    )
    paper = verify_certificate(certificate=paper, by=None)
    address = path(kratip, "part/certificates")
    two[0].post(address, {"seen": seen(two[0], address), "certificates": [paper.pk]})
    assert not ProductCertificate.objects.filter(certificate=paper).exists()
    edit = PendingEdit.objects.get()
    officer = signed_in(market.people["officer"])
    form = approval(officer, edit)
    assert officer.post(f"/office/goods/{kratip.pk}/", form).status_code == 302
    assert ProductCertificate.objects.filter(certificate=paper, product=kratip).exists()


def test_a_foreign_certificate_cannot_be_chosen(two: tuple[Client, Client], market: Market, kratip: Product) -> None:
    address = path(kratip, "part/certificates")
    foreign = market.certificates["isan"].pk
    answer = two[0].post(address, {"seen": seen(two[0], address), "certificates": [foreign]})
    assert (answer.status_code, PendingEdit.objects.count()) == (422, 0)


def test_variants_with_price_and_stock_each(two: tuple[Client, Client], market: Market, kratip: Product) -> None:
    new = path(kratip, "variants/new")
    for name, price in (("ใบเล็ก", "100"), ("ใบใหญ่", "๑๘๐")):
        form = {"variant_th": name, "price": price, "stock": "4", "weight": "300"}
        assert two[0].post(new, {"seen": seen(two[0], new), **form}).status_code == 302
    parent = fresh(kratip)
    assert (parent.structure, parent.price_from_satang, parent.price_to_satang) == ("parent", 10_000, 18_000)
    assert on_sale().filter(pk=kratip.pk).exists()
    assert StockRecord.objects.get(product=kratip).price is None, "buyers choose a variant now"
    small = Product.objects.get(parent=kratip, variant_th="ใบเล็ก")
    one = path(kratip, f"variants/{small.pk}")
    mark = seen(two[0], one)
    form = {"variant_th": "ใบเล็กมาก", "price": "90", "stock": "4", "weight": "300", "seen": mark}
    assert two[0].post(one, form).status_code == 302
    met = two[1].post(one, {**form, "variant_th": "ใบจิ๋ว"})
    assert (met.status_code, Product.objects.get(pk=small.pk).variant_th) == (422, "ใบเล็กมาก")
    two[0].post(one, {"act": "withdraw"})
    assert fresh(kratip).price_from_satang == 18_000
    two[0].post(one, {"act": "offer"})
    assert fresh(kratip).price_from_satang == 9_000


def test_a_copy_is_a_draft_without_papers_and_stock(two: tuple[Client, Client], kratip: Product) -> None:
    answer = two[0].post(path(kratip, "act"), {"act": "copy"})
    copy = Product.objects.latest("pk")
    assert answer["Location"] == f"{LIST}{copy.pk}/"
    assert (copy.title, copy.is_public, copy.pictures.count()) == ("กระติบข้าวเหนียว (สำเนา)", False, 1)
    assert not ProductCertificate.objects.filter(product=copy).exists()
    record = StockRecord.objects.get(product=copy)
    assert (str(record.price), record.num_in_stock) == ("120.00", 0)


def test_withdrawn_and_put_back_with_the_person(two: tuple[Client, Client], market: Market, kratip: Product) -> None:
    two[0].post(path(kratip, "act"), {"act": "withdraw"})
    assert not on_sale().filter(pk=kratip.pk).exists()
    assert Client().get(kratip.get_absolute_url()).status_code == 404
    assert "กลับมาขายอีกครั้ง" in two[0].get(f"{LIST}{kratip.pk}/").content.decode()
    two[1].post(path(kratip, "act"), {"act": "publish"})
    assert on_sale().filter(pk=kratip.pk).exists()
    told = [(entry.action, entry.user.email) for entry in history.history_of(market.groups["north"])[:2]]
    assert told == [("market.goods.published", "second@example.test"), ("market.goods.withdrawn", "north@example.test")]


def test_pictures_in_order_with_words_and_a_point(two: tuple[Client, Client], kratip: Product) -> None:
    address = path(kratip, "pictures")
    two[0].post(address, {"act": "add", "photo": [photo("a.jpg", size=(1600, 800)), photo("b.jpg", size=(900, 900))]})
    assert kratip.pictures.count() == 3
    wide = kratip.pictures.all()[1]
    two[0].post(address, {"act": "first", "picture": wide.pk})
    assert fresh(kratip).picture_name == wide.picture.name
    form = {f"p{wide.pk}-alt_th": "กระติบ <script>", f"p{wide.pk}-focus_x": "90", f"p{wide.pk}-focus_y": "50"}
    two[0].post(address, {"act": "save", "picture": wide.pk, **form})
    wide.refresh_from_db()
    assert (wide.focus_x, wide.alt_th) == (90, "กระติบ <script>")
    page = two[0].get(address).content.decode()
    assert "<script>" not in page.split("<main")[1].split("</main>")[0]
    two[0].post(address, {"act": "remove", "picture": wide.pk})
    assert kratip.pictures.count() == 2
    refused = two[0].post(address, {"act": "save", "picture": wide.pk, **form})
    assert refused.status_code == 404


def test_anothers_picture_is_not_touched(two: tuple[Client, Client], market: Market, kratip: Product) -> None:
    foreign = market.products["hat"].pictures.get()
    for act in ("remove", "first", "save"):
        assert two[0].post(path(kratip, "pictures"), {"act": act, "picture": foreign.pk}).status_code == 404
    assert market.products["hat"].pictures.get() == foreign


def test_markup_in_names_is_shown_as_text_everywhere(
    two: tuple[Client, Client], market: Market, kratip: Product
) -> None:
    evil = "<img src=x onerror=alert(1)>"
    address = path(kratip, "part/english")
    form = {"title_en": evil, "unit_en": evil, "description_en": f"<script>alert(1)</script>{evil}"}
    two[0].post(address, {"seen": seen(two[0], address), **form})
    ask(two[0], kratip, title=evil, description=evil)
    pages = [
        two[0].get(f"/en{LIST}"),
        two[0].get(f"/en{LIST}{kratip.pk}/"),
        two[0].get(address),
        Client().get(f"/en{fresh(kratip).get_absolute_url()}"),
        signed_in(market.people["officer"]).get(f"/office/goods/{kratip.pk}/"),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "<img src=x" not in page.content.decode()
        assert "<script>alert" not in page.content.decode()


def test_a_waiting_exemption_and_a_waiting_change_are_both_told(market: Market, two: tuple[Client, Client]) -> None:
    product = market.products["kratip"]
    Product.objects.filter(pk=product.pk).update(is_prepacked_processed=True)
    update_product(product=fresh(product), main_category=Category.objects.get(slug="chilli-paste"))
    request_exemption(product=fresh(product), reason="ของสดทั้งหมด", by=market.people["north"])
    ask(two[0], product)
    page = signed_in(market.people["officer"]).get(f"/office/goods/{product.pk}/").content.decode()
    assert ('value="grant"' in page, 'value="approve-edit"' in page) == (True, True)
