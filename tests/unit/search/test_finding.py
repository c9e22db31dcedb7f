"""Words are read as they are meant, and what may not be sold is not found."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from catalogue.models import Product
from catalogue.services import withdraw_product
from search import matching, understanding
from search.filters import Chosen
from search.finding import Answer, find
from search.following import follow_all
from search.models import Boost, Change, Document, Kind, Synonym, Word
from search.query import Query, Sort
from search.retyping import in_thai
from search.selectors import search_products
from search.services import count_words, drop_synonym, keep_boost, keep_synonym, learn_words, write_documents
from search.understanding import Stage
from shop.common import clock
from tests.unit.catalogue import world

NAMES = {
    "น้ำผึ้งป่า": "Wild honey",
    "น้ำผึ้งดอกลำไย": "Longan honey",
    "ผ้าไหมมัดหมี่": "Mudmee silk",
    "เสื้อหม้อห้อม": "Mo-hom shirt",
    "หมอนขิด": "Khit pillow",
    "สับปะรดกวน": "Pineapple jam",
}


@pytest.fixture
def market(db: Any) -> Any:
    cache.clear()
    understanding.forget()
    world.base()
    with clock.moved_to(world.NOON):
        maker = world.certified_group()
        for th, en in NAMES.items():
            world.product(maker, th, title_en=en, slug="basketry")
        learn_words(sources=write_documents(kind=Kind.PRODUCT, keys=Product.objects.values_list("pk", flat=True)))
        yield maker


def ask(text: str) -> Answer:
    return find(Query(text=text, sort=Sort.BEST), Chosen())


def names(text: str) -> list[str]:
    found = dict(Product.objects.values_list("pk", "title"))
    return [found[key] for key in ask(text).found.keys]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("น้ำผึ้ง", ["น้ำผึ้งป่า", "น้ำผึ้งดอกลำไย"]),
        ("นำผึ้ง", ["น้ำผึ้งป่า", "น้ำผึ้งดอกลำไย"]),
        ("ผึ้ง", ["น้ำผึ้งป่า", "น้ำผึ้งดอกลำไย"]),
        ("ผ้าใหม มัดหมี่", ["ผ้าไหมมัดหมี่"]),
        ("mohom", ["เสื้อหม้อห้อม"]),
        ("สัปปะรด", ["สับปะรดกวน"]),
        ("pinaple", ["สับปะรดกวน"]),
        ("honey silk", []),
        ("ไม่มีของนี้", []),
    ],
)
def test_what_is_found(market: Any, text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


def test_of_words_that_are_as_alike_the_one_that_stands_in_most_goods_is_meant(market: Any) -> None:
    """ "honbs" is one letter from each of two words: first they count the same and the alphabet decides, then use does."""
    for number in range(3):
        world.product(market, f"ของใช้ {number}", title_en="Honbz ware", slug="basketry")
    world.product(market, "ของใช้ 3", title_en="Honba ware", slug="basketry")
    learn_words(sources=write_documents(kind=Kind.PRODUCT, keys=Product.objects.values_list("pk", flat=True)))
    assert [word.bare for word in understanding.resembling("honbs")] == ["honba", "honbz"]
    changed = count_words()
    assert dict(Word.objects.filter(bare__in=["honba", "honbz", "honey"]).values_list("bare", "count")) == {
        "honba": 1,
        "honbz": 3,
        "honey": 2,
    }
    assert changed == Word.objects.filter(count__gt=1).count()
    assert [word.bare for word in understanding.resembling("honbs")] == ["honbz", "honba"]
    assert count_words() == 0


@pytest.mark.parametrize("text", ["ผ้าไหม มัดหมี่", "น้ำผึ้งลำไย", "honey longan", "น้ำผึ้ง wild", "หมอนขิด จักสาน", "honey silk"])
@pytest.mark.parametrize("wide", [0, 1])
def test_in_a_large_market_many_documents_have_the_same_points_by_their_words_tiers(
    market: Any, monkeypatch: pytest.MonkeyPatch, text: str, wide: int
) -> None:
    def points() -> list[tuple[int, int]]:
        sql, values = matching.held(
            understanding.understand(text).nodes[wide], "product_id", "AND product_id IS NOT NULL"
        )
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} ORDER BY 1", values)
            return cursor.fetchall()

    assert not matching.is_large()
    unpacked = points()
    assert (len(unpacked) > 0) is (text != "honey silk")
    monkeypatch.setattr(matching, "is_large", lambda: True)
    assert points() == unpacked, "few documents"
    monkeypatch.setattr(matching, "_MOST_UNPACKED", -1)
    monkeypatch.setattr(matching, "_MOST_OF_EXACT", -1)
    assert points() == unpacked, "many documents"


def test_the_database_says_how_large_a_market_is(market: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_document")
    for most, large in ((len(NAMES) - 1, True), (10_000, False)):
        monkeypatch.setattr(matching, "_LARGE", most)
        matching._known.clear()
        assert matching.is_large() is large
    matching._known.clear()


def test_a_rare_word_of_a_large_market_is_known_by_the_table(market: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(understanding, "_VOCABULARY", 3)
    assert len(understanding._read_vocabulary()) == 3
    for text, known in (("honey", True), ("pillow", True), ("honey pillow jam", True), ("honny", False)):
        understanding.forget()
        assert understanding.looks_known(understanding.understand(text)) is known, text
    assert names("honny") == names("honey") != []


def test_a_mistake_is_said_and_a_right_word_is_not(market: Any) -> None:
    mended = ask("สัปปะรด").understood
    assert (mended.stage, mended.said) == (Stage.MENDED, "สับปะรด")
    assert ask("น้ำผึ้ง").understood.said == ""


@pytest.mark.parametrize(
    ("typed", "thai", "wanted"),
    [
        ("ohez7h'", "น้ำผึ้ง", ["น้ำผึ้งป่า", "น้ำผึ้งดอกลำไย"]),
        ("lU[xtif", "ส๊บปะรด", []),
        ("zhkws,", "ผ้าไหม", ["ผ้าไหมมัดหมี่"]),
    ],
)
def test_thai_typed_on_an_english_keyboard_is_read_as_thai(
    market: Any, typed: str, thai: str, wanted: list[str]
) -> None:
    assert in_thai(typed) == thai
    assert names(typed) == wanted
    answer = ask(typed)
    assert (answer.understood.said, answer.understood.text) == (thai if wanted else "", typed)


@pytest.mark.parametrize("typed", ["ผ้าไหม", "oh", "12", "~~~silk", "     "])
def test_what_is_no_such_text_stays(typed: str) -> None:
    assert in_thai(typed) == ""


@pytest.mark.parametrize("text", ["่้๊๋", "😀", "\x00\u200b", "!!! --- ' \" \\", ""])
def test_what_holds_no_letter_finds_nothing(market: Any, text: str) -> None:
    assert ask(text).found.counts.total == 0


@pytest.mark.parametrize(
    ("typed", "said", "wanted"),
    [
        ("น้ำผึ้งราคาถูก", "น้ำผึ้ง", ["น้ำผึ้งป่า", "น้ำผึ้งดอกลำไย"]),
        ("ซื้อ น้ำผึ้ง ป่า 5 กิโล", "น้ำผึ้ง ป่า", ["น้ำผึ้งป่า"]),
        ("buy pillow online", "pillow", ["หมอนขิด"]),
        ("ของฝากเชียงใหม่", "เชียงใหม่", list(NAMES)),
        ("หมอน น้ำผึ้ง", "", []),
        ("ราคาถูก", "", []),
        ("ของแปลกใหม่มาก หมอน จักรยานยนต์", "", []),
    ],
)
def test_words_that_say_nothing_of_the_good_are_left_out_in_need(
    market: Any, typed: str, said: str, wanted: list[str]
) -> None:
    answer = ask(typed)
    assert sorted(names(typed)) == sorted(wanted)
    assert (answer.understood.said, answer.understood.text) == (said, typed)


def test_synonyms_hold_within_a_longer_text(market: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        keep_synonym(word="เบาะรอง", means="หมอน")
        keep_synonym(word="ของชาวเหนือ", means="เชียงใหม่")
    assert names("เบาะรองขิด") == ["หมอนขิด"]
    assert names("หมอนของชาวเหนือ") == ["หมอนขิด"]
    assert ask("เบาะของชาวเหนือ").understood.said == "ของชาวเหนือ"


def test_filters_that_leave_nothing_do_not_change_the_words(market: Any) -> None:
    answer = find(Query(text="น้ำผึ้ง", sort=Sort.BEST, price_to=1), Chosen())
    assert answer.found.counts.total == 0
    assert answer.understood.stage == Stage.PLAIN


def test_synonyms_of_staff_are_known_to_the_next_search(market: Any, django_capture_on_commit_callbacks: Any) -> None:
    assert names("เรือ") == []
    with django_capture_on_commit_callbacks(execute=True):
        keep_synonym(word="เรือ", means="หมอน, honey")
    assert names("เรือ") == ["หมอนขิด", "น้ำผึ้งป่า", "น้ำผึ้งดอกลำไย"]
    assert names("หมอน") == ["หมอนขิด"]
    with django_capture_on_commit_callbacks(execute=True):
        drop_synonym(key=Synonym.objects.get(word="เรือ").pk)
    assert names("เรือ") == []


def test_boosts_count_on_their_days_only(market: Any, django_capture_on_commit_callbacks: Any) -> None:
    today = clock.today()
    product = Product.objects.get(title="น้ำผึ้งดอกลำไย")
    assert names("น้ำผึ้ง")[0] == "น้ำผึ้งป่า"
    with django_capture_on_commit_callbacks(execute=True):
        keep_boost(boost=Boost(product=product, points=3, first_day=today, last_day=today))
    assert names("น้ำผึ้ง")[0] == "น้ำผึ้งดอกลำไย"
    with clock.moved_to(clock.now() + dt.timedelta(days=1)):
        assert names("น้ำผึ้ง")[0] == "น้ำผึ้งป่า"


def test_what_is_withdrawn_is_gone_at_once(market: Any, django_capture_on_commit_callbacks: Any) -> None:
    product = Product.objects.get(title="น้ำผึ้งป่า")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_product(product=product, by=None)
    result = search_products(Query(text="น้ำผึ้ง", sort=Sort.BEST))
    assert [card["name"] for card in result.cards] == ["น้ำผึ้งดอกลำไย"]
    assert result.total == 1


def test_a_new_name_is_found_in_the_same_transaction(market: Any) -> None:
    product = Product.objects.get(title="หมอนขิด")
    with transaction.atomic():
        product.title = "เบาะรองนั่ง"
        product.save()
        assert names("เบาะ") == ["เบาะรองนั่ง"]
    assert names("หมอนขิด") == []


def test_plain_sql_is_noted_and_followed(market: Any, django_capture_on_commit_callbacks: Any) -> None:
    follow_all()
    assert not Change.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_product SET title = 'กระด้ง' WHERE title = 'หมอนขิด'")
        cursor.execute("UPDATE vendors_organisation SET name_th = 'กลุ่มใหม่เอี่ยม' WHERE id = %s", [market.pk])
    assert set(Change.objects.values_list("kind", flat=True)) == {"product", "group", "certificate"}
    assert names("กระด้ง") == []
    with django_capture_on_commit_callbacks(execute=True):
        follow_all()
    assert names("กระด้ง") == ["กระด้ง"]
    assert sorted(names("เอี่ยม")) == sorted(Product.objects.values_list("title", flat=True))
    assert Word.objects.filter(text="กระด้ง").exists()
    assert not Change.objects.exists()


def test_unchanged_texts_are_not_written_again(market: Any, django_assert_num_queries: Any) -> None:
    keys = list(Product.objects.values_list("pk", flat=True))
    write_documents(kind=Kind.PRODUCT, keys=keys)
    Document.objects.update(title_en="untouched")
    write_documents(kind=Kind.PRODUCT, keys=keys)
    assert set(Document.objects.filter(kind=Kind.PRODUCT).values_list("title_en", flat=True)) == {"untouched"}
