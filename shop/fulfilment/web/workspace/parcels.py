"""Who carries a parcel and under which number, as it is typed when the parcel leaves and put right on its way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shop.common.forms import ThaiCharField
from shop.fulfilment import errors
from shop.fulfilment.services import MOST_OF_PARCEL
from shop.order.models import VendorOrder


class ParcelForm(forms.Form):
    """Carrier and number; too long is told, never cut."""

    carrier = ThaiCharField(
        label=_("Carrier"),
        max_length=MOST_OF_PARCEL,
        error_messages={"required": errors.CarrierWanted.message},
        widget=forms.TextInput(attrs={"id": "carrier"}),
    )
    tracking = ThaiCharField(
        label=_("Tracking number (if any)"),
        max_length=MOST_OF_PARCEL,
        required=False,
        widget=forms.TextInput(attrs={"id": "tracking", "autocomplete": "off"}),
    )
    use_required_attribute = False

    @classmethod
    def of(cls, vendor_order: VendorOrder) -> ParcelForm:
        """Filled with what is known."""
        facts: dict[str, Any] = {"carrier": vendor_order.carrier, "tracking": vendor_order.tracking}
        return cls(initial=facts)


def keys_in(request: HttpRequest, name: str) -> list[int]:
    """The keys that were sent under one name; what is no key is left out."""
    return [int(key) for key in request.POST.getlist(name) if key.isascii() and key.isdigit() and len(key) < 19]
