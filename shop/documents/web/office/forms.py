"""What the office enters about sellers and rates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.common.forms import PercentField, ThaiCharField, ThaiDateField
from shop.documents.models import HEAD_OFFICE, TaxStanding
from shop.documents.web.forms import branch_number, tax_number

_EARLIEST = dt.date(1992, 1, 1)


class StandingForm(forms.Form):
    """How a seller stands with the Revenue Department, from its certificate of registration (ภ.พ.20)."""

    valid_from = ThaiDateField(label=_("From"), earliest=_EARLIEST)
    is_vat_registered = forms.BooleanField(label=_("Registered for VAT"), required=False)
    tax_id = forms.CharField(
        label=_("Tax number (13 digits)"),
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    branch = forms.CharField(
        label=_("Branch"), max_length=8, required=False, help_text=_("Five digits; empty is the head office.")
    )
    name = ThaiCharField(label=_("Name as registered"), max_length=200)
    address = ThaiCharField(label=_("Address as registered"), max_length=300)

    def clean_tax_id(self) -> str:
        typed: str = self.cleaned_data["tax_id"]
        return tax_number(typed) if typed.strip() else ""

    def clean_branch(self) -> str:
        typed: str = self.cleaned_data["branch"]
        return branch_number(typed) if typed.strip() else HEAD_OFFICE

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("is_vat_registered") and not data.get("tax_id") and "tax_id" not in self.errors:
            self.add_error("tax_id", _("Who is registered for VAT has a tax number. Write it."))
        return data

    def standing(self) -> TaxStanding:
        """What was typed, not kept yet."""
        return TaxStanding(**self.cleaned_data)


class RateForm(forms.Form):
    """A rate from a day on, with its decree."""

    valid_from = ThaiDateField(label=_("From"), earliest=_EARLIEST)
    percent = PercentField(label=_("Rate in percent"), most=Decimal(30))
    confirmed_until = ThaiDateField(label=_("Decree until"), required=False, earliest=_EARLIEST)
    note = ThaiCharField(label=_("Decree"), max_length=200, required=False)

    def basis_points(self) -> int:
        """Hundredths of a percent."""
        percent: Decimal = self.cleaned_data["percent"]
        return int(percent * 100)
