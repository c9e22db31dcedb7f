"""Forbidden words: blocked however they are spelled and by whatever path they come, without hitting innocent names."""

from __future__ import annotations

import csv
from pathlib import Path

import geothai
import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from catalogue.errors import GoodsForbidden
from catalogue.models import Product, ProductEvent
from catalogue.restricted import find_restricted
from catalogue.selectors import on_sale
from catalogue.services import add_variant, approve_product, create_product, publish_product, update_product
from shop.common import clock
from tests.market import make_user
from tests.unit.catalogue import world

ROOT = Path(__file__).parents[3]
HARMLESS = """
ไข่เค็มไชยา สุราษฎร์ธานี|เงาะโรงเรียนสุ ราษฎร์ธานี|ผ้าขาวม้า อุดรธานี|ผ้าไหมตรานกยูงพระราชทาน|ผ้าพันคอลายห้วยขาแข้ง
ช่อดอกไม้ประดิษฐ์จากผ้าไหม|ช่อดอกมะลิประดิษฐ์|ช่อดอกกล้วยไม้อบแห้ง|เสื้อมีดอกไม้ปัก|ของดีมีดีที่เชียงใหม่|พวงกุญแจด้ามขวานทอง
น้ำส้มสายชูหมัก|น้ำส้มสายชูหมักจากสับปะรด|กระดาษสาโทนสีธรรมชาติ|กระดาษสา โทนอุ่น|กระดาษสาโทร. 081-234-5678|สมุดปอสาโทนน้ำตาล
ขนมจีนน้ำยาเส้นสด|น้ำยาซักผ้าสูตรสมุนไพร|ผ้าไหมสีงาช้าง|ผ้าฝ้ายลายงาช้าง|กล้วยงาช้างอบแห้ง|พริกงาช้างดอง
กรงนกกรงหัวจุกไม้ไผ่|อาหารนกกรงหัวจุกสูตรกล้วย|ผ้าไหมสีไวน์แดง|กระเป๋าสีแดงไวน์|ผ้าคลุมไหล่สีไวน์|ผักปลอดยาฆ่าแมลง
ข้าวไม่ใช้ยาฆ่าหญ้า|กาแฟไร้สารกำจัดศัตรูพืช|ผ้าทอมีดอกพิกุล|เสื้อมีดวงดาว|กล่องมีดนตรีไทย|ชาหมักปลอดแอลกอฮอล์
น้ำผึ้งดอกลำไย|ข้าวหมากหวาน|น้ำมะเม่าสกัดเข้มข้น|น้ำองุ่นแท้|ปลาดาบเงินตากแห้ง|กล้วยตากพลังงานแสงอาทิตย์
ลูกประคบแก้ปวดเมื่อย|ยาดมสมุนไพร|ยาหม่องไพล|ยาสระผมมะกรูด|น้ำพริกเผาไม่มีสารกันบูด|เสื่อกกเลิกบุหรี่ไทยพวน
ผ้ามัดหมี่ลายใบยาสูบ|ผ้าย้อมสีใบยาสูบ|ศาลายาชุดผ้าห่ม|น้ำยาชุดทำความสะอาด|กัญชาเทศอบแห้ง|ผ้าไหมคุณสุรางค์ ใจดี
หวายสานห้วยเม็ก|ถ้วยหวายสาน|สวยหวานข้าวเหนียวแก้ว|ลูกชุบรูปเบี้ย|เบี้ยกุดชุมที่ระลึก|กระแชงใบจาก|แชมพูอัญชัน
วุ้นกระจูด|จักสานใบลาน บ้านสาโรง|โทนมโหรีจิ๋ว|สาหร่ายพวงองุ่น|ชาใบหม่อน|เหล่าเกษตรกรข้าวหอม|เล้าไก่จิ๋วที่ระลึก
ซุปเห็ดสูตรโบราณ|รูทเบียร์ไทยโบราณ|ขนุนอบกรอบ|กะละแมเสวย|พิมเสนน้ำ
Wine-coloured silk|Ivory white silk scarf|Root beer candy|Swineherd's cloth|Barbeque sauce|Alcohol-free tonic|Drum|Thyme and rosemary
"""
HELD = """
แก้วไวน์ไม้ไผ่|ที่วางขวดไวน์ไม้สัก|จอกเหล้าดินเผา|ที่เขี่ยบุหรี่ดินเผา|มีดอรัญญิก|วิตามินรวม|กระเป๋าใส่บุหรี่|แป้งเหล้าลูกแป้ง
Wine rack of teak|Beer mug|Cigar box|Hand-forged knife|Collagen drink|ผ้าสวยสา โทนี่
"""
FORBIDDEN = """
alcohol: สุราชุมชนเชียงใหม่|สุรา ชุมชน|สุ\u200bราชุมชน|สุราพื้นบ้านสุราษฎร์ธานี|สาโทข้าวเหนียว|ไวน์มะเม่า|ไวน์ มะเม่า|ไ ว น์ มะเม่า|ไ.ว.น์
alcohol: เบียร์สดบ้านเรา|เ.บี.ย.ร์|เ บี ย ร์|เบี-ยร์ สด|เหล้าขาว 40 ดีกรี|เห ล้า ขาว|เหล้าบ๊วย|เหล้าอุเรณู|ยาดองเหล้า|กระแช่น้ำตาลสด|สา โท
alcohol: ส.า.โ.ท|สา\u00a0โท|สาโท(ข้าวก่ำ)|น้ำตาลเมา|เครื่องดื่มแอลกอฮอล์จากลำไย|วิสกี้ไทย|บรั่นดีสับปะรด|โซจูข้าวหอม|สุ_รา_กลั่น|เบียร์*คราฟต์
alcohol: Mulberry wine|Rice WHISKY|Craft beer|Sato|Community liquor|Lao Khao 40|แก้วไวน์และไวน์มะเม่า|เเบียร์ เบียร์
tobacco: ยาเส้นมวนเอง|บุหรี่ใบจาก|ใบยาสูบอบแห้ง|ซิการ์|ยาฉุน|บุ ห รี่|บุ.หรี่|ย า เ ส้ น|Thai tobacco leaf|Cheroots|Cigarettes|ยาเคี้ยว
vape: บุหรี่ไฟฟ้า|บารากู่|พอตไฟฟ้า|Vape pods|Hookah
cannabis: ช่อดอกกัญชา|กัญชาแห้ง|กั ญ ชา
wildlife: กำไลงาช้าง|นกกรงหัวจุกพันธุ์ดี
lottery: หวยใต้ดิน|ลอตเตอรี่
medicine: ยาแก้ปวดซอง|ยาปฏิชีวนะ
"""


