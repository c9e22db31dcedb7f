"""A copy of everything that the market keeps about a person: JSON for machines and one readable page, in one zip."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from typing import Any

from allauth.account.models import EmailAddress
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.people import addresses, consents
from shop.people.events import Copy, Section, copy_wanted
from shop.people.models import User
from shop.theme import formats

FORMAT = "talat-ruam/person/1"


@transaction.atomic
def collect(*, user: User) -> Copy:
    """What every room keeps about the person, in one consistent reading; a fixed number of queries."""
    copy = Copy(user)
    copy.add(_account(user))
    copy.add(_emails(user))
    copy.add(_consents(user))
    copy.add(_addresses(user))
    copy_wanted.run(copy)
    return copy


def as_json(copy: Copy) -> str:
    """For machines: stable English keys, moments in ISO 8601, money in satang."""
    whole = {"format": FORMAT, "made_at": clock.now(), **{part.key: part.rows for part in copy.sections}}
    return json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def as_zip(copy: Copy) -> bytes:
    """Both forms together, named for the person who opens them."""
    page = render_to_string("account_pages/copy.html", {"parts": _for_people(copy), "made_at": clock.now()})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("talat-ruam-my-data.json", as_json(copy))
        file.writestr("talat-ruam-my-data.html", page)
    return packed.getvalue()


def _for_people(copy: Copy) -> list[dict[str, Any]]:
    return [
        {
            "title": part.title,
            "rows": [[(part.labels[key], _words(key, value)) for key, value in row.items()] for row in part.rows],
        }
        for part in copy.sections
    ]


def _words(key: str, value: Any) -> list[str]:
    """The value as people read it: one text, or one line for each row inside."""
    if isinstance(value, list):
        return [" · ".join(filter(None, (_word(name, one) for name, one in row.items()))) for row in value] or ["–"]
    return [_word(key, value) or "–"]


def _word(key: str, value: Any) -> str:
    language = "en" if (get_language() or "th").startswith("en") else "th"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, dt.datetime):
        return formats.date_time(timezone.localtime(value), language)
    if key.endswith("_satang"):
        return formats.baht(value, language)
    return "" if value is None else str(value)


def _account(user: User) -> Section:
    labels = {
        "email": _("E-mail"),
        "name": _("Name"),
        "phone": _("Phone"),
        "language": _("Language"),
        "joined_at": _("Account since"),
        "last_login_at": _("Last sign-in"),
    }
    row = {
        "email": user.email,
        "name": user.get_full_name(),
        "phone": user.phone,
        "language": user.preferred_language,
        "joined_at": user.date_joined,
        "last_login_at": user.last_login,
    }
    return Section("account", _("Account"), labels, [row])


def _emails(user: User) -> Section:
    labels = {"email": _("E-mail"), "verified": _("Confirmed"), "primary": _("Main address")}
    rows = EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified", "primary")
    return Section("email_addresses", _("E-mail addresses"), labels, list(rows))


def _consents(user: User) -> Section:
    labels = {
        "purpose": _("Purpose"),
        "given": _("Agreed"),
        "at": _("When"),
        "version": _("Version of the wording"),
        "language": _("Language"),
    }
    rows = [
        {"purpose": row.purpose, "given": row.given, "at": row.at, "version": row.version, "language": row.language}
        for row in consents.history_of(user)
    ]
    return Section("consents", _("Consents"), labels, rows)


def _addresses(user: User) -> Section:
    labels = {"recipient": _("Recipient"), "phone": _("Phone"), "address": _("Address"), "orders": _("Orders")}
    rows = [
        {
            "recipient": row.recipient,
            "phone": row.phone,
            "address": addresses.one_line(
                line1=row.line1, line2=row.line2, area=addresses.area(row.subdistrict_code), postcode=row.postcode
            ),
            "orders": row.num_orders_as_shipping_address,
        }
        for row in addresses.saved_for(user)
    ]
    return Section("addresses", _("Addresses"), labels, rows)
