"""In whose name a buyer wants the documents."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.th import tin

from shop.common.forms import ThaiCharField
from shop.common.thai import arabic_digits
from shop.documents.models import HEAD_OFFICE, TaxDetails
from shop.people import addresses

_CHOOSE_AREA = _("Type the sub-district or the postcode and choose from the list.")


def tax_number(typed: str) -> str:
    """Its 13 digits. Raises ValidationError when they do not agree."""
    try:
        return str(tin.validate(re.sub(r"[\s.-]", "", arabic_digits(typed))))
    except NumberError as error:
        raise ValidationError(_("This is no Thai tax number: its 13 digits do not agree. Check each one.")) from error


def branch_number(typed: str) -> str:
    """Five digits; the head office is 00000. Raises ValidationError."""
    digits = re.sub(r"\s", "", arabic_digits(typed))
    if not re.fullmatch(r"[0-9]{1,5}", digits):
        raise ValidationError(_("A branch has five digits, for example 00001. Leave it empty for the head office."))
    return digits.zfill(5)


class DetailsForm(forms.Form):
    """Name, number, branch, address: everything that a full tax invoice asks of its buyer."""

    who = forms.ChoiceField(
        label=_("For whom"), choices=TaxDetails.Who.choices, widget=forms.RadioSelect, initial=TaxDetails.Who.COMPANY
    )
    name = ThaiCharField(
        label=_("Name on the document"),
        max_length=200,
        help_text=_("As it is registered, for example บริษัท … จำกัด, or your first and last name."),
        error_messages={"required": _("Write the name that shall stand on the document.")},
    )
    tax_id = forms.CharField(
        label=_("Tax number (13 digits)"),
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Write the tax number. A person's is the number of the identity card.")},
    )
    branch = forms.CharField(
        label=_("Branch"),
        max_length=8,
        required=False,
        help_text=_("Five digits. Leave it empty for the head office, and for a person."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    line1 = ThaiCharField(
        label=_("House number, village, soi, road"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
        error_messages={"required": _("Enter the house number, village, soi or road.")},
    )
    area_code = forms.CharField(
        label=_("Sub-district"),
        max_length=6,
        widget=forms.HiddenInput,
        error_messages={"required": _CHOOSE_AREA},
    )
    postcode = forms.CharField(label=_("Postcode"), max_length=5, required=False)

    def clean_tax_id(self) -> str:
        number = tax_number(self.cleaned_data["tax_id"])
        if self._is_person() and number.startswith("0"):
            raise ValidationError(
                _(
                    "This is the number of a company or office. Choose that above, or write the number of the identity card."
                )
            )
        return number

    def _is_person(self) -> bool:
        return bool(self.cleaned_data.get("who") == TaxDetails.Who.PERSON)

    def clean_branch(self) -> str:
        typed: str = self.cleaned_data["branch"]
        if self._is_person():
            if typed.strip():
                raise ValidationError(_("A person has no branch. Leave it empty, or choose a company above."))
            return ""
        return branch_number(typed) if typed.strip() else HEAD_OFFICE

    def clean_area_code(self) -> str:
        code: str = self.cleaned_data["area_code"]
        if addresses.area(code) is None:
            raise ValidationError(_CHOOSE_AREA)
        return code

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        area = addresses.area(data.get("area_code", ""))
        if area is not None:
            typed = arabic_digits(data.get("postcode") or "")
            if typed and typed not in area.postcodes and len(area.postcodes) > 1:
                self.add_error("postcode", _("This postcode does not belong to the chosen sub-district."))
            data["postcode"] = typed if typed in area.postcodes else area.postcodes[0]
        return data

    def details(self) -> TaxDetails:
        """What was typed, not kept yet."""
        return TaxDetails(**self.cleaned_data)
