"""Forms of a group's record."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.common.forms import ThaiCharField, ThaiDateField
from shop.common.money import to_satang
from shop.common.thai import BUDDHIST_OFFSET, arabic_digits, gregorian_year
from vendors.models import GroupRecord, Organisation, Support
from vendors.services.records import OF_GROUP
from vendors.web.workspace.forms import MoneyForm, WhatForm

_FIRST_YEAR = 1916
_MOST_BAHT = Decimal(100_000_000)


class RecordForm(WhatForm):
    """What the group says about itself."""

    name_en = ThaiCharField(label=_("Name in English"), max_length=160, required=False)
    summary_th = ThaiCharField(
        label=_("In short (Thai)"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    summary_en = ThaiCharField(
        label=_("In short (English)"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    packaging = ThaiCharField(
        label=_("Packaging for long journeys"),
        max_length=300,
        required=False,
        help_text=_("Carton, pieces in it, protection; for example 24 bottles in a 5-ply carton with dividers."),
    )
    programme = ThaiCharField(label=_("Programme"), max_length=160, required=False)
    adviser = ThaiCharField(label=_("Adviser"), max_length=160, required=False)
    joined_year = forms.CharField(
        label=_("Year joined"),
        required=False,
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Buddhist Era, for example 2565."),
    )
    field_order = ["seen", "name_en", "summary_th", "summary_en", "email", "main_goods", "categories"]

    def clean_joined_year(self) -> int | None:
        typed = arabic_digits(self.cleaned_data["joined_year"])
        if not typed:
            return None
        year = gregorian_year(int(typed)) if typed.isdigit() else 0
        if not _FIRST_YEAR <= year <= clock.today().year:
            raise ValidationError(_("Write a year up to now, for example 2565."))
        return year


class AccountForm(MoneyForm):
    """Where the money goes and who is the taxpayer."""

    terms = prices = quality = None  # type: ignore[assignment]

    def missing(self) -> dict[str, Any]:
        return {name: words for name, words in super().missing().items() if name in self.fields}

    def accepted(self) -> dict[str, bool]:
        return {}


class SupportForm(forms.Form):
    """Capital or knowledge that the group received."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Support.Kind.choices, widget=forms.RadioSelect)
    on = ThaiDateField(label=_("Date"), earliest=dt.date(1950, 1, 1))
    what = ThaiCharField(label=_("What was received"), max_length=200)
    amount = forms.CharField(
        label=_("Amount in baht"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("For capital, for example 50,000 or 1,250.50."),
    )
    giver = ThaiCharField(label=_("From whom"), max_length=160)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = clock.today()  # type: ignore[attr-defined]

    def clean_amount(self) -> int | None:
        typed = arabic_digits(self.cleaned_data["amount"]).replace(",", "").replace(" ", "")
        if not typed:
            return None
        try:
            baht = Decimal(typed)
            satang = to_satang(baht) if baht.is_finite() and 0 < baht <= _MOST_BAHT else 0
        except (ArithmeticError, ValueError):
            satang = 0
        if satang <= 0:
            raise ValidationError(_("Write an amount in baht, with two decimals at most."))
        return satang

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Support.Kind.CAPITAL and not data.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Write how much it was."))
        return data


class TrainingForm(forms.Form):
    """A training that people of the group attended."""

    on = ThaiDateField(label=_("Date"), earliest=dt.date(1950, 1, 1))
    title = ThaiCharField(label=_("Subject of the training"), max_length=200)
    organiser = ThaiCharField(label=_("Organiser"), max_length=160, required=False)
    people = forms.IntegerField(
        label=_("People who attended"),
        required=False,
        min_value=1,
        max_value=5_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = clock.today()  # type: ignore[attr-defined]


def record_initial(group: Organisation, record: GroupRecord) -> dict[str, Any]:
    """What the record's form begins with."""
    values = {
        name: getattr(group if name in OF_GROUP else record, name)
        for name in RecordForm.base_fields
        if name not in ("seen", "joined_year")
    }
    year = record.joined_year + BUDDHIST_OFFSET if record.joined_year else ""
    return {**values, "joined_year": year, "seen": record.revision}


def account_initial(group: Organisation, record: GroupRecord) -> dict[str, Any]:
    """What the account's form begins with."""
    values = {
        name: getattr(record, name) for name in ("account_of", "bank", "account_number", "account_name", "tax_of")
    }
    vat = {True: "yes", False: "no", None: ""}[record.is_vat_registered]
    return {**values, "is_vat_registered": vat, "tax_id": group.tax_id, "seen": record.revision}
