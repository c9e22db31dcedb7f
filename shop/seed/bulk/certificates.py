"""Certificates of the big market in every state, each covering up to a dozen goods of its group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from shop.common import clock
from shop.seed.bulk.copying import Dice, Progress, copy_in, take_ids
from shop.seed.bulk.goods import Good
from shop.seed.bulk.network import Maker
from shop.seed.market import Demo, number_for
from vendors.models import Certificate, CertificateEvent, CertificationScheme
from vendors.services.certificates import normalise_number

S = Certificate.State
_STATES = {S.VERIFIED: 95, S.SUBMITTED: 2, S.REVOKED: 1, S.SENT_BACK: 1, S.DRAFT: 1}
_WAY = {
    S.DRAFT: (S.DRAFT,),
    S.SUBMITTED: (S.DRAFT, S.SUBMITTED),
    S.SENT_BACK: (S.DRAFT, S.SUBMITTED, S.SENT_BACK),
    S.VERIFIED: (S.DRAFT, S.SUBMITTED, S.VERIFIED),
    S.REVOKED: (S.DRAFT, S.SUBMITTED, S.VERIFIED, S.REVOKED),
}
_REASONS = {S.SENT_BACK: "รูปถ่ายไม่ชัด กรุณาถ่ายใหม่ให้เห็นเลขที่", S.REVOKED: "ผู้ออกใบรับรองเพิกถอน (ตัวอย่าง)"}
_MOST_GOODS = 12
_WHOLE_GROUP, _WHOLE_GROUP_PERCENT = "TCPS", 10


def write_certificates(
    dice: Dice, makers: Sequence[Maker], goods: Sequence[Good], progress: Progress
) -> list[tuple[int, int]]:
    """Writes the certificates that the goods need; returns (product, certificate) for each good covered by name."""
    wanted: list[tuple[int, str, str]] = []  # holder, scheme, scope
    covered: list[tuple[int, int]] = []  # product, position in `wanted`
    open_ones: dict[tuple[int, str], tuple[int, int]] = {}  # → position in `wanted`, goods that it may still take
    for maker in makers:
        if dice.happens(_WHOLE_GROUP_PERCENT):
            wanted.append((maker.pk, _WHOLE_GROUP, Certificate.Scope.GROUP))
    for good in goods:
        for scheme in good.template.schemes:
            position, room = open_ones.get((good.maker.pk, scheme), (0, 0))
            if not room:
                position, room = len(wanted), dice.randint(1, _MOST_GOODS)
                wanted.append((good.maker.pk, scheme, Certificate.Scope.PRODUCTS))
            open_ones[good.maker.pk, scheme] = position, room - 1
            covered.append((good.pk, position))
    keys = take_ids(Certificate, len(wanted))
    rows = list(_rows(dice, wanted, keys))
    copy_in(Certificate, rows, progress, "certificates")
    copy_in(CertificateEvent, (event for row in rows for event in _events(row)))
    return [(product, keys[position]) for product, position in covered]


def _rows(dice: Dice, wanted: Sequence[tuple[int, str, str]], keys: Sequence[int]) -> Iterator[dict[str, Any]]:
    schemes = {row.pk: row for row in CertificationScheme.objects.all()}
    printer = Demo(dice=dice)
    for (holder, code, scope), key in zip(wanted, keys, strict=True):
        scheme = schemes[code]
        number = number_for(printer, scheme)
        state = dice.choices(list(_STATES), list(_STATES.values()))[0]
        seen = clock.now() if state in (S.VERIFIED, S.REVOKED) else None
        yield {
            "id": key,
            "code": dice.code(),
            "scheme_id": code,
            "holder_id": holder,
            "scope": scope,
            "number": number,
            "number_normalised": normalise_number(number),
            **_dates(dice, endless=scheme.validity_years is None),
            "state": state,
            "state_reason": _REASONS.get(state, ""),
            "verified_at": seen,
            "is_demo": True,
        }


def _dates(dice: Dice, *, endless: bool) -> dict[str, dt.date | None]:
    """Mostly in force; one in twenty has expired, one in a hundred is not yet in force."""
    today = clock.today()
    if dice.happens(1):
        begins = today + dt.timedelta(days=dice.randint(1, 60))
        return {"issued_on": begins, "expires_on": begins + dt.timedelta(days=1_000)}
    issued = today - dt.timedelta(days=dice.randint(200, 1_000))
    if dice.happens(5):
        return {"issued_on": issued, "expires_on": today - dt.timedelta(days=dice.randint(1, 180))}
    return {"issued_on": issued, "expires_on": None if endless else today + dt.timedelta(days=dice.randint(0, 900))}


def _events(certificate: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for step, state in enumerate(_WAY[certificate["state"]]):
        yield {
            "certificate_id": certificate["id"],
            "state": state,
            "at": clock.now() + dt.timedelta(microseconds=step),
            "note": _REASONS.get(state, ""),
        }
