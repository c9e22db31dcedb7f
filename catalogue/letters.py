"""Letters about certificates, and what they mean for goods: to the group, its cooperative and the officers.

Brought by the outbox: what a letter says is read when it is written, so a late one tells of today.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from catalogue.cover import covered_goods, off_sale
from shop.common import clock
from shop.common.outbox import subscribe
from vendors import mails
from vendors.certificates import days_left
from vendors.models import Certificate, CertificateReminder, Membership, Organisation
from vendors.selectors import parent_of, waiting_at

Kind, State = CertificateReminder.Kind, Certificate.State
_READERS = (Membership.Role.MANAGER, Membership.Role.EDITOR)
_NAMED = 20


@subscribe("certificate.verified")
def tell_verified(payload: dict[str, Any]) -> None:
    """It counts from now on."""
    _to_group(payload, "certificate_verified", State.VERIFIED)


@subscribe("certificate.sent_back")
def tell_sent_back(payload: dict[str, Any]) -> None:
    """What is missing or wrong; nothing to tell any more once it was handed in again."""
    _to_group(payload, "certificate_sent_back", State.SENT_BACK)


@subscribe("certificate.revoked")
def tell_revoked(payload: dict[str, Any]) -> None:
    """Why, and which goods are off sale."""
    _to_group(payload, "certificate_revoked", State.REVOKED)


@subscribe("certificate.ends")
def tell_end(payload: dict[str, Any]) -> None:
    """It ends soon, or has ended: to the group, its cooperative and the officer."""
    template = "certificate_ended" if payload["kind"] == Kind.ENDED else "certificate_ends"
    certificate = _to_group(payload, template, State.VERIFIED)
    if certificate is not None:
        link = _absolute("office_certificates:detail", certificate.code)
        mails.to_officers(organisation=certificate.holder, template=template, link=link, **_facts(certificate))


@subscribe("certificate.queue")
def tell_queue(payload: dict[str, Any]) -> None:
    """One letter a morning for an office in which certificates wait; none when somebody was quicker."""
    office = Organisation.objects.filter(pk=payload["office"]).first()
    if office is None:
        return
    waiting = list(waiting_at(office).select_related("scheme", "holder")[: _NAMED + 1])
    if waiting:
        link = _absolute("office_certificates:list")
        mails.to_office(
            office=office, template="certificate_queue", link=link, waiting=waiting[:_NAMED], more=len(waiting) > _NAMED
        )


def _to_group(payload: dict[str, Any], template: str, state: str) -> Certificate | None:
    """To the group and, with a link to the public page, to its cooperative; None when it is no longer so."""
    rows = Certificate.objects.select_related("scheme", "holder")
    certificate = rows.filter(pk=payload["certificate"], state=state).first()
    if certificate is None:
        return None
    facts = _facts(certificate)
    group = certificate.holder
    link = _absolute("workspace_certificates:detail", group.slug, certificate.code)
    mails.to_members(organisation=group, template=template, roles=_READERS, link=link, **facts)
    parent = parent_of(group)
    if parent is not None and parent.kind in Organisation.PARENTS:
        public = certificate.state in (State.VERIFIED, State.REVOKED)
        link = _absolute("vendors:certificate", certificate.code) if public else _absolute("workspace:home")
        mails.to_members(organisation=parent, template=template, roles=_READERS, link=link, **facts)
    return certificate


def _facts(certificate: Certificate) -> dict[str, Any]:
    """What letters say: the certificate, its days, and the goods it is about."""
    today = clock.today()
    left = days_left(certificate, today)
    ended = certificate.state == State.REVOKED or (left is not None and left < 0)
    if ended:
        names = list(off_sale(certificate).values_list("title", flat=True)[: _NAMED + 1])
    else:
        names = [good.title for good in covered_goods(certificate) if good.leaves][: _NAMED + 1]
    return {
        "certificate": certificate,
        "holder": certificate.holder,
        "left": left,
        "off_sale_on": certificate.expires_on + dt.timedelta(days=1) if certificate.expires_on else None,
        "goods": names[:_NAMED],
        "more": len(names) > _NAMED,
    }


def _absolute(name: str, *args: str) -> str:
    with translation.override("th"):
        return f"{settings.SITE_URL}{reverse(name, args=args)}"
