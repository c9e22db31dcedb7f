"""The provider of test payments, in demos only. It behaves like a real one: it keeps its own books, sends signed messages, and
is asked again before anything is believed. A person presses what a bank would answer (`press`)."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from shop.common import clock
from shop.gateways.contract import (
    Charge,
    DisputeStanding,
    News,
    RefundOrder,
    RefundStand,
    RefundStanding,
    Stand,
    Standing,
)
from shop.gateways.errors import BadEvent, GatewayRefused
from shop.gateways.models import TrialCharge, TrialRefund

SIGNATURE = "Market-Test-Signature"
_STANDS = {
    TrialCharge.State.OPEN: Stand.AWAITING_PAYER,
    TrialCharge.State.PAID: Stand.SUCCEEDED,
    TrialCharge.State.DECLINED: Stand.FAILED,
    TrialCharge.State.CANCELLED: Stand.CANCELLED,
}


class TrialGateway:
    """See `shop.gateways.contract`."""

    name = "test"

    def start(self, charge: Charge) -> Standing:
        moment = clock.now()
        made, _created = TrialCharge.objects.get_or_create(
            key=charge.key,
            defaults={
                "ref": f"test_{secrets.token_hex(12)}",
                "amount_satang": charge.amount_satang,
                "currency": charge.currency,
                "created_at": moment,
                "changed_at": moment,
            },
        )
        return _standing(made)

    def find(self, charge: Charge) -> Standing | None:
        row = TrialCharge.objects.filter(key=charge.key).first()
        return _standing(row) if row else None

    def refresh(self, ref: str) -> Standing:
        return _standing(_charge(ref))

    def cancel(self, ref: str, *, key: str) -> Standing:
        TrialCharge.objects.filter(ref=ref, state=TrialCharge.State.OPEN).update(
            state=TrialCharge.State.CANCELLED, changed_at=clock.now()
        )
        return self.refresh(ref)

    def refund(self, order: RefundOrder) -> RefundStanding:
        with transaction.atomic():
            charge = TrialCharge.objects.select_for_update().filter(ref=order.payment_ref).first()
            if charge is None or charge.state != TrialCharge.State.PAID:
                raise GatewayRefused
            known = TrialRefund.objects.filter(key=order.key).first()
            if known is None:
                given = charge.refunds.aggregate(sum=Sum("amount_satang"))["sum"] or 0
                if given + order.amount_satang > charge.amount_satang:
                    raise GatewayRefused
                known = charge.refunds.create(
                    ref=f"testre_{secrets.token_hex(12)}",
                    key=order.key,
                    amount_satang=order.amount_satang,
                    created_at=clock.now(),
                )
        return _refund(known)

    def refresh_refund(self, ref: str) -> RefundStanding:
        row = TrialRefund.objects.filter(ref=ref).first()
        if row is None:
            raise GatewayRefused
        return _refund(row)

    def refunds_of(self, payment_ref: str) -> list[RefundStanding]:
        return [_refund(row) for row in TrialRefund.objects.filter(charge__ref=payment_ref).order_by("pk")]

    def disputes_of(self, payment_ref: str) -> list[DisputeStanding]:
        return []

    def parse_event(self, body: bytes, headers: Mapping[str, str]) -> News:
        if not hmac.compare_digest(_sign(body), str(headers.get(SIGNATURE, ""))):
            raise BadEvent("signature")
        try:
            facts = json.loads(body)
            return News(
                event_id=str(facts["id"]),
                kind=str(facts["kind"]),
                object_ref=str(facts["ref"]),
                payment_ref=str(facts["ref"]),
                key="",
                at=clock.now(),
            )
        except (ValueError, KeyError, TypeError) as problem:
            raise BadEvent("shape") from problem

    def payments_between(self, since: dt.datetime, until: dt.datetime) -> Iterator[Standing]:
        rows = TrialCharge.objects.filter(state=TrialCharge.State.PAID, changed_at__gte=since, changed_at__lt=until)
        yield from (_standing(row) for row in rows.order_by("pk").iterator())

    def refunds_between(self, since: dt.datetime, until: dt.datetime) -> Iterator[RefundStanding]:
        rows = TrialRefund.objects.filter(created_at__gte=since, created_at__lt=until).order_by("pk")
        yield from (_refund(row) for row in rows.iterator())

    def disputes_between(self, since: dt.datetime, until: dt.datetime) -> Iterator[DisputeStanding]:
        yield from ()


def press(ref: str, *, paid: bool) -> tuple[bytes, dict[str, str]]:
    """A person pressed what the bank answers. Returns the signed message; pressing again changes nothing.

    A payment that was given up can still be paid late, as in life; a paid one stays paid.
    """
    state = TrialCharge.State.PAID if paid else TrialCharge.State.DECLINED
    rows = TrialCharge.objects.filter(ref=ref).exclude(state=TrialCharge.State.PAID)
    rows.update(state=state, changed_at=clock.now())
    body = json.dumps({"id": f"testevt_{secrets.token_hex(12)}", "kind": f"charge.{state}", "ref": ref}).encode()
    return body, {SIGNATURE: _sign(body)}


def _sign(body: bytes) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), b"market.gateways.trial:" + body, hashlib.sha256).hexdigest()


def _charge(ref: str) -> TrialCharge:
    row = TrialCharge.objects.filter(ref=ref).first()
    if row is None:
        raise GatewayRefused
    return row


def _standing(row: TrialCharge) -> Standing:
    return Standing(
        ref=row.ref,
        stand=_STANDS[TrialCharge.State(row.state)],
        amount_satang=row.amount_satang,
        currency=row.currency,
        payment_ref=row.ref,
        key=row.key,
        at=row.changed_at,
    )


def _refund(row: TrialRefund) -> RefundStanding:
    return RefundStanding(
        ref=row.ref,
        stand=RefundStand.SUCCEEDED,
        amount_satang=row.amount_satang,
        payment_ref=row.charge.ref,
        key=row.key,
        at=row.created_at,
    )
