"""Bank details, as an organisation enters them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.common.forms import ThaiCharField
from shop.payouts.models import BANKS


class AccountForm(forms.Form):
    """Bank, number and name, as they stand in the bank book."""

    bank = forms.ChoiceField(
        label=_("Bank"),
        choices=[("", _("Choose the bank")), *BANKS],
        error_messages={"required": _("Choose the bank from the list.")},
    )
    number = ThaiCharField(
        label=_("Account number"),
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name = ThaiCharField(label=_("Name of the account"), max_length=160, help_text=_("As it stands in the bank book."))