def entries(block: str) -> list[str]:
    return [entry.strip() for line in block.strip().splitlines() for entry in line.split("|") if entry.strip()]


def forbidden() -> list[tuple[str, str]]:
    rows = (line.split(": ", 1) for line in FORBIDDEN.strip().splitlines())
    return [(code, title) for code, titles in rows for title in titles.split("|")]


def test_the_lists_are_as_long_as_they_should_be() -> None:
    assert len(entries(HARMLESS)) >= 60
    assert len(forbidden()) >= 40


@pytest.mark.parametrize("title", entries(HARMLESS))
def test_innocent_names_pass_without_a_word(title: str) -> None:
    assert find_restricted(title) == []


@pytest.mark.parametrize("title", entries(HELD))
def test_delicate_names_wait_for_an_officer_and_are_not_blocked(title: str) -> None:
    assert {entry.action for entry in find_restricted(title)} == {"review"}


@pytest.mark.parametrize(("code", "title"), forbidden())
def test_forbidden_goods_are_blocked(code: str, title: str) -> None:
    found = find_restricted(title)
    assert found
    assert found[0].action == "block"
    assert code in {entry.code for entry in found}


def test_of_all_goods_of_the_demo_only_the_knife_waits() -> None:
    with (ROOT / "shop" / "seed" / "data" / "products.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 119
    wrong = {
        text: [entry.mark for entry in found]
        for row in rows
        for text in (row["product_th"], row["product_en"], f"{row['product_th']} ทำจาก{row['raw_material_th']}")
        if (found := find_restricted(text))
    }
    assert set(wrong) == {"มีดอรัญญิก", "Aranyik knife", "มีดอรัญญิก ทำจากเหล็กกล้า ไม้"}
    assert {mark for marks in wrong.values() for mark in marks} == {"knife:มีด", "knife:knife"}


def test_no_province_district_or_subdistrict_is_blocked() -> None:
    provinces = list(geothai.provinces())
    places = [*provinces, *(district for entry in provinces for district in geothai.districts(entry.code))]
    names = {place.name_th for place in places} | {place.name_en for place in places}
    assert len(names) > 1_800
    assert [name for name in names if find_restricted(name)] == []
    for province in provinces:
        for spelled in (f"ของดี{province.name_th}", f"ผ้าทอ จ.{province.name_th}", f"ตะกร้า{province.name_th}แท้"):
            assert find_restricted(spelled) == [], spelled


def test_every_phrase_of_the_data_is_found_alone() -> None:
    with (ROOT / "catalogue" / "data" / "restricted_goods.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for word in filter(None, f"{row['keywords_th']}|{row['keywords_en']}|{row['hard_en']}".split("|")):
                assert find_restricted(word), word


# Alcohol and tobacco cannot be listed by any path.


@pytest.fixture
def goods(db: None) -> Product:
    """A basket on sale, made at noon of the test's day."""
    world.base()
    with clock.moved_to(world.NOON):
        return world.product(world.certified_group(province="TH-84"), "ตะกร้าสุราษฎร์ธานี")


@pytest.mark.parametrize("name", ["สุราชุมชน", "ยาเส้นมวนเอง", "ไ ว น์"])
def test_creating_is_refused_in_both_languages(goods: Product, name: str) -> None:
    count = Product.objects.count()
    group = goods.group
    assert group is not None
    for names in ({"title_th": name}, {"title_th": "น้ำมะเม่า", "title_en": "Mulberry wine"}):
        with pytest.raises(GoodsForbidden):
            create_product(group=group, category=world.category("beverages"), **names)
    assert Product.objects.count() == count


@pytest.mark.parametrize(
    "change",
    [
        *({"title": "เบียร์บ้านเรา"}, {"title_en": "Craft beer"}, {"title_en": "Tobacco leaf"}),
        *({"unit_th": "เบียร์ 1 ลัง"}, {"unit_en": "carton of cigarettes"}),
    ],
)
def test_editing_the_title_later_is_refused(goods: Product, change: dict[str, str]) -> None:
    with pytest.raises(GoodsForbidden) as refusal:
        update_product(product=goods, **change)
    assert refusal.value.text
    goods.refresh_from_db()
    assert (goods.title, goods.title_en) == ("ตะกร้าสุราษฎร์ธานี", "Rattan basket")
    assert goods.unit_th not in change.values()


def test_a_forbidden_title_is_refused_together_with_a_change_of_category(goods: Product) -> None:
    with pytest.raises(GoodsForbidden):
        update_product(product=goods, title="สาโท", main_category=world.category("beverages"))
    goods.refresh_from_db()
    assert goods.main_category == world.category("basketry")


def test_variants_are_refused_new_and_renamed(goods: Product) -> None:
    for names in ({"variant_th": "รสเบียร์สด"}, {"variant_th": "แดง", "variant_en": "red wine"}):
        with pytest.raises(GoodsForbidden):
            add_variant(parent=goods, **names)
    variant = add_variant(parent=goods, variant_th="ใหญ่")
    for change in ({"variant_th": "ไวน์แดง"}, {"variant_en": "cigars"}):
        with pytest.raises(GoodsForbidden):
            update_product(product=variant, **change)
    assert list(Product.objects.filter(parent=goods).values_list("variant_th", "variant_en")) == [("ใหญ่", "")]


def test_an_importer_or_a_dashboard_that_saves_the_row_is_refused(goods: Product) -> None:
    goods.title = "เหล้าขาว"
    with pytest.raises(ValidationError) as refusal:
        goods.full_clean()
    assert "เหล้า" in str(refusal.value)
    with pytest.raises(GoodsForbidden):
        goods.save()
    with pytest.raises(GoodsForbidden):
        goods.save(update_fields=["title"])
    with pytest.raises(GoodsForbidden):
        Product.objects.create(title="บุหรี่", structure=Product.STANDALONE, product_class_id=goods.product_class_id)
    goods.refresh_from_db()
    assert goods.title == "ตะกร้าสุราษฎร์ธานี"


def test_the_shop_office_of_oscar_refuses_with_words_and_saves_nothing(goods: Product) -> None:
    staff = make_user("root", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    formsets = ("productcategory_set", "images", "stockrecords", "primary_recommendations")
    counts = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
    facts = {f"{name}-{key}": value for name in formsets for key, value in counts.items()}
    facts |= {"upc": "", "description": "", "is_public": "on", "structure": "standalone", "slug": "basket"}
    before = Product.objects.count()
    for path in (f"/office/shop/catalogue/products/{goods.pk}/", "/office/shop/catalogue/products/create/goods/"):
        for title in ("สุราชุมชน", "Rice whisky", "บุ ห รี่"):
            answer = client.post(path, {**facts, "title": title})
            assert answer.status_code == 200
            assert "กฎหมายห้าม" in str(answer.context["form"].errors)
    assert Product.objects.count() == before
    goods.refresh_from_db()
    assert goods.title == "ตะกร้าสุราษฎร์ธานี"
    link = goods.productcategory_set.get()
    facts |= {"productcategory_set-TOTAL_FORMS": "1", "productcategory_set-INITIAL_FORMS": "1"}
    facts |= {"productcategory_set-0-id": str(link.pk), "productcategory_set-0-category": str(link.category_id)}
    answer = client.post(f"/office/shop/catalogue/products/{goods.pk}/", {**facts, "title": "ตะกร้า"})
    assert answer.status_code == 302
    goods.refresh_from_db()
    assert goods.title == "ตะกร้า"  # so the form itself works, and only the word was refused


def test_a_title_that_came_past_every_door_is_not_published(goods: Product) -> None:
    Product.objects.filter(pk=goods.pk).update(title="สาโทข้าวก่ำ", is_public=False)
    with pytest.raises(GoodsForbidden):
        publish_product(product=goods)
    Product.objects.filter(pk=goods.pk).update(review="waiting")
    with pytest.raises(GoodsForbidden):
        approve_product(product=goods)
    goods.refresh_from_db()
    assert (goods.is_public, goods.review) == (False, "waiting")


def test_a_description_that_names_them_takes_the_product_off_sale_until_an_officer_looked(goods: Product) -> None:
    with clock.moved_to(world.NOON):
        assert on_sale().filter(pk=goods.pk).exists()
        update_product(product=goods, description="แถมสาโทหนึ่งขวด")
        goods.refresh_from_db()
        assert goods.review == "waiting"
        assert not on_sale().filter(pk=goods.pk).exists()
        update_product(product=goods, description="แถมเชือกหนึ่งเส้น")
        goods.refresh_from_db()
        assert goods.review == ""
        assert on_sale().filter(pk=goods.pk).exists()


def test_a_saved_row_with_a_delicate_word_leaves_sale_at_once(goods: Product) -> None:
    with clock.moved_to(world.NOON):
        goods.refresh_from_db()
        goods.title = "มีดและตะกร้า"
        goods.save()
        assert not on_sale().filter(pk=goods.pk).exists()
        assert list(ProductEvent.objects.values_list("act", "note")) == [("held", "มีด")]
        approve_product(product=goods)
        goods.refresh_from_db()
        assert on_sale().filter(pk=goods.pk).exists()
        update_product(product=goods, description="มีดลับคมแล้ว")
        goods.refresh_from_db()
        assert goods.review == "approved"
        variant = add_variant(parent=goods, variant_th="ดาบเล็ก")
        goods.refresh_from_db()
        assert goods.review == "waiting"
        assert not on_sale().filter(pk=goods.pk).exists()
        assert variant.pk


def test_waiting_products_can_be_published_but_are_not_sold(goods: Product) -> None:
    group = goods.group
    assert group is not None
    with clock.moved_to(world.NOON):
        rack = world.product(group, "ที่วางขวดไวน์ไม้สัก", slug="wood-metal")
        assert rack.review == "waiting"
        assert not on_sale().filter(pk=rack.pk).exists()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("V\u043edka", "vodka"),
        ("Wh\u0456sky", "whisky"),
        ("\uff56\uff4f\uff44\uff4b\uff41", "vodka"),
        ("b e e r", "beer"),
        ("B.E.E.R", "beer"),
        ("r-u-m", "rum"),
    ],
)
def test_a_latin_word_in_disguise_is_the_word(text: str, word: str) -> None:
    assert [(entry.word, entry.action) for entry in find_restricted(text)] == [(word, "block")]


def test_single_letters_that_spell_nothing_are_no_alarm() -> None:
    assert find_restricted("ไซซ์ S M L", "U.S.A.", "A B C", "น้ำพริก น้ำผึ้ง") == []
