"""Forms of the checkout: who and where; how to pay."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.common.forms import ThaiCharField, ThaiPhoneField
from shop.common.thai import arabic_digits
from shop.people import addresses
from shop.people.addresses import AddressData

_MISSING = {
    "recipient": _("Enter the name of the recipient."),
    "phone": _("Enter a phone number that the carrier can call."),
    "email": _("Enter an e-mail address for the confirmation."),
    "line1": _("Enter the house number, village, soi or road."),
}


class AddressForm(forms.Form):
    """Contact and address. The area is picked from a search (`area_code`), or by three selects without JavaScript."""

    recipient = ThaiCharField(
        label=_("Name of the recipient"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = ThaiPhoneField(
        label=_("Mobile phone"), help_text=_("The carrier calls this number. For example 081 234 5678.")
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We send the confirmation and the link to your order here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
    )
    line1 = ThaiCharField(
        label=_("House number, village, soi, road"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    area_code = forms.CharField(label=_("Sub-district"), max_length=6, widget=forms.HiddenInput)
    postcode = forms.CharField(label=_("Postcode"), max_length=5, required=False)

    def __init__(self, *args: Any, needs_email: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_email:
            del self.fields["email"]
        for name, words in _MISSING.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = words
        self.fields["area_code"].error_messages["required"] = _(
            "Type the sub-district or the postcode and choose from the list."
        )

    def clean_area_code(self) -> str:
        code: str = self.cleaned_data["area_code"]
        if addresses.area(code) is None:
            raise ValidationError(_("Type the sub-district or the postcode and choose from the list."))
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        area = addresses.area(data.get("area_code", ""))
        if area is not None:
            typed = arabic_digits(data.get("postcode") or "")
            if typed and typed not in area.postcodes and len(area.postcodes) > 1:
                self.add_error("postcode", _("This postcode does not belong to the chosen sub-district."))
            data["postcode"] = typed if typed in area.postcodes else area.postcodes[0]
        return data

    def address(self) -> AddressData:
        """The cleaned address."""
        data = self.cleaned_data
        return AddressData(
            recipient=data["recipient"],
            phone=data["phone"],
            line1=data["line1"],
            area_code=data["area_code"],
            postcode=data["postcode"],
        )


_MISTYPED = {
    **dict.fromkeys(("gmial.com", "gamil.com", "gmai.com", "gmail.co", "gmail.con", "gnail.com"), "gmail.com"),
    **dict.fromkeys(("hotmial.com", "hotmai.com", "hotmail.con", "hotmail.co"), "hotmail.com"),
    **dict.fromkeys(("yaho.com", "yahoo.con", "yahooo.com"), "yahoo.com"),
    **dict.fromkeys(("outlok.com", "outlook.con"), "outlook.com"),
    **dict.fromkeys(("icloud.con", "iclould.com"), "icloud.com"),
}


def likely_email(email: str) -> str:
    """What was probably meant by an address with a well-known host mistyped; "" when nothing looks wrong."""
    name, _at, host = email.rpartition("@")
    meant = _MISTYPED.get(host.lower(), "")
    return f"{name}@{meant}" if name and meant else ""


class PaymentForm(forms.Form):
    """How to pay, and what the page showed: the total, the way of delivery, its days and the voucher."""

    method = forms.ChoiceField(label=_("How to pay"), widget=forms.RadioSelect)
    note = ThaiCharField(
        label=_("Note to the groups"),
        max_length=300,
        required=False,
        help_text=_("The groups that pack and the staff of the hub read it. Leave out what is not for them."),
    )
    expected = forms.IntegerField(widget=forms.HiddenInput)
    way = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    days = forms.CharField(max_length=21, required=False, widget=forms.HiddenInput)
    voucher = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, methods: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["method"]
        field.choices = methods  # type: ignore[attr-defined]
        field.error_messages["required"] = _("Choose how you want to pay.")
        field.error_messages["invalid_choice"] = _(
            "This way of paying is not offered for this order. Choose another one."
        )
