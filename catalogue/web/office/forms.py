"""Forms of the officer's decisions about goods."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.common.forms import ThaiCharField, ThaiDateField


class _Reasoned(forms.Form):
    """A decision with its reason."""

    reason = ThaiCharField(
        label=_("Reason"),
        help_text=_("The group reads it in its letter."),
        max_length=1_000,
        error_messages={"required": _("Write the reason in a sentence; the group reads it.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReviewForm(_Reasoned):
    """The words are in order, which needs no reason, or not."""

    def __init__(self, *args: Any, act: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = act == "refuse"


class EditForm(_Reasoned):
    """A change of the group's is approved, which needs no reason, or refused; `version` is the one that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, act: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = act == "refuse-edit"


class DecisionForm(_Reasoned):
    """An exemption is granted, refused or taken back."""

    last_day = ThaiDateField(
        label=_("Until"),
        help_text=_("The last day on which it counts; leave it empty for an exemption without end."),
        required=False,
    )

    def clean_last_day(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["last_day"]
        if day is not None and day < clock.today():
            raise forms.ValidationError(_("This day has passed. Check whether the year is Buddhist Era or Gregorian."))
        return day
