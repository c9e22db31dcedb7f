"""Certificates, suspension, officers and time in any order: what is for sale equals a naive reading, after every act."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.cover import would_leave
from catalogue.jobs import turn_of_day
from catalogue.models import GateExemption, Product
from catalogue.selectors import on_sale
from catalogue.services import (
    add_variant,
    grant_exemption,
    link_certificate,
    publish_product,
    refuse_exemption,
    request_exemption,
    revoke_exemption,
    unlink_certificate,
    withdraw_product,
)
from shop.common import clock
from shop.partner.offers import offers
from shop.partner.services import set_offer
from tests.unit.catalogue import world
from vendors.models import Certificate, Organisation
from vendors.services import lift_suspension, revoke_certificate, suspend_group, verify_certificate

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)
_begins = st.sampled_from([-3, 0, 1, 2])
_lengths = st.sampled_from([None, 0, 1, 2])
_verify = st.tuples(st.just("verify"), st.sampled_from(["TCPS", "FDA_FOOD"]), _begins, _lengths, st.just("group"))
_verify_named = st.tuples(
    st.just("verify"), st.sampled_from(["TCPS", "FDA_FOOD"]), _begins, _lengths, st.just("products")
)
_next_day = st.tuples(st.just("wait"), st.just(1), st.sampled_from([0, 23]))
_wait = st.tuples(st.just("wait"), st.integers(0, 3), st.sampled_from([0, 11, 23]))
_office = st.tuples(st.sampled_from(["revoke", "suspend", "lift", "exempt", "refuse", "end"]))
_grant = st.tuples(st.just("grant"), _lengths)
_group = st.tuples(st.sampled_from(["withdraw", "publish", "link", "unlink", "exempt", "lift"]))
_acts = st.lists(st.one_of(_verify, _next_day, _verify_named, _wait, _office, _grant, _group), min_size=5, max_size=12)


@dataclass
class Model:
    """The market's one product as a person would keep it on paper."""

    gated: bool
    group: str = "approved"
    public: bool = True
    asked: GateExemption | None = None
    exempt: dict[int, GateExemption] = field(default_factory=dict)
    papers: dict[int, Certificate] = field(default_factory=dict)
    revoked: set[int] = field(default_factory=set)
    linked: set[int] = field(default_factory=set)

    def covering(self, day: dt.date) -> set[str]:
        """The schemes that cover the product on a day."""
        return {
            paper.scheme_id
            for pk, paper in self.papers.items()
            if pk not in self.revoked
            and (paper.scope == "group" or pk in self.linked)
            and paper.issued_on <= day <= (paper.expires_on or dt.date.max)
        }

    def hangs_on(self, pk: int, day: dt.date) -> bool:
        """Sold that day, but not without this paper."""
        without = replace(self, papers={key: paper for key, paper in self.papers.items() if key != pk})
        return self.sold(day) and not without.sold(day)

    def sold(self, day: dt.date) -> bool:
        """The rule for one day."""
        if not self.public or self.group != "approved":
            return False
        gated = self.gated and not any(
            entry.first_day <= day <= (entry.last_day or dt.date.max)  # type: ignore[operator]
            for entry in self.exempt.values()
        )
        covering = self.covering(day)
        return bool(covering) and (not gated or "FDA_FOOD" in covering)


