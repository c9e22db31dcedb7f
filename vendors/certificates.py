"""What a certificate is worth on a day. Its days are calendar days in Thailand, first and last included."""

from __future__ import annotations

import datetime as dt
import enum

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.theme import formats
from vendors import errors
from vendors.models import Certificate, CertificationScheme

State = Certificate.State
LEAST_YEAR = 1957
"""2500 in Buddhist Era: no scheme of ours is older, so an earlier day is a slip of the pen."""
_LONG_YEARS = 10
_SHORT_DAYS = 30
_SLACK = dt.timedelta(days=31)


class Standing(enum.StrEnum):
    """What the public register says about a certificate today."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REVOKED = "revoked"
    WAITING = "waiting"
    DRAFT = "draft"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"

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
    Standing.DRAFT: _("Draft"),
    Standing.SENT_BACK: _("Sent back"),
    Standing.WITHDRAWN: _("Withdrawn by the group"),
}


_UNVERIFIED: dict[str, Standing] = {
    State.DRAFT: Standing.DRAFT,
    State.SUBMITTED: Standing.WAITING,
    State.SENT_BACK: Standing.SENT_BACK,
    State.REVOKED: Standing.REVOKED,
    State.WITHDRAWN: Standing.WITHDRAWN,
}


def standing(certificate: Certificate, day: dt.date) -> Standing:
    """How a certificate stands on `day`."""
    if certificate.state != State.VERIFIED:
        return _UNVERIFIED[certificate.state]
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


def days_left(certificate: Certificate, day: dt.date) -> int | None:
    """Days until it ends, the last one counted as 0; negative afterwards, None without an end."""
    return None if certificate.expires_on is None else (certificate.expires_on - day).days


def check_dates(*, issued_on: dt.date, expires_on: dt.date | None, today: dt.date) -> None:
    """Refuses days that cannot be right. Raises IssuedLongAgo, IssuedInFuture, DatesNotValid or EndedAlready."""
    if issued_on.year < LEAST_YEAR:
        raise errors.IssuedLongAgo(day=in_words(issued_on))
    if issued_on > _years_later(today, 1):
        raise errors.IssuedInFuture(day=in_words(issued_on))
    if expires_on is not None and expires_on < issued_on:
        raise errors.DatesNotValid
    if expires_on is not None and expires_on < today:
        raise errors.EndedAlready(day=in_words(expires_on))


def doubts(
    scheme: CertificationScheme, *, issued_on: dt.date, expires_on: dt.date | None, today: dt.date | None = None
) -> list[str]:
    """What may be a slip of the pen, as questions: the group answers them before handing in, the officer sees them too."""
    day = today or clock.today()
    asked: list[str] = []
    if issued_on > day:
        asked.append(gettext("The day of issue still lies ahead: %(day)s.") % {"day": in_words(issued_on)})
    usual = scheme.validity_years
    if expires_on is None:
        if usual:
            asked.append(_usual(scheme) + " " + gettext("Does this one really name no last day?"))
        return asked
    if expires_on > _years_later(issued_on, usual or _LONG_YEARS) + _SLACK:
        lasts = (expires_on - issued_on).days // 365
        told = gettext("This one would run for so many years: %(years)s.")
        asked.append((_usual(scheme) + " " if usual else "") + told % {"years": lasts})
    if (expires_on - issued_on).days < _SHORT_DAYS:
        asked.append(gettext("From the day of issue to the last day it is less than a month."))
    return asked


def _usual(scheme: CertificationScheme) -> str:
    years = scheme.validity_years or 0
    return gettext("Certificates of this kind usually run for so many years: %(years)s.") % {"years": years}


def _years_later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def in_words(day: dt.date) -> str:
    """A day in the reader's language, with both years where the era may be the mistake: 5 ธันวาคม 2569 (ค.ศ. 2026)."""
    language = "en" if (get_language() or "th").startswith("en") else "th"
    other = f"ค.ศ. {day.year}" if language == "th" else f"B.E. {day.year + 543}"
    return f"{formats.date(day, language)} ({other})"


def stands_as(state: str, day: dt.date) -> Q:
    """`standing` as a condition; what the register does not know finds nothing."""
    verified = Q(state=State.VERIFIED)
    return {
        Standing.IN_FORCE: in_force(day),
        Standing.NOT_YET: verified & Q(issued_on__gt=day),
        Standing.EXPIRED: verified & Q(issued_on__lte=day, expires_on__lt=day),
        Standing.REVOKED: Q(state=State.REVOKED),
    }.get(state, Q(pk__in=[]))  # type: ignore[call-overload, no-any-return]
