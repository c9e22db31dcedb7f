"""Long lists, from the database to the file: figures for docs/performance.md (`-m slow`)."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shop.common import clock, codes
from shop.fulfilment.models import DeliveryPlan, Holding, PaperRun, Stop
from shop.fulfilment.papers.services import start_paper
from shop.order.models import Line, Order, VendorOrder
from tests.hubs import Hubs, build_hubs, buy
from tests.market import Market
from tests.unit.fulfilment.printed import pages

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TITLES = ("น้ำพริกเผาแม่บ้านสูตรดั้งเดิม", "ผ้าฝ้ายทอมือย้อมครามธรรมชาติ ลายขิดโบราณ", "กระติบข้าวไม้ไผ่สานลายขัด", "กล้วยตาก 250 กรัม")


def _copy(row: Any, **changes: Any) -> Any:
    row.pk, row.id = None, None
    row._state.adding = True
    return type(row)(
        **{**{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name != "id"}, **changes}
    )


def lie_there(market: Market, hubs: Hubs, lines: int) -> None:
    """So many lines of purchases of four lines each that are to be brought to Chiang Mai."""
    first = buy(market, hubs, {"kratip": 1})
    part, line = VendorOrder.objects.get(order=first), Line.objects.get(order=first)
    plan, stops = DeliveryPlan.objects.get(order=first), list(Stop.objects.filter(vendor_order=part))
    number = lines // 4
    orders = Order.objects.bulk_create([_copy(first, number=codes.new_code(11), basket_id=None) for _ in range(number)])
    DeliveryPlan.objects.bulk_create([_copy(plan, order_id=order.pk) for order in orders])
    parts = VendorOrder.objects.bulk_create([_copy(part, order_id=one.pk, number=f"{one.number}-1") for one in orders])
    Stop.objects.bulk_create([_copy(stop, vendor_order_id=one.pk) for one in parts for stop in stops])
    copies = [
        _copy(line, order_id=one.order_id, vendor_order_id=one.pk, title=title)
        for one, title in itertools.product(parts, TITLES)
    ]
    made = Line.objects.bulk_create(copies)
    Holding.objects.bulk_create([Holding(line=one, where="group", quantity=one.quantity) for one in made])


@pytest.fixture
def hubs(market: Market) -> Hubs:
    return build_hubs(market)


@pytest.mark.parametrize("lines", [2_000, 5_000])
def test_a_long_list_is_made_in_time(market: Market, hubs: Hubs, lines: int) -> None:
    lie_there(market, hubs, lines)
    hub, packer = hubs.places["north"], hubs.packers["north"]
    for kind in ("pick", "by_buyer", "by_group", "by_product"):
        began, busy = time.monotonic(), time.process_time()
        with CaptureQueriesContext(connection) as asked:
            run = start_paper(place=hub, kind=kind, day=clock.today() + dt.timedelta(days=40), by=packer)
        run.refresh_from_db()
        took, used = time.monotonic() - began, time.process_time() - busy
        with storages["private"].open(run.stored_name) as file:
            content = file.read()
        told = f"{took:.1f} s, {used:.1f} s of the processor, {len(content) // 1024} kB, {len(pages(content))} pages"
        print(kind, lines, told, len(asked), "queries")
        assert run.state == PaperRun.State.DONE
        assert used < 10 * max(lines / 2_000, 1)
        assert len(asked) <= 30
