"""What an officer has read, what orders took meanwhile, and what a second tap makes."""

from __future__ import annotations

import pytest
from django.test import Client

from catalogue.models import Category, PendingEdit, Product, ProductCertificate
from catalogue.selectors import on_sale
from catalogue.services import link_certificate
from shop.common import clock
from shop.partner.models import StockRecord
from shop.partner.services import consume, reserve
from tests.market import Market, photo, signed_in
from tests.unit.catalogue.test_parts_of_a_product import (
    LIST,
    approval,
    ask,
    fresh,
    kratip,
    path,
    seen,
    two,
)
from vendors.models import Certificate, CertificationScheme
from vendors.services import submit_certificate, verify_certificate

pytestmark = pytest.mark.django_db
__all__ = ["kratip", "two"]


@pytest.mark.parametrize("mine", [{"price": "150", "stock": "5"}, {"price": "120", "stock": "9"}])
def test_an_order_takes_pieces_while_the_form_lies_open(
    two: tuple[Client, Client], market: Market, kratip: Product, mine: dict[str, str]
) -> None:
    """Who changes the price alone brings nothing back; who counted is told that an order was it, not a colleague."""
    address, record = path(kratip, "price"), market.stock["kratip"].pk
    mark = seen(two[0], address)
    reserve({record: 2})
    consume({record: 2})
    answer = two[0].post(address, {"seen": mark, **mine})
    stock = StockRecord.objects.get(product=kratip)
    if mine["stock"] == "5":
        assert answer.status_code == 302
        assert (str(stock.price), stock.num_in_stock) == ("150.00", 3)
        return
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "จากเดิม 5 ตอนนี้เหลือ 3" in page
    assert "บันทึกส่วนนี้เมื่อ" not in page, "nobody is blamed"
    assert (str(stock.price), stock.num_in_stock) == ("120.00", 3)
    assert two[0].post(address, {**mine, "seen": answer.context["seen"]}).status_code == 302
    assert StockRecord.objects.get(product=kratip).num_in_stock == 9


def test_what_was_left_alone_is_not_brought_back_by_a_second_saving(
    two: tuple[Client, Client], market: Market, kratip: Product
) -> None:
    """Both set the price, and an order took pieces: the form comes back with the stock of now."""
    first, second = two
    address, record = path(kratip, "price"), market.stock["kratip"].pk
    mark = seen(first, address)
    first.post(address, {"seen": mark, "price": "130", "stock": "5"})
    reserve({record: 2})
    consume({record: 2})
    met = second.post(address, {"seen": mark, "price": "150", "stock": "5"})
    assert (met.status_code, met.context["form"]["stock"].value()) == (422, 3)
    again = {"seen": met.context["seen"], "price": "150", "stock": "3"}
    assert second.post(address, again).status_code == 302
    stock = StockRecord.objects.get(product=kratip)
    assert (str(stock.price), stock.num_in_stock) == ("150.00", 3)


def test_a_variants_price_alone_brings_no_pieces_back(two: tuple[Client, Client], kratip: Product) -> None:
    new = path(kratip, "variants/new")
    form = {"variant_th": "ใบใหญ่", "price": "180", "stock": "4", "weight": "300"}
    two[0].post(new, {"seen": seen(two[0], new), **form})
    row = Product.objects.get(parent=kratip)
    one, record = path(kratip, f"variants/{row.pk}"), StockRecord.objects.get(product=row).pk
    mark = seen(two[0], one)
    reserve({record: 1})
    consume({record: 1})
    assert two[0].post(one, {**form, "price": "190", "seen": mark}).status_code == 302
    stock = StockRecord.objects.get(pk=record)
    assert (str(stock.price), stock.num_in_stock) == ("190.00", 3)


@pytest.fixture
def paper(market: Market) -> Certificate:
    """A verified certificate that names single goods, and nothing else that covers a new one."""
    made = submit_certificate(
        holder=market.groups["north"],
        scheme=CertificationScheme.objects.get(pk="OTOP_STAR"),
        number="5/2567",
        issued_on=clock.today(),
        expires_on=None,
        scope=Certificate.Scope.PRODUCTS,
    )
    market.certificates["north"].delete()
    return verify_certificate(certificate=made, by=None)