class Run:
    """One product of one group, acted on through the services."""

    def __init__(self, *, gated: bool, with_variant: bool) -> None:
        self.model = Model(gated)
        self.moment = START
        self.group = world.group()
        goods = world.product(
            self.group, "น้ำพริก", slug="chilli-paste", is_prepacked_processed=gated, price=None, publish=False
        )
        self.buyable = add_variant(parent=goods, variant_th="ใหญ่") if with_variant else goods
        set_offer(product=self.buyable, place=world.workshop(self.group), price_satang=100, in_stock=5)
        self.goods = publish_product(product=Product.objects.get(pk=goods.pk))

    def verify(self, scheme: str, begins: int, length: int | None, scope: str) -> None:
        first = clock.today() + dt.timedelta(days=begins)
        last = None if length is None else first + dt.timedelta(days=length)
        paper = world.certificate(self.group, scheme, first=first, last=last, scope=scope, state="submitted")
        verify_certificate(certificate=paper, by=None)
        self.model.papers[paper.pk] = paper

    def revoke(self) -> None:
        for pk in sorted(set(self.model.papers) - self.model.revoked)[:1]:
            revoke_certificate(certificate=self.model.papers[pk], by=None, reason="ทดสอบ")
            self.model.revoked.add(pk)

    def link(self) -> None:
        for pk in sorted(set(self.model.papers) - self.model.linked)[:1]:
            link_certificate(product=self.goods, certificate=self.model.papers[pk])
            self.model.linked.add(pk)

    def unlink(self) -> None:
        for pk in sorted(self.model.linked)[:1]:
            unlink_certificate(product=self.goods, certificate=self.model.papers[pk])
            self.model.linked.discard(pk)

    def suspend(self) -> None:
        if self.model.group == "approved":
            suspend_group(group=Organisation.objects.get(pk=self.group.pk), by=None, reason="ทดสอบ")
            self.model.group = "suspended"

    def lift(self) -> None:
        if self.model.group == "suspended":
            lift_suspension(group=Organisation.objects.get(pk=self.group.pk), by=None)
            self.model.group = "approved"

    def withdraw(self) -> None:
        withdraw_product(product=self.goods)
        self.model.public = False

    def publish(self) -> None:
        publish_product(product=self.goods)
        self.model.public = True

    def exempt(self) -> None:
        if self.model.asked is None and self.model.gated:
            self.model.asked = request_exemption(product=self.goods, reason="ทำเองขายเอง")

    def grant(self, length: int | None) -> None:
        if self.model.asked is not None:
            last = None if length is None else clock.today() + dt.timedelta(days=length)
            granted = grant_exemption(exemption=self.model.asked, reason="ไข่สด", last_day=last)
            self.model.exempt[granted.pk], self.model.asked = granted, None

    def refuse(self) -> None:
        if self.model.asked is not None:
            refuse_exemption(exemption=self.model.asked, reason="ต้องมีเลข อย.")
            self.model.asked = None

    def end(self) -> None:
        for pk in sorted(self.model.exempt)[:1]:
            revoke_exemption(exemption=self.model.exempt.pop(pk), reason="เปลี่ยนวิธีทำ")

    def wait(self, days: int, hour: int) -> None:
        """Time goes on; before the day's job has run nothing is for sale that may not be."""
        later = clock.start_of_day(clock.today() + dt.timedelta(days=days)) + dt.timedelta(hours=hour, minutes=59)
        self.moment = max(self.moment, later)
        with clock.moved_to(self.moment):
            assert not self.is_sold() or self.model.sold(clock.today())
            turn_of_day()

    def hanging(self) -> set[int]:
        """The papers that keep the product on sale, as the officer is told before revoking one."""
        papers = Certificate.objects.filter(pk__in=self.model.papers)
        return {paper.pk for paper in papers if would_leave(paper)}

    def is_sold(self) -> bool:
        """Is it in listings, and may it be bought? Both must say the same."""
        listed = on_sale().filter(pk=self.goods.pk).exists()
        assert offers([self.buyable.pk])[self.buyable.pk].on_sale is listed
        return listed


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gated=st.booleans(), with_variant=st.booleans(), first_paper=st.sampled_from([None, 1, 2, 3]), acts=_acts)
def test_for_sale_is_what_the_rule_says_after_every_act(
    gated: bool, with_variant: bool, first_paper: int | None, acts: list[tuple]
) -> None:
    world.base()
    with transaction.atomic():
        with clock.moved_to(START):
            turn_of_day()
            run = Run(gated=gated, with_variant=with_variant)
            run.verify("FDA_FOOD", -1, first_paper, "group")
            assert run.is_sold()
        for act, *details in acts:
            with clock.moved_to(run.moment):
                getattr(run, act)(*details)
            with clock.moved_to(run.moment):
                assert run.is_sold() is run.model.sold(clock.today()), (act, details)
                run.goods.refresh_from_db()
                assert set(run.goods.schemes) == run.model.covering(clock.today())
                assert run.hanging() == {pk for pk in run.model.papers if run.model.hangs_on(pk, clock.today())}
        transaction.set_rollback(True)
