"""Forms of an application, one for each step. Saved for later, a step may have gaps; what is there must be right."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.th import tin

from catalogue import shelves
from shop.common import clock
from shop.common.forms import ThaiCharField, ThaiDateField, ThaiPhoneField
from shop.common.thai import arabic_digits
from shop.people import addresses
from vendors.models import Attestation, Bank, GroupApplication, Organisation, Whose
from vendors.onboarding import cooperatives

Step = GroupApplication.Step
_THAI = re.compile("[\u0e01-\u0e2e]")
_MOST_MEMBERS = 5_000
_OLDEST = dt.date(1917, 1, 1)
"""Before the first Thai cooperative there was no group of one (2459)."""


class StepForm(forms.Form):
    """A step: `seen` is the revision with which the page began, `later` leaves gaps alone."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, application: GroupApplication, later: bool = False, **kwargs: Any) -> None:
        self.application = application
        super().__init__(*args, **kwargs)
        for name, words in self.missing().items():
            self.fields[name].error_messages["required"] = words
            self.fields[name].required = not later

    def missing(self) -> dict[str, Any]:
        """What is said about an empty field; exactly these may be left for later."""
        return {}

    def values(self) -> dict[str, Any]:
        """What goes into the application."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def accepted(self) -> dict[str, bool]:
        """The rules that were ticked, or not any more."""
        return {}


def checked_area(code: str) -> str:
    """The code of a sub-district that exists. Raises ValidationError."""
    if code and addresses.area(code) is None:
        raise ValidationError(_("Type the sub-district or the postcode and choose from the list."))
    return code


class WhoForm(StepForm):
    """The cooperative, chosen from the register, and the group's name."""

    parent = forms.CharField(label=_("Cooperative"), max_length=12, widget=forms.HiddenInput)
    name_th = ThaiCharField(
        label=_("Name of the group"),
        max_length=160,
        help_text=_("As the cooperative has it in its papers, for example กลุ่มแม่บ้านเกษตรกรบ้านโนน."),
    )
    name_en = ThaiCharField(
        label=_("Name in English"),
        max_length=160,
        required=False,
        help_text=_("Foreign buyers read it, and it becomes the address of your shop page. You may add it later."),
    )
    is_surely_new = forms.BooleanField(label=_("Ours is another group than the ones shown"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].focus_id = "coop_query"  # type: ignore[attr-defined]
        if self.application.for_cooperative:
            del self.fields["parent"]

    def missing(self) -> dict[str, Any]:
        return {
            **({} if self.application.for_cooperative else {"parent": _("Choose your cooperative or farmer group.")}),
            "name_th": _("Write the name of the group."),
        }

    def clean_name_th(self) -> str:
        name: str = self.cleaned_data["name_th"]
        if name and not _THAI.search(name):
            raise ValidationError(_("Write the name in Thai letters; the English name has a field of its own."))
        return name

    def clean_name_en(self) -> str:
        name: str = self.cleaned_data["name_en"]
        if _THAI.search(name):
            raise ValidationError(_("Write the English name in Latin letters, or leave it empty."))
        return name

    def clean_parent(self) -> Organisation | None:
        code = self.cleaned_data["parent"]
        found = cooperatives().filter(code=code).first() if code else None
        if code and found is None:
            raise ValidationError(_("Choose your cooperative or farmer group."))
        return found


class WhereForm(StepForm):
    """Where the group works and how it is reached."""

    contact_name = ThaiCharField(
        label=_("Contact person"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = ThaiPhoneField(label=_("Phone"), help_text=_("Hub and officer call this number. Buyers do not see it."))
    line1 = ThaiCharField(
        label=_("House number, village, soi, road"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    area_code = forms.CharField(label=_("Sub-district"), max_length=6, widget=forms.HiddenInput)
    postcode = forms.CharField(label=_("Postcode"), max_length=5, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    line_id = ThaiCharField(label=_("LINE ID"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_code"].focus_id = "area_query"  # type: ignore[attr-defined]

    def missing(self) -> dict[str, Any]:
        return {
            "contact_name": _("Write who answers for the group."),
            "phone": _("Write the number at which the group is reached."),
            "line1": _("Enter the house number, village, soi or road."),
            "area_code": _("Type the sub-district or the postcode and choose from the list."),
        }

    def clean_area_code(self) -> str:
        return checked_area(self.cleaned_data["area_code"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        area = addresses.area(data.get("area_code") or "")
        if area is None:
            data["postcode"] = ""
            return data
        typed = arabic_digits(data.get("postcode") or "")
        data["postcode"] = typed if typed in area.postcodes else area.postcodes[0]
        parent = self.application.parent
        if parent is not None and parent.province_id and parent.province_id != area.province_code:
            self.add_error(
                "area_code",
                _("Your cooperative stands in another province. Choose a sub-district there, or another cooperative."),
            )
        return data


class WhatForm(StepForm):
    """What the group makes, and how much of it."""

    main_goods = ThaiCharField(
        label=_("Main goods"), max_length=300, help_text=_("For example: fish sauce, dried fish, chilli paste.")
    )
    categories = forms.MultipleChoiceField(
        label=_("Categories"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    members_count = forms.IntegerField(label=_("Members"), min_value=1, max_value=_MOST_MEMBERS)
    founded_on = ThaiDateField(
        label=_("Founded on"), required=False, earliest=_OLDEST, help_text=_("Day/month/year, for example 15/06/2550.")
    )
    capacity_amount = forms.IntegerField(label=_("Capacity a month"), required=False, min_value=1, max_value=10_000_000)
    capacity_unit = ThaiCharField(
        label=_("Unit of the capacity"), max_length=40, required=False, help_text=_("Bottles, kilograms, metres …")
    )
    otop_id = ThaiCharField(
        label=_("OTOP producer number"), max_length=30, required=False, help_text=_("If the group is registered.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "th"
        shown = [row for row in shelves.shelves().values() if row.depth == 1]
        self.fields["categories"].choices = [(row.slug, row.name(language)) for row in shown]  # type: ignore[attr-defined]
        for name in ("members_count", "capacity_amount"):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        self.fields["founded_on"].latest = clock.today()  # type: ignore[attr-defined]

    def missing(self) -> dict[str, Any]:
        return {
            "main_goods": _("Write what the group makes."),
            "members_count": _("Write how many members the group has."),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("capacity_amount") and not data.get("capacity_unit") and "capacity_unit" not in self.errors:
            self.add_error("capacity_unit", _("Write the unit of the capacity, for example bottles."))
        return data


TAXPAYERS = [(Whose.PARENT, _("The cooperative, in its name")), (Whose.OWN, _("The group, in its own name"))]
_YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class MoneyForm(StepForm):
    """The account, the tax standing, and the rules."""

    account_of = forms.ChoiceField(label=_("Whose account"), choices=Whose.choices, widget=forms.RadioSelect)
    bank = forms.ChoiceField(label=_("Bank"), choices=[("", _("choose")), *Bank.choices])
    account_number = forms.CharField(
        label=_("Account number"),
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("10 to 15 digits; dashes and blanks do no harm."),
    )
    account_name = ThaiCharField(label=_("Name of the account"), max_length=160)
    tax_of = forms.ChoiceField(label=_("Who is the taxpayer"), choices=TAXPAYERS, widget=forms.RadioSelect)
    is_vat_registered = forms.ChoiceField(
        label=_("Is the taxpayer registered for VAT?"), choices=_YES_NO, widget=forms.RadioSelect
    )
    tax_id = forms.CharField(
        label=_("Tax number of the group"),
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("13 digits; only if the group is a taxpayer of its own."),
    )
    terms = forms.BooleanField(label=_("I accept the terms of the market for the group"), required=False)
    prices = forms.BooleanField(label=_("We keep the price rules"), required=False)
    quality = forms.BooleanField(label=_("We keep the quality rules"), required=False)

    def missing(self) -> dict[str, Any]:
        return {
            "bank": _("Choose the bank."),
            "account_number": _("Write the account number."),
            "account_name": _("Write the name of the account as the bank has it."),
            "is_vat_registered": _("Say whether the taxpayer is registered for VAT."),
            "terms": _("Without this the group cannot sell here."),
            "prices": _("Without this the group cannot sell here."),
            "quality": _("Without this the group cannot sell here."),
        }

    def clean_account_number(self) -> str:
        typed: str = self.cleaned_data["account_number"]
        digits = re.sub(r"[\s.-]", "", arabic_digits(typed))
        if digits and not re.fullmatch(r"\d{10,15}", digits):
            raise ValidationError(_("An account number has 10 to 15 digits. Compare it with the passbook."))
        return digits

    def clean_tax_id(self) -> str:
        typed: str = self.cleaned_data["tax_id"]
        if not typed:
            return ""
        try:
            return str(tin.validate(re.sub(r"[\s.-]", "", arabic_digits(typed))))
        except NumberError as error:
            raise ValidationError(
                _("This is no Thai tax number: its 13 digits do not agree. Check each one.")
            ) from error

    def clean_is_vat_registered(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["is_vat_registered"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("tax_of") == Whose.PARENT:
            data["tax_id"] = ""
        elif self.fields["bank"].required and not data.get("tax_id") and "tax_id" not in self.errors:
            self.add_error("tax_id", _("Write the group's tax number, or choose that the cooperative is the taxpayer."))
        return data

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name not in Attestation.What.values}

    def accepted(self) -> dict[str, bool]:
        return {what: bool(self.cleaned_data.get(what)) for what in Attestation.What.values}


FORMS: dict[str, type[StepForm]] = {
    Step.WHO: WhoForm,
    Step.WHERE: WhereForm,
    Step.WHAT: WhatForm,
    Step.MONEY: MoneyForm,
}


def initial_of(application: GroupApplication, step: str) -> dict[str, Any]:
    """What a step's form begins with."""
    values: dict[str, Any] = {
        name: getattr(application, name)
        for name in FORMS[step].base_fields
        if name not in ("seen", "parent", *Attestation.What.values)
    }
    values["seen"] = int(application.revisions.get(step, 0))
    if step == Step.WHO:
        values["parent"] = application.parent.code if application.parent else ""
    if step == Step.MONEY:
        values["is_vat_registered"] = {True: "yes", False: "no", None: ""}[application.is_vat_registered]
        values |= dict.fromkeys(application.attestations.values_list("what", flat=True), True)
        if not application.account_name and application.parent:
            values["account_name"] = application.parent.name_th
    return values
