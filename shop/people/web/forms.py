"""Forms of the account."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.common.forms import ThaiCharField, ThaiPhoneField


class ProfileForm(forms.Form):
    """Name, phone and language. The e-mail is changed where it is verified (/auth/email/)."""

    display_name = ThaiCharField(
        label=_("Name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = ThaiPhoneField(label=_("Mobile phone"), required=False)
    preferred_language = forms.ChoiceField(
        label=_("Language of our e-mails"), choices=[("th", "ไทย"), ("en", "English")]
    )
