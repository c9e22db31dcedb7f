"""A form with every kind of field, for the style guide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class GuideForm(forms.Form):
    """Never saved. `at` keeps the ids of several forms on one page apart."""

    phone = forms.CharField(label=_("Phone"), help_text=_("The carrier calls this number."), max_length=12)
    nickname = forms.CharField(label=_("What people call you"), required=False)
    province = forms.ChoiceField(
        label=_("Province"), choices=[("", _("choose")), ("10", _("Bangkok")), ("50", _("Chiang Mai"))]
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    way = forms.ChoiceField(
        label=_("How shall we reach you?"),
        choices=[("line", _("By LINE")), ("mail", _("By e-mail"))],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=_("I have read the terms of sale"))
    locked = forms.CharField(label=_("Cannot be changed"), disabled=True, required=False)

    def __init__(self, data: dict[str, Any] | None = None, *, at: str, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, auto_id=f"{at}-%s", initial=initial)


def forms_for(scheme: str, words: str) -> dict[str, GuideForm]:
    """A fresh one, and one that was sent with everything wrong."""
    wrong = GuideForm({"phone": words, "way": "pigeon"}, at=f"{scheme}-wrong")
    wrong.is_valid()
    return {"fresh": GuideForm(initial={"locked": words[:24]}, at=f"{scheme}-fresh"), "wrong": wrong}
