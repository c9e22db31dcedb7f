"""Finding an order without its link."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FindForm(forms.Form):
    """Number and the e-mail or phone given with the order."""

    number = forms.CharField(label=_("Order number"), max_length=20)
    contact = forms.CharField(label=_("E-mail or phone of the order"), max_length=120)


class LinkForm(forms.Form):
    """Where the links of a guest's orders go."""

    email = forms.EmailField(
        label=_("E-mail of the order"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
    )