def test_a_name_that_the_officer_has_not_read_does_not_go_on_sale(
    two: tuple[Client, Client], market: Market, paper: Certificate
) -> None:
    """New goods wait for their certificate; the group changes them while the officer's page lies open."""
    member, officer = two[0], signed_in(market.people["officer"])
    page = member.get(f"{LIST}new/").context
    category = Category.objects.get(slug="basketry").pk
    typed = {"title": "ตะกร้าหวาย", "category": category, "price": "90", "stock": "5", "weight": "300"}
    marks = {"code": page["code"], "kept": "", "certificates": [paper.pk], "act": "publish"}
    member.post(f"{LIST}new/", {**marks, **typed, "photo": photo("a.jpg")})
    product = Product.objects.get(title="ตะกร้าหวาย")
    office, edit = f"/office/goods/{product.pk}/", PendingEdit.objects.get(product=product)
    form = approval(officer, edit)
    assert ask(member, product, title="ยาผีบอก", description="แก้ได้ทุกโรค").status_code == 302
    late = officer.post(office, form)
    assert late.status_code == 422
    assert "กลุ่มเพิ่งแก้สินค้านี้ระหว่างที่คุณอ่าน" in late.content.decode()
    assert "แก้ได้ทุกโรค" in late.content.decode(), "the page shows what holds now"
    assert (PendingEdit.objects.get().state, on_sale().filter(pk=product.pk).exists()) == ("waiting", False)
    assert officer.post(office, {**form, "seen": ""}).status_code == 422, "without the mark nothing is approved"
    assert not ProductCertificate.objects.filter(product=product).exists()
    ask(member, product, title="ตะกร้าหวาย", description="สานมือ")
    assert officer.post(office, approval(officer, edit)).status_code == 302
    assert on_sale().filter(pk=product.pk).exists()


def test_what_an_officer_put_on_paper_waits_before_the_first_sale_too(
    two: tuple[Client, Client], market: Market, kratip: Product, paper: Certificate
) -> None:
    """A draft that a verified certificate names: another name would go on sale with the officer's word for this one."""
    draft = Product.objects.get(pk=copy_of(two[0], kratip))
    link_certificate(product=draft, certificate=paper)
    ask(two[0], draft, title="ยาผีบอก")
    assert fresh(draft).title == "กระติบข้าวเหนียว (สำเนา)"
    assert PendingEdit.objects.get(product=draft).changes["title"] == "ยาผีบอก"


def copy_of(client: Client, product: Product) -> int:
    client.post(path(product, "act"), {"act": "copy"})
    return Product.objects.latest("pk").pk


def test_the_english_name_is_the_same_claim(two: tuple[Client, Client], market: Market, kratip: Product) -> None:
    """It waits as the Thai one does, and is looked through for delicate words when it is approved."""
    address, officer = path(kratip, "part/english"), signed_in(market.people["officer"])
    form = {"title_en": "Organic GI basket", "unit_en": "basket", "description_en": "Cures all illness"}
    page = two[0].post(address, {"seen": seen(two[0], address), **form}, follow=True).content.decode()
    assert "ส่งให้เจ้าหน้าที่จังหวัดแล้ว" in page
    assert (fresh(kratip).title_en, fresh(kratip).description_en) == ("kratip basket", "")
    assert fresh(kratip).unit_en == "basket", "what it is sold by counts at once"
    assert "Organic GI" not in Client().get(f"/en{kratip.get_absolute_url()}").content.decode()
    edit = PendingEdit.objects.get()
    assert edit.changes == {"title_en": "Organic GI basket", "description_en": "Cures all illness"}
    assert officer.post(f"/office/goods/{kratip.pk}/", approval(officer, edit)).status_code == 302
    assert fresh(kratip).title_en == "Organic GI basket"


def test_a_variant_is_there_once(two: tuple[Client, Client], kratip: Product) -> None:
    new = path(kratip, "variants/new")
    form = {"variant_th": "ไซส์ L", "price": "180", "stock": "4", "weight": "300"}
    two[0].post(new, {"seen": seen(two[0], new), **form})
    for name in ("ไซส์ L", "ไซส์  l", "ไซส์l"):
        met = two[1].post(new, {"seen": seen(two[1], new), **form, "variant_th": name, "price": "90"})
        assert met.status_code == 422
        assert "มีตัวเลือก “ไซส์ L” อยู่แล้ว" in met.content.decode()
    assert kratip.children.count() == 1
    one = path(kratip, f"variants/{kratip.children.get().pk}")
    assert two[0].post(one, {**form, "price": "190", "seen": seen(two[0], one)}).status_code == 302


def test_a_copy_tapped_twice_is_one_copy(two: tuple[Client, Client], kratip: Product) -> None:
    page, before = two[0].get(f"{LIST}{kratip.pk}/"), Product.objects.count()
    form = {"act": "copy", "code": page.context["copy_code"]}
    first, second = (two[0].post(path(kratip, "act"), form)["Location"] for _time in range(2))
    assert (first, Product.objects.count()) == (second, before + 1)
