"""What a certificate is worth on a day. Its days are calendar days in Thailand, first and last included."""

from __future__ import annotations

import datetime as dt
import enum

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vendors.models import Certificate

State = Certificate.State


class Standing(enum.StrEnum):
    """What the public register says about a certificate today."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REVOKED = "revoked"
    WAITING = "waiting"

    @property
    def label(self) -> str | Promise:
        """In words."""
        return _LABELS[self]


_LABELS: dict[Standing, str | Promise] = {
    Standing.IN_FORCE: _("In force"),
    Standing.NOT_YET: _("Not yet in force"),
    Standing.EXPIRED: _("Expired"),
    Standing.REVOKED: _("Revoked"),
    Standing.WAITING: _("Being checked"),
}


def standing(certificate: Certificate, day: dt.date) -> Standing:
    """How a certificate stands on `day`."""
    if certificate.state == State.REVOKED:
        return Standing.REVOKED
    if certificate.state != State.VERIFIED:
        return Standing.WAITING
    if certificate.issued_on > day:
        return Standing.NOT_YET
    if certificate.expires_on is not None and certificate.expires_on < day:
        return Standing.EXPIRED
    return Standing.IN_FORCE


def in_force(day: dt.date, prefix: str = "") -> Q:
    """The same as a condition: verified and `day` within the dates. `prefix` names the way to the certificate."""
    return Q(**{f"{prefix}state": State.VERIFIED, f"{prefix}issued_on__lte": day}) & (
        Q(**{f"{prefix}expires_on": None}) | Q(**{f"{prefix}expires_on__gte": day})
    )
