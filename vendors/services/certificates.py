"""A certificate is submitted, verified or sent back by an officer, and may be revoked."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.db import transaction

from shop.common import clock, codes, outbox, versions
from shop.common.thai import arabic_digits, clean_text
from vendors import errors, history
from vendors.events import certificate_changed
from vendors.models import Certificate, CertificateEvent, CertificationScheme, Organisation
from vendors.policies import Right, may, require
from vendors.states import CERTIFICATE_NEXT

State = Certificate.State


def normalise_number(number: str) -> str:
    """What is compared and searched: Arabic digits, no blanks, upper case."""
    return re.sub(r"\s+", "", arabic_digits(clean_text(number))).upper()


def check_number(scheme: CertificationScheme, number: str) -> None:
    """Raises NumberNotValid unless the number looks like one of the scheme; Thai digits and blanks are forgiven."""
    if not scheme.number_regex:
        return
    typed = clean_text(number)
    forms = (typed, arabic_digits(typed), arabic_digits(typed).replace(" ", ""))
    if not any(re.match(scheme.number_regex, form) for form in forms):
        raise errors.NumberNotValid(scheme=scheme.short_th, example=scheme.number_example)


def check_new(
    *, holder: Organisation, scheme: CertificationScheme, number: str, issued_on: dt.date, but: int | None = None
) -> None:
    """Raises AlreadyThere when the holder has this paper already; `number` is normalised, `but` is the row itself."""
    same = Certificate.objects.filter(
        holder=holder, scheme=scheme, number_normalised=number, issued_on=issued_on
    ).exclude(state=State.WITHDRAWN)
    found = (same.exclude(pk=but) if but is not None else same).first()
    if found is not None:
        raise errors.AlreadyThere(code=found.code)


@transaction.atomic
def submit_certificate(
    *,
    holder: Organisation,
    scheme: CertificationScheme,
    number: str,
    issued_on: dt.date,
    expires_on: dt.date | None,
    scope: str = Certificate.Scope.PRODUCTS,
    evidence: Any = None,
    by: Any = None,
    is_demo: bool = False,
    as_draft: bool = False,
) -> Certificate:
    """Hands a certificate in for checking, whole and at once (seed, import). Raises NumberNotValid, DatesNotValid, AlreadyThere."""
    check_number(scheme, number)
    if expires_on is not None and expires_on < issued_on:
        raise errors.DatesNotValid
    normalised = normalise_number(number)
    check_new(holder=holder, scheme=scheme, number=normalised, issued_on=issued_on)
    certificate = Certificate.objects.create(
        code=codes.new_code(),
        scheme=scheme,
        holder=holder,
        scope=scope,
        number=clean_text(number),
        number_normalised=normalised,
        issued_on=issued_on,
        expires_on=expires_on,
        state=State.DRAFT,
        evidence=evidence,
        is_demo=is_demo,
    )
    note(certificate, by, told=False)
    return certificate if as_draft else move(certificate, State.SUBMITTED, by, right=None)


@transaction.atomic
def verify_certificate(*, certificate: Certificate, by: Any, seen: int | None = None) -> Certificate:
    """The officer has seen the paper: from now on the certificate counts while its dates do.

    `seen` is the version that the officer looked at. Raises NotYours, SeenOtherwise or WrongState.
    """
    moved = move(certificate, State.VERIFIED, by, right=Right.REVIEW, seen=seen)
    if by is not None:
        outbox.announce("certificate.verified", {"certificate": moved.pk}, key=f"{moved.pk}:{moved.version}")
    return moved


@transaction.atomic
def send_back_certificate(*, certificate: Certificate, by: Any, reason: str, seen: int | None = None) -> Certificate:
    """Something is missing or wrong; the reason goes to the group."""
    moved = move(certificate, State.SENT_BACK, by, reason=reason, right=Right.REVIEW, seen=seen)
    if by is not None:
        outbox.announce("certificate.sent_back", {"certificate": moved.pk}, key=f"{moved.pk}:{moved.version}")
    return moved


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, by: Any, reason: str, seen: int | None = None) -> Certificate:
    """The certificate counts no longer; what depends on it leaves sale in the same transaction."""
    moved = move(certificate, State.REVOKED, by, reason=reason, right=Right.REVIEW, seen=seen)
    if by is not None:
        outbox.announce("certificate.revoked", {"certificate": moved.pk}, key=f"{moved.pk}:{moved.version}")
    return moved


def locked(certificate: Certificate, by: Any, right: Right | None, seen: int | None) -> Certificate:
    """The row as it is now, locked, for somebody who may still change it and looked at this version.

    Unasked go the market itself (`by` None) and callers that asked before (`right` None: an officer's import).
    Raises NotYours, OwnPaper (nobody decides about what they could have handed in) or SeenOtherwise.
    """
    current = (
        Certificate.objects.select_for_update(of=("self",)).select_related("holder", "scheme").get(pk=certificate.pk)
    )
    if by is not None and right is not None:
        require(by, right, current.holder)
        if right is Right.REVIEW and may(by, Right.LIST, current.holder):
            raise errors.OwnPaper
    if seen is not None and seen != current.version:
        raise errors.SeenOtherwise
    return current


def move(
    certificate: Certificate,
    state: str,
    by: Any,
    *,
    right: Right | None,
    reason: str = "",
    seen: int | None = None,
) -> Certificate:
    """One step of a certificate's life, under its lock, noted in its history and the holder's."""
    current = locked(certificate, by, right, seen)
    if state not in CERTIFICATE_NEXT[current.state]:
        raise errors.WrongState
    if state in (State.SENT_BACK, State.REVOKED) and not clean_text(reason):
        raise errors.ReasonMissing
    current.state, current.state_reason = state, clean_text(reason)
    if state == State.VERIFIED:
        current.verified_by, current.verified_at = by, clock.now()
    if state == State.SUBMITTED:
        current.handed_in_at = clock.now()
    current.version += 1
    current.save()
    note(current, by, reason, told=right is not None)
    certificate_changed.run(current)
    versions.bump()
    return current


def note(certificate: Certificate, by: Any, words: str = "", *, told: bool = True) -> None:
    """Writes the certificate's own history and, when a person acted and nobody else tells it, the holder's."""
    CertificateEvent.objects.create(
        certificate=certificate, state=certificate.state, at=clock.now(), by=by, note=clean_text(words)
    )
    if by is not None and told:
        what = f"{certificate.scheme.short_th} {certificate.bare_number}"
        history.record(
            organisation=certificate.holder,
            act=f"certificate.{certificate.state}",
            by=by,
            what=what,
            certificate=certificate.code,
        )
