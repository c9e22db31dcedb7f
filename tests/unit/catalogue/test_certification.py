"""Certified over time: the set arithmetic against a naive day-by-day reading of the rule."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.models import Product
from catalogue.selectors import on_sale
from catalogue.services import (
    add_variant,
    approve_product,
    grant_exemption,
    link_certificate,
    refresh_sale,
    refuse_product,
    request_exemption,
    revoke_exemption,
    update_product,
    withdraw_product,
)
from shop.common import clock
from tests.unit.catalogue import world
from vendors import events
from vendors.models import Certificate

pytestmark = pytest.mark.django_db
FIRST = dt.date(2026, 11, 1)
SPAN = 40
_offsets = st.integers(0, SPAN)
_certificates = st.lists(
    st.tuples(
        st.sampled_from(["TCPS", "FDA_FOOD"]),
        _offsets,
        st.one_of(st.none(), _offsets),
        st.sampled_from(["verified", "submitted", "revoked"]),
        st.sampled_from(["group", "products"]),
        st.booleans(),
    ),
    max_size=6,
)


def naive_sellable(certificates: list[Certificate], linked: set[int], day: dt.date, *, gated: bool) -> bool:
    """The rule as one would say it, for one day."""
    covering = [
        certificate
        for certificate in certificates
        if certificate.state == "verified"
        and (certificate.scope == "group" or certificate.pk in linked)
        and certificate.issued_on <= day
        and (certificate.expires_on is None or day <= certificate.expires_on)
    ]
    return bool(covering) and (not gated or any(entry.scheme_id == "FDA_FOOD" for entry in covering))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=_certificates, gated=st.booleans(), today=_offsets)
def test_interval_equals_the_naive_rule(rows: list, gated: bool, today: int) -> None:
    Certificate.objects.all().delete()
    Product.objects.all().delete()
    world.base()
    maker = world.group()
    goods = world.product(maker, "น้ำพริก", slug="chilli-paste", is_prepacked_processed=gated)
    made, linked = [], set()
    for scheme, begin, length, state, scope, link in rows:
        last = None if length is None else FIRST + dt.timedelta(days=begin + length % 15)
        entry = world.certificate(
            maker, scheme, first=FIRST + dt.timedelta(days=begin), last=last, scope=scope, state=state
        )
        made.append(entry)
        if link:
            link_certificate(product=goods, certificate=entry)
            linked.add(entry.pk)
    now = clock.start_of_day(FIRST + dt.timedelta(days=today)) + dt.timedelta(hours=23, minutes=59)
    with clock.moved_to(now):
        goods = world.refreshed(goods)
    days = [FIRST + dt.timedelta(days=offset) for offset in range(today, SPAN + 20)]
    truth = [naive_sellable(made, linked, day, gated=gated) for day in days]
    for number, day in enumerate(days):
        inside = _inside(goods, clock.start_of_day(day)) and _inside(
            goods, clock.end_of_day(day) - dt.timedelta(microseconds=1)
        )
        assert not inside or truth[number], "never for sale when the rule says no"
    if any(truth):  # and the first stretch that has not ended is found whole
        start = truth.index(True)
        stretch = next((number for number in range(start, len(days)) if not truth[number]), len(days))
        assert all(_inside(goods, clock.start_of_day(day)) for day in days[start:stretch])
    else:
        assert goods.sellable_from is None


def _inside(goods: Product, moment: dt.datetime) -> bool:
    return (
        goods.sellable_from is not None
        and goods.sellable_from <= moment
        and (goods.sellable_until is None or moment < goods.sellable_until)
    )


@pytest.fixture(autouse=True)
def _world() -> None:
    world.base()


def test_both_days_count_in_bangkok() -> None:
    maker = world.group()
    world.certificate(maker, first=dt.date(2026, 11, 20), last=dt.date(2026, 11, 24))
    with clock.moved_to(world.NOON):
        goods = world.product(maker)
    assert goods.sellable_from == dt.datetime(2026, 11, 19, 17, 0, tzinfo=dt.UTC)
    assert goods.sellable_until == dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.UTC)
    last_moment = goods.sellable_until - dt.timedelta(seconds=1)
    assert on_sale(last_moment).filter(pk=goods.pk).exists()
    assert not on_sale(goods.sellable_until).filter(pk=goods.pk).exists()


def test_successive_certificates_join() -> None:
    maker = world.group()
    world.certificate(maker, first=dt.date(2026, 11, 1), last=dt.date(2026, 11, 30))
    world.certificate(maker, "GI", first=dt.date(2026, 12, 1), last=dt.date(2026, 12, 31))
    with clock.moved_to(world.NOON):
        goods = world.product(maker)
    assert goods.sellable_until == clock.start_of_day(dt.date(2027, 1, 1))
    assert goods.schemes == ["TCPS"], "marks are those in force today"


@pytest.mark.parametrize(
    ("slug", "facts", "schemes", "sold"),
    [
        ("chilli-paste", {"is_prepacked_processed": True}, ["TCPS"], False),
        ("chilli-paste", {"is_prepacked_processed": True}, ["TCPS", "OTOP_STAR"], False),
        ("chilli-paste", {"is_prepacked_processed": True}, ["FDA_FOOD"], True),
        ("chilli-paste", {}, ["TCPS"], True),
        ("herbal-care", {}, ["TCPS"], False),
        ("herbal-care", {}, ["HERBAL"], True),
        ("farm-inputs", {}, ["TCPS"], True),
        ("farm-inputs", {"is_fertiliser_or_seed": True}, ["TCPS"], False),
        ("farm-inputs", {"is_fertiliser_or_seed": True}, ["TCPS", "SEED"], True),
        ("basketry", {}, [], False),
    ],
)
def test_gates(slug: str, facts: dict, schemes: list[str], sold: bool) -> None:
    maker = world.group()
    for scheme in schemes:
        world.certificate(maker, scheme)
    with clock.moved_to(world.NOON):
        goods = world.product(maker, "สินค้า", slug=slug, **facts)
        assert on_sale().filter(pk=goods.pk).exists() is sold


def test_exemption_needs_an_officer() -> None:
    maker = world.certified_group()
    with clock.moved_to(world.NOON):
        goods = world.product(maker, "ไข่เค็ม", slug="eggs-meat-dairy", is_prepacked_processed=True)
        asked = request_exemption(product=goods, reason="ไข่สดไม่ต้องมีเลข อย.")
        assert not on_sale().filter(pk=goods.pk).exists()
        until = clock.today() + dt.timedelta(days=3)
        granted = grant_exemption(exemption=asked, reason="ไข่ทั้งฟอง ไม่ใช่อาหารแปรรูป", last_day=until)
        assert on_sale().filter(pk=goods.pk).exists()
        assert not on_sale(clock.end_of_day(until)).filter(pk=goods.pk).exists()
        revoke_exemption(exemption=granted, reason="ตรวจพบว่าเป็นไข่ต้มปรุงรส")
        assert not on_sale().filter(pk=goods.pk).exists()


def test_an_exemption_does_not_move_into_another_category() -> None:
    maker = world.certified_group()
    with clock.moved_to(world.NOON):
        goods = world.product(maker, "ไข่เค็ม", slug="eggs-meat-dairy", is_prepacked_processed=True)
        grant_exemption(exemption=request_exemption(product=goods, reason="ไข่สด"), reason="ไข่ทั้งฟอง")
        assert on_sale().filter(pk=goods.pk).exists()
        update_product(product=goods, main_category=world.category("chilli-paste"))
        assert not on_sale().filter(pk=goods.pk).exists()
        update_product(product=goods, main_category=world.category("eggs-meat-dairy"))
        assert on_sale().filter(pk=goods.pk).exists()


def test_refused_waiting_and_withdrawn_are_not_sold() -> None:
    maker = world.certified_group()
    with clock.moved_to(world.NOON):
        knife = world.product(maker, "มีดอรัญญิก", slug="wood-metal")
        assert knife.review == "waiting"
        assert knife.sellable_from is None
        approve_product(product=knife)
        assert on_sale().filter(pk=knife.pk).exists()
        withdraw_product(product=knife)
        assert not on_sale().filter(pk=knife.pk).exists()
        other = world.product(maker, "ดาบไม้", slug="wood-metal")
        refuse_product(product=other, reason="ของมีคม ส่งไม่ได้")
        assert not on_sale().filter(pk=other.pk).exists()


def test_suspension_takes_goods_and_variants_off_and_lifting_puts_them_back() -> None:
    from django.db import transaction

    maker = world.certified_group()
    with clock.moved_to(world.NOON):
        goods = world.product(maker)
        variant = add_variant(parent=goods, variant_th="ใหญ่")
        refresh_sale([variant.pk])
        since = goods.on_sale_since
        for state, sold in (("suspended", False), ("approved", True)):
            maker.state = state
            maker.save()
            with transaction.atomic():
                events.group_state_changed.run(maker)
            goods.refresh_from_db()
            variant.refresh_from_db()
            assert (goods.sellable_from is not None) is sold
            assert (variant.sellable_from is not None) is sold
        assert goods.on_sale_since == since, "lifting a suspension does not make goods new"


def test_revoked_certificate_ends_sale_at_once() -> None:
    from django.db import transaction

    maker = world.group()
    paper = world.certificate(maker, scope="products")
    with clock.moved_to(world.NOON):
        goods = world.product(maker)
        assert goods.sellable_from is None
        link_certificate(product=goods, certificate=paper)
        assert on_sale().filter(pk=goods.pk).exists()
        paper.state = "revoked"
        paper.save()
        with transaction.atomic():
            events.certificate_changed.run(paper)
        assert not on_sale().filter(pk=goods.pk).exists()


def test_certificate_of_another_group_never_covers() -> None:
    from catalogue.errors import CertificateOfAnother
    from catalogue.models import ProductCertificate

    maker, other = world.group(), world.group()
    paper = world.certificate(other, scope="products")
    with clock.moved_to(world.NOON):
        goods = world.product(maker)
        with pytest.raises(CertificateOfAnother):
            link_certificate(product=goods, certificate=paper)
        ProductCertificate.objects.create(product=goods, certificate=paper)  # past the service: still no cover
        assert world.refreshed(goods).sellable_from is None


def test_turn_of_day_opens_the_next_interval() -> None:
    from catalogue.jobs import turn_of_day

    maker = world.group()
    world.certificate(maker, first=dt.date(2026, 11, 1), last=dt.date(2026, 11, 24))
    world.certificate(maker, "GI", first=dt.date(2026, 11, 27), last=dt.date(2026, 12, 31))
    with clock.moved_to(world.NOON):
        goods = world.product(maker)
        turn_of_day()
        assert turn_of_day() == "nothing to do"
    with clock.moved_to(world.NOON + dt.timedelta(days=4)):
        assert not on_sale().filter(pk=goods.pk).exists()
        turn_of_day()
        assert on_sale().filter(pk=goods.pk).exists()
        goods.refresh_from_db()
        assert goods.schemes == ["GI"]


@pytest.mark.django_db
@pytest.mark.parametrize("named", [True, False])
def test_goods_follow_their_province_into_another_region(named: bool) -> None:
    """Whether the product names the province itself or has it from its group."""
    from vendors.models import Province, Region
    from vendors.services import move_province

    world.base()
    province = Province.objects.get(pk="TH-84")
    made = world.product(world.certified_group(province="TH-84"), province=province if named else None)
    made = world.refreshed(made)
    assert made.region_code == "south"
    move_province(province=province, region=Region.objects.get(pk="north"))
    made.refresh_from_db()
    assert made.region_code == "north"
