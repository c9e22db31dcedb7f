"""A product in two minutes: the short form, what it forgives and refuses, and that nothing typed is lost."""

from __future__ import annotations

import pytest
from django.test import Client

from catalogue.models import Category, GoodsDraft, Product
from catalogue.selectors import on_sale
from catalogue.services import add_variant
from shop.common import clock, codes
from shop.partner.models import PriceChange, StockRecord
from shop.partner.services import set_offer
from shop.people.events import Departure, person_left
from tests.market import Market, photo
from tests.unit.pages.test_query_budgets import BACKEND
from vendors.models import Membership, Organisation
from vendors.services import suspend_group

pytestmark = pytest.mark.django_db
LIST = "/workspace/north-group/goods/"
NEW = f"{LIST}new/"


@pytest.fixture
def member(market: Market) -> Client:
    """Somebody of the group with a phone."""
    client = Client()
    client.force_login(market.people["north"], backend=BACKEND)
    return client


def form_of(client: Client, **typed: object) -> dict[str, object]:
    """What the page would send: its hidden marks and what was typed."""
    page = client.get(NEW)
    category = Category.objects.get(slug="basketry").pk
    return {
        "code": page.context["code"],
        "kept": page.context["kept"],
        "title": "ตะกร้าหวายลายดอกพิกุล",
        "category": str(category),
        "price": "๑,๒๕๐ บาท",
        "unit": "ใบ",
        "weight": "1.2 กก.",
        "stock": "๑๒ ใบ",
        **typed,
    }


def test_photo_name_price_and_publish_is_on_sale(market: Market, member: Client) -> None:
    answer = member.post(NEW, {**form_of(member), "act": "publish", "photo": photo("IMG_0001.jpg", size=(1200, 900))})
    product = Product.objects.get(title="ตะกร้าหวายลายดอกพิกุล")
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{product.pk}/")
    assert on_sale().filter(pk=product.pk).exists(), "the group's certificate covers it"
    record = StockRecord.objects.get(product=product)
    assert (str(record.price), record.num_in_stock, product.weight_g) == ("1250.00", 12, 1200)
    assert product.pictures.get().alt_th == "ตะกร้าหวายลายดอกพิกุล"
    change = PriceChange.objects.get(product=product)
    assert (change.from_satang, change.to_satang, change.by) == (None, 125_000, market.people["north"])
    page = member.get(answer["Location"]).content.decode()
    assert "1,250.00 บาท" in page
    assert "ลงขายแล้ว" in page or "เผยแพร่แล้ว" in page
    assert not GoodsDraft.objects.exists()


def test_a_form_sent_twice_makes_one_product(market: Market, member: Client) -> None:
    form = form_of(member)
    first, second = (member.post(NEW, {**form, "act": "draft"})["Location"] for _time in range(2))
    assert first == second
    assert Product.objects.filter(title="ตะกร้าหวายลายดอกพิกุล").count() == 1


def test_a_second_thought_in_a_sent_form_is_told_and_not_dropped(market: Market, member: Client) -> None:
    """Back in the browser, something changed, sent again: it is not called saved while the first one stays."""
    form = form_of(member)
    made = member.post(NEW, {**form, "act": "draft"})["Location"]
    again = member.post(NEW, {**form, "price": "990", "stock": "3", "act": "publish"})
    page = again.content.decode()
    assert again.status_code == 422
    assert "ฟอร์มนี้สร้าง “ตะกร้าหวายลายดอกพิกุล” ไปแล้ว" in page
    assert f'href="{made}"' in page
    assert again.context["form"]["price"].value() == "990"
    product = Product.objects.get(title="ตะกร้าหวายลายดอกพิกุล")
    assert (product.price_from_satang, product.is_public) == (125_000, False)
    new = {**form, "code": again.context["code"], "price": "990", "stock": "3", "act": "draft"}
    assert member.post(NEW, new)["Location"] != made
    prices = Product.objects.filter(title="ตะกร้าหวายลายดอกพิกุล").values_list("price_from_satang", flat=True)
    assert sorted(filter(None, prices)) == [99_000, 125_000]


def test_a_draft_sent_again_to_be_published_is_published(market: Market, member: Client) -> None:
    sent = form_of(member)
    ahead = member.post(f"{NEW}photo/", {"code": sent["code"], "photo": photo("a.jpg")}).json()
    form = {**sent, "kept": ahead["kept"]}
    member.post(NEW, {**form, "act": "draft"})
    assert not Product.objects.get(title="ตะกร้าหวายลายดอกพิกุล").is_public
    member.post(NEW, {**form, "act": "publish"})
    assert Product.objects.get(title="ตะกร้าหวายลายดอกพิกุล").is_public


