"""The officer's recall."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.common.forms import ThaiCharField


class RecallForm(forms.Form):
    """Why, and what buyers should do; it stands in their letter and on the lot's page."""

    reason = ThaiCharField(
        label=_("What is wrong, and what buyers should do"),
        help_text=_("It stands word for word in every letter and on the public page of the lot."),
        min_length=10,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sure = forms.BooleanField(label=_("I have checked the lot code on the goods."), required=True)
