"""Letters to the people of organisations, in Thai. Called by subscribers of the outbox and by jobs, never in a request."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation

from shop.common import letters
from vendors.models import Membership, Organisation

Role = Membership.Role


def addresses_of(organisation: Organisation, *roles: str) -> list[str]:
    """The e-mail addresses of active people with one of `roles`; without any, the organisation's own address."""
    people = Membership.objects.filter(organisation=organisation, role__in=roles, user__is_active=True)
    found = sorted(set(people.values_list("user__email", flat=True)))
    return found or ([organisation.email] if organisation.email else [])


def offices_of(organisation: Organisation) -> list[Organisation]:
    """The office of the organisation's province; the national one when there is none or nobody works there."""
    offices = Organisation.objects.filter(kind=Organisation.Kind.OFFICE)
    local = offices.filter(province_id=organisation.province_id, memberships__role=Role.OFFICER).distinct()
    return list(local) if organisation.province_id and local else list(offices.filter(province=None))


def to_members(*, organisation: Organisation, template: str, roles: tuple[str, ...], **context: Any) -> int:
    """Sends `vendors/mail/<template>` to the people with `roles`; returns to how many."""
    found = addresses_of(organisation, *roles)
    _send(found, template, {"organisation": organisation, **context})
    return len(found)


def to_officers(*, organisation: Organisation, template: str, **context: Any) -> int:
    """Sends `vendors/mail/<template>` to the officers who answer for the organisation; returns to how many."""
    found = sorted({each for office in offices_of(organisation) for each in addresses_of(office, Role.OFFICER)})
    _send(found, template, {"organisation": organisation, **context})
    return len(found)


def to_office(*, office: Organisation, template: str, **context: Any) -> int:
    """Sends `vendors/mail/<template>` to the officers of one office; returns to how many."""
    return to_members(organisation=office, template=template, roles=(Role.OFFICER, Role.MANAGER), **context)


def to_address(*, address: str, template: str, **context: Any) -> None:
    """Sends `vendors/mail/<template>` to one address."""
    _send([address], template, context)


def _send(found: list[str], template: str, context: dict[str, Any]) -> None:
    with translation.override("th"):
        for address in found:
            letters.send(address, f"vendors/mail/{template}", {**context, "site": settings.SITE_URL})