def test_the_code_of_another_groups_form_is_not_taken(market: Market, member: Client) -> None:
    """A form filled for one group and sent to another's address makes its own product there."""
    other = Client()
    other.force_login(market.people["isan"], backend=BACKEND)
    code = other.get("/workspace/isan-group/goods/new/").context["code"]
    form = {**form_of(member), "code": code, "act": "draft"}
    other.post("/workspace/isan-group/goods/new/", form)
    answer = member.post(NEW, form)
    assert answer.status_code == 302
    theirs, ours = Product.objects.filter(title="ตะกร้าหวายลายดอกพิกุล").order_by("pk")
    assert (theirs.group, ours.group) == (market.groups["isan"], market.groups["north"])
    assert theirs.public_code != ours.public_code
    assert member.post(f"{NEW}keep/", form).status_code == 409


@pytest.mark.parametrize(
    ("typed", "satang"),
    [("120", 12_000), ("๑๒๐", 12_000), ("120 บาท", 12_000), ("1,200", 120_000), ("฿65.50", 6_550), ("120.-", 12_000)],
)
def test_a_price_is_understood_as_people_write_it(market: Market, member: Client, typed: str, satang: int) -> None:
    member.post(NEW, {**form_of(member, price=typed), "act": "draft"})
    assert PriceChange.objects.get(product__title="ตะกร้าหวายลายดอกพิกุล").to_satang == satang


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0", "ราคาต้องมากกว่าศูนย์"),
        ("-1", "ราคาต้องมากกว่าศูนย์"),
        ("−1", "ราคาต้องมากกว่าศูนย์"),
        ("1000000000000", "1,000,000"),
        ("10^12", "เช่น 120 หรือ 65.50"),
        ("NaN", "เช่น 120 หรือ 65.50"),
        ("1e3", "เช่น 120 หรือ 65.50"),
        ("65.555", "65.50"),
        ("=1+1", "เช่น 120 หรือ 65.50"),
    ],
)
def test_a_price_that_cannot_be_is_refused_and_kept(market: Market, member: Client, typed: str, sentence: str) -> None:
    answer = member.post(NEW, {**form_of(member, price=typed), "act": "publish"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert answer.context["form"]["price"].value() == typed
    assert answer.context["form"]["title"].value() == "ตะกร้าหวายลายดอกพิกุล"
    assert not Product.objects.filter(title="ตะกร้าหวายลายดอกพิกุล").exists()


def test_a_photo_survives_an_error_of_the_form(market: Market, member: Client) -> None:
    refused = member.post(NEW, {**form_of(member, price="0"), "act": "publish", "camera": photo()})
    assert refused.context["kept"]
    form = form_of(member, kept=refused.context["kept"], code=refused.context["code"])
    member.post(NEW, {**form, "act": "publish"})
    assert Product.objects.get(title="ตะกร้าหวายลายดอกพิกุล").pictures.count() == 1


def test_what_only_publishing_needs_makes_a_draft(market: Market, member: Client) -> None:
    answer = member.post(NEW, {**form_of(member, price="", weight="", stock=""), "act": "publish"}, follow=True)
    product = Product.objects.get(title="ตะกร้าหวายลายดอกพิกุล")
    assert not product.is_public
    assert product.region_code == "north", "what is computed is there for a draft as well"
    page = answer.content.decode()
    assert f'href="{LIST}{product.pk}/price/"' in page
    assert f'href="{LIST}{product.pk}/part/measures/"' in page
    assert 'value="publish"' in page


def test_pieces_without_a_price_are_not_dropped_unsaid(market: Market, member: Client) -> None:
    answer = member.post(NEW, {**form_of(member, price=""), "act": "draft"})
    assert (answer.status_code, answer.context["form"]["stock"].value()) == (422, "๑๒ ใบ")
    assert "ใส่ราคาด้วย" in answer.content.decode()
    assert not Product.objects.filter(title="ตะกร้าหวายลายดอกพิกุล").exists()


def test_the_photos_help_speaks_the_readers_language(market: Market, member: Client) -> None:
    assert "JPEG, PNG or WebP, up to 15 MB" in member.get(f"/en{NEW}").content.decode()
    assert "up to 15 MB" not in member.get(NEW).content.decode()


def test_todays_cards_lead_to_what_they_count(market: Market, member: Client) -> None:
    """A draft among drafts; what runs out by its variant, and never by the row of a product that has variants."""
    member.post(NEW, {**form_of(member), "act": "draft"})
    kratip = market.products["kratip"]
    small = add_variant(parent=kratip, variant_th="ใบเล็ก", weight_g=300)
    set_offer(product=small, place=market.places["north"], price_satang=9_000, in_stock=2)
    set_offer(product=kratip, place=market.places["north"], price_satang=12_000, in_stock=0)
    page = member.get("/workspace/north-group/").content.decode()
    assert f'href="{LIST}?show=draft"' in page
    assert "กระติบข้าวเหนียว ใบเล็ก เหลือ 2" in page
    assert "เหลือ 0" not in page


def test_drafts_keep_themselves_and_come_back_as_typed(market: Market, member: Client) -> None:
    form = form_of(member, price="65 บ", title="<b>ชื่อ</b> & 'ของ'")
    assert member.post(f"{NEW}keep/", form).status_code == 204
    page = member.get(NEW)
    assert page.context["form"]["price"].value() == "65 บ"
    assert "&lt;b&gt;ชื่อ&lt;/b&gt;" in page.content.decode()
    assert "<b>ชื่อ" not in member.get(LIST).content.decode()
    assert page.context["key"] == GoodsDraft.objects.get().code
    other = Client()
    other.force_login(market.people["cooperative"], backend=BACKEND)
    member.post(NEW, {**form_of(member), "act": "draft"})
    assert not GoodsDraft.objects.exists()
    late = member.post(f"{NEW}keep/", form)
    assert late.status_code == 409, "the product is saved; a late keeping makes no second draft"
    assert not GoodsDraft.objects.exists()


def test_a_photo_is_sent_ahead_with_its_mark(market: Market, member: Client) -> None:
    form = form_of(member)
    sent = member.post(f"{NEW}photo/", {"code": form["code"], "photo": photo("a.jpg")})
    assert sent.status_code == 200
    assert sent.json()["url"].endswith("-320.jpg")
    refused = member.post(f"{NEW}photo/", {"code": form["code"], "photo": photo("a.jpg").__class__("x.svg", b"<svg/>")})
    assert (refused.status_code, "JPEG" in refused.json()["error"]) == (422, True)
    member.post(NEW, {**form, "kept": sent.json()["kept"], "act": "draft"})
    assert Product.objects.get(title="ตะกร้าหวายลายดอกพิกุล").pictures.count() == 1


def test_a_mark_of_somebody_else_brings_no_picture(market: Market, member: Client) -> None:
    other = Client()
    other.force_login(market.people["isan"], backend=BACKEND)
    page = other.get("/workspace/isan-group/goods/new/")
    sent = other.post("/workspace/isan-group/goods/new/photo/", {"code": page.context["code"], "photo": photo()})
    member.post(NEW, {**form_of(member, kept=sent.json()["kept"]), "act": "draft"})
    assert Product.objects.get(title="ตะกร้าหวายลายดอกพิกุล").pictures.count() == 0


def test_a_category_brings_its_gate_along(market: Market, member: Client) -> None:
    paste = str(Category.objects.get(slug="chilli-paste").pk)
    answer = member.post(NEW, {**form_of(member, category=paste, title="น้ำพริกหนุ่ม"), "act": "publish"}, follow=True)
    product = Product.objects.get(title="น้ำพริกหนุ่ม")
    assert (product.is_public, product.is_prepacked_processed) == (True, True)
    assert not on_sale().filter(pk=product.pk).exists(), "no licence, no sale"
    assert f'href="{LIST}{product.pk}/exemption/"' in answer.content.decode()


def test_forbidden_goods_are_refused_and_nothing_is_made(market: Market, member: Client) -> None:
    before = Product.objects.count()
    answer = member.post(NEW, {**form_of(member, title="สาโทบ้านเฮา"), "act": "publish"})
    assert answer.status_code == 422
    assert answer.context["form"]["title"].value() == "สาโทบ้านเฮา"
    assert Product.objects.count() == before


def test_a_removed_member_with_the_page_open_changes_nothing(market: Market, member: Client) -> None:
    form = form_of(member)
    Membership.objects.filter(user=market.people["north"]).delete()
    for path in (NEW, f"{NEW}keep/", f"{NEW}photo/"):
        assert member.post(path, {**form, "act": "publish"}).status_code == 404
    assert not Product.objects.filter(title="ตะกร้าหวายลายดอกพิกุล").exists()
    assert not GoodsDraft.objects.exists()


def test_a_suspended_group_sees_why_nothing_sells(market: Market, member: Client) -> None:
    group = Organisation.objects.get(pk=market.groups["north"].pk)
    suspend_group(group=group, by=None, reason="ตรวจสถานที่ผลิต")
    for path in (LIST, NEW, f"{LIST}{market.products['kratip'].pk}/"):
        assert "กลุ่มถูกพักการขาย" in member.get(path).content.decode(), path


def test_the_list_shows_price_stock_and_state(market: Market, member: Client) -> None:
    member.post(NEW, {**form_of(member), "act": "draft"})
    page = member.get(LIST).content.decode()
    assert "120.00 บาท" in page
    assert "เหลือ 5" in page
    assert "ร่าง" in page
    drafts = member.get(f"{LIST}?show=draft").content.decode()
    assert ("ตะกร้าหวายลายดอกพิกุล" in drafts, "กระติบข้าวเหนียว" in drafts) == (True, False)
    assert "กระติบข้าวเหนียว" in member.get(f"{LIST}?show=sale&q=กระติบ").content.decode()


def test_what_somebody_had_begun_to_type_goes_with_them(market: Market) -> None:
    """A new product's draft is the person's; the group's goods stay."""
    person = market.people["buyer"]
    GoodsDraft.objects.create(
        group=market.groups["north"], by=person, code=codes.new_code(), typed={"title": "ตะกร้า"}, updated_at=clock.now()
    )
    departure = Departure(person)
    person_left.run(departure)
    assert departure.removed["goods_drafts"] == 1
    assert not GoodsDraft.objects.exists()
    assert Product.objects.filter(group=market.groups["north"]).exists()
