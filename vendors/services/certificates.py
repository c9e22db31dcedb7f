"""A certificate is submitted, verified or sent back by an officer, and may be revoked."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.db import transaction

from shop.common import clock, codes, versions
from shop.common.thai import arabic_digits, clean_text
from vendors import errors
from vendors.events import certificate_changed
from vendors.models import Certificate, CertificateEvent, CertificationScheme, Organisation
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
    """Hands a certificate in for checking. Raises NumberNotValid, DatesNotValid, AlreadyThere."""
    check_number(scheme, number)
    if expires_on is not None and expires_on < issued_on:
        raise errors.DatesNotValid
    normalised = normalise_number(number)
    same = Certificate.objects.filter(
        holder=holder, scheme=scheme, number_normalised=normalised, issued_on=issued_on
    ).first()
    if same is not None:
        raise errors.AlreadyThere(code=same.code)
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
    _note(certificate, by, "")
    return certificate if as_draft else _move(certificate, State.SUBMITTED, by)


@transaction.atomic
def verify_certificate(*, certificate: Certificate, by: Any) -> Certificate:
    """The officer has seen the paper: from now on the certificate counts while its dates do."""
    return _move(certificate, State.VERIFIED, by)


@transaction.atomic
def send_back_certificate(*, certificate: Certificate, by: Any, reason: str) -> Certificate:
    """Something is missing or wrong; the reason goes to the group."""
    return _move(certificate, State.SENT_BACK, by, reason)


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, by: Any, reason: str) -> Certificate:
    """The certificate counts no longer; what depends on it leaves sale in the same transaction."""
    return _move(certificate, State.REVOKED, by, reason)


def _move(certificate: Certificate, state: str, by: Any, reason: str = "") -> Certificate:
    current = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if state not in CERTIFICATE_NEXT[current.state]:
        raise errors.WrongState
    if state in (State.SENT_BACK, State.REVOKED) and not clean_text(reason):
        raise errors.ReasonMissing
    current.state, current.state_reason = state, clean_text(reason)
    if state == State.VERIFIED:
        current.verified_by, current.verified_at = by, clock.now()
    current.save()
    _note(current, by, reason)
    certificate_changed.run(current)
    versions.bump()
    return current


def _note(certificate: Certificate, by: Any, note: str) -> None:
    CertificateEvent.objects.create(
        certificate=certificate, state=certificate.state, at=clock.now(), by=by, note=clean_text(note)
    )
