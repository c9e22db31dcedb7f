"""What the pages of the books may be asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.common.forms import ThaiDateField

USUAL_DAYS = 30


class PeriodForm(forms.Form):
    """From one day to another; without a word the last thirty days."""

    first = ThaiDateField(label=_("From day"), required=False)
    last = ThaiDateField(label=_("To day"), required=False)

    def clean(self) -> dict[str, Any]:
        """The first day does not lie after the last."""
        found: dict[str, Any] = super().clean() or {}
        first, last = self.days(found)
        if first > last:
            self.add_error("first", _("The first day lies after the last."))
        return found

    @staticmethod
    def days(found: dict[str, Any]) -> tuple[dt.date, dt.date]:
        """The days asked for, or the usual ones."""
        last = found.get("last") or clock.today()
        return found.get("first") or last - dt.timedelta(days=USUAL_DAYS - 1), last
