"""Two members, and an officer, at one product at once: the second is told, nothing is written over unseen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from catalogue.errors import ChangedMeanwhile, EditDecided, ProductChangedSince
from catalogue.models import PendingEdit, Product, ProductEvent
from catalogue.services import approve_edit, edit_product, stamp, waiting_edit, wanted_values
from catalogue.services import edits as edits_module
from catalogue.services.sections import SECTIONS
from shop.partner import listing
from shop.partner.listing import change_offer, offer_values
from shop.partner.models import PriceChange, StockRecord
from shop.partner.services import reserve
from tests.market import Market

pytestmark = pytest.mark.race
THREADS = 6


def _unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same services with "look, then write": what the tests must be able to catch."""
    together = threading.Barrier(2, timeout=10)

    def careless(product: Product, by: Any, right: Any) -> Product:
        return Product.objects.select_related("group", "main_category").get(pk=product.parent_id or product.pk)

    def late(values: dict[str, Any]) -> str:
        told = stamp(values)
        together.wait()  # both have read before one writes
        return told

    for module in (edits_module, listing):
        monkeypatch.setattr(module, "lock_product", careless)
        monkeypatch.setattr(module, "stamp", late)
    monkeypatch.setattr(listing, "hold_offers", lambda products: None)


def _seen(product: Product, section: str) -> str:
    return stamp(wanted_values(product, SECTIONS[section], waiting_edit(product)))


def _measures(product: Product, seen: str) -> Callable[[int], Any]:
    now = wanted_values(product, SECTIONS["measures"], None)

    def save(number: int) -> Any:
        values = {**now, "unit_th": f"หน่วย {number}"}
        edit_product(product=product, section="measures", values=values, seen=seen, by=None)
        return number

    return save


def test_of_many_who_save_one_part_of_a_product_one_does(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    product = race_market.products["kratip"]
    results = at_once(_measures(product, _seen(product, "measures")), list(range(THREADS)), threads=THREADS)
    won = [one for one in results if isinstance(one, int)]
    assert len(won) == 1
    assert {type(one) for one in results if not isinstance(one, int)} == {ChangedMeanwhile}
    product.refresh_from_db()
    assert product.unit_th == f"หน่วย {won[0]}"
    assert product.events.filter(act=ProductEvent.Act.CHANGED).count() == 1


def test_control_without_the_lock_one_saving_is_lost(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    product = race_market.products["kratip"]
    save = _measures(product, _seen(product, "measures"))
    _unlocked(monkeypatch)
    assert at_once(save, [0, 1], threads=2) == [0, 1]
    monkeypatch.undo()
    assert product.events.filter(act=ProductEvent.Act.CHANGED).count() == 2, "both believe that theirs is there"


def _price(product: Product, seen: str) -> Callable[[int], Any]:
    def save(number: int) -> Any:
        change_offer(
            product=product, price_satang=10_000 + number, in_stock=40 + number, low_stock=None, seen=seen, by=None
        )
        return number

    return save


def test_of_many_who_set_the_price_one_does(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    product = race_market.products["kratip"]
    seen, before = stamp(offer_values(product)), PriceChange.objects.filter(product=product).count()
    results = at_once(_price(product, seen), list(range(THREADS)), threads=THREADS)
    won = [one for one in results if isinstance(one, int)]
    assert len(won) == 1
    assert {type(one) for one in results if not isinstance(one, int)} == {ChangedMeanwhile}
    assert offer_values(product) == {"price_satang": 10_000 + won[0], "in_stock": 40 + won[0], "low_stock": None}
    assert PriceChange.objects.filter(product=product).count() == before + 1


def test_control_without_the_lock_both_prices_are_set(
    race_market: Market, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    product = race_market.products["kratip"]
    seen = stamp(offer_values(product))
    _unlocked(monkeypatch)
    assert at_once(_price(product, seen), [0, 1], threads=2) == [0, 1]


def test_a_price_set_while_buyers_reserve_keeps_what_is_promised(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    """Stock is written by the group and reserved by buyers at once; never more is promised than there is."""
    product = race_market.products["kratip"]
    record = StockRecord.objects.get(product=product)

    def act(number: int) -> Any:
        if number % 2:
            return reserve({record.pk: 1})
        return change_offer(
            product=product, price_satang=9_900, in_stock=12, low_stock=None, seen=stamp(offer_values(product)), by=None
        )

    at_once(act, list(range(12)), threads=6)
    record.refresh_from_db()
    assert 0 <= (record.num_allocated or 0) <= record.num_in_stock


def _asked(product: Product) -> PendingEdit:
    """A name of a product on sale: it waits for an officer."""
    now = wanted_values(product, SECTIONS["texts"], None)
    seen = _seen(product, "texts")
    edit = edit_product(product=product, section="texts", values={**now, "title": "ชื่อแรก"}, seen=seen, by=None)
    assert edit is not None
    return edit


def test_an_officer_approves_what_was_seen_or_nothing(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    """The group asks for another name while the officer approves the first: either order leaves one clear state."""
    product = race_market.products["kratip"]
    for _round in range(6):
        Product.objects.filter(pk=product.pk).update(title="ชื่อเดิม")
        PendingEdit.objects.filter(product=product).delete()
        product.refresh_from_db()
        edit = _asked(product)
        seen, now = _seen(product, "texts"), wanted_values(product, SECTIONS["texts"], edit)

        def act(who: str, edit: PendingEdit = edit, seen: str = seen, now: dict[str, Any] = now) -> Any:
            if who == "officer":
                return approve_edit(edit=edit, version=edit.version, by=None)
            return edit_product(product=product, section="texts", values={**now, "title": "ชื่อที่สอง"}, seen=seen, by=None)

        officer, group = at_once(act, ["officer", "group"], threads=2)
        product.refresh_from_db()
        edit.refresh_from_db()
        if isinstance(officer, (EditDecided, ProductChangedSince)):
            assert (product.title, edit.state, edit.changes["title"]) == ("ชื่อเดิม", "waiting", "ชื่อที่สอง")
        else:
            assert (product.title, edit.state) == ("ชื่อแรก", "approved")
            waiting = waiting_edit(product)
            assert isinstance(group, ChangedMeanwhile) or (waiting is not None and waiting.changes["title"] == "ชื่อที่สอง")


def test_control_an_officer_without_the_version_approves_unseen(race_market: Market) -> None:
    """The negative control of the version: with the newer one's number the name nobody looked at would count."""
    product = race_market.products["kratip"]
    edit = _asked(product)
    now = wanted_values(product, SECTIONS["texts"], edit)
    edit_product(
        product=product, section="texts", values={**now, "title": "ไม่มีใครดู"}, seen=_seen(product, "texts"), by=None
    )
    with pytest.raises(EditDecided):
        approve_edit(edit=edit, version=edit.version, by=None)
    approve_edit(edit=edit, version=edit.version + 1, by=None)
    product.refresh_from_db()
    assert product.title == "ไม่มีใครดู"
