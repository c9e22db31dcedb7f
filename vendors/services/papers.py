"""What a group does with a certificate before an officer looks: write it down, hand it in, take it back, drop it.

The row is locked first and the right is read anew; `seen` is the version that the person had before them, so that two
tabs never overwrite each other silently.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from shop.common import clock, codes
from shop.common.thai import clean_text
from vendors import errors
from vendors.certificates import check_dates, doubts
from vendors.models import Certificate, CertificationScheme, Organisation
from vendors.policies import Right, require
from vendors.services.certificates import check_new, check_number, locked, move, normalise_number, note
from vendors.states import CHANGEABLE

State = Certificate.State


@dataclass(frozen=True)
class Paper:
    """What is printed on a certificate, and what it covers."""

    scheme: CertificationScheme
    number: str
    issued_on: dt.date
    expires_on: dt.date | None
    scope: str


@transaction.atomic
def write_certificate(
    *,
    holder: Organisation,
    paper: Paper,
    evidence: Any,
    by: Any,
    certificate: Certificate | None = None,
    seen: int | None = None,
    renews: Certificate | None = None,
    is_demo: bool = False,
) -> Certificate:
    """Saves a draft, or what was sent back, as it is typed. `evidence` None keeps the file that is there.

    Raises NotYours, SeenOtherwise, WrongState, NumberNotValid, DatesNotValid (and its like) or AlreadyThere.
    """
    Organisation.objects.select_for_update().get(pk=holder.pk)  # of two tabs that save one new paper, one is new
    check_number(paper.scheme, paper.number)
    check_dates(issued_on=paper.issued_on, expires_on=paper.expires_on, today=clock.today())
    normalised = normalise_number(paper.number)
    but = certificate.pk if certificate else None
    check_new(holder=holder, scheme=paper.scheme, number=normalised, issued_on=paper.issued_on, but=but)
    if certificate is None:
        require(by, Right.LIST, holder)
        row = Certificate(code=codes.new_code(), holder=holder, renews=renews, is_demo=is_demo)
    else:
        row = locked(certificate, by, Right.LIST, seen)
        if row.state not in CHANGEABLE:
            raise errors.WrongState
    row.scheme, row.scope = paper.scheme, paper.scope
    row.number, row.number_normalised = clean_text(paper.number), normalised
    row.issued_on, row.expires_on = paper.issued_on, paper.expires_on
    row.evidence = evidence or row.evidence
    row.version += 1
    row.save()
    if certificate is None:
        note(row, by)
    return row


@transaction.atomic
def hand_in_certificate(
    *, certificate: Certificate, by: Any, seen: int | None = None, sure: bool = False
) -> Certificate:
    """Gives it to the officer. `sure` answers the questions about unusual dates. Raises EvidenceMissing, DatesDoubtful …"""
    current = locked(certificate, by, Right.LIST, seen)
    check_dates(issued_on=current.issued_on, expires_on=current.expires_on, today=clock.today())
    asked = doubts(current.scheme, issued_on=current.issued_on, expires_on=current.expires_on)
    if asked and not sure:
        raise errors.DatesDoubtful(questions=" ".join(asked))
    if current.evidence_id is None:
        raise errors.EvidenceMissing
    return move(current, State.SUBMITTED, by, right=Right.LIST)


@transaction.atomic
def take_back_certificate(*, certificate: Certificate, by: Any, seen: int | None = None) -> Certificate:
    """Back from the officer's queue, to be changed or dropped; once it is decided this is too late."""
    return move(certificate, State.DRAFT, by, right=Right.LIST, seen=seen)


@transaction.atomic
def withdraw_certificate(*, certificate: Certificate, by: Any, seen: int | None = None) -> Certificate:
    """Drops a draft or what was sent back. Its file goes with it: nothing needs it any more."""
    moved = move(certificate, State.WITHDRAWN, by, right=Right.LIST, seen=seen)
    Certificate.objects.filter(pk=moved.pk).update(evidence=None)
    return moved
