"""Form fields that every room shares: dates in Buddhist Era or Gregorian, Thai phone numbers."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.common import thai


class ThaiDateField(forms.Field):
    """A day typed as 23/11/2569, 23/11/2026, 23 พ.ย. 2569 or by a browser's picker; the value is Gregorian.

    Years of 2400 and more are Buddhist Era. What lies outside `earliest`…`latest` is refused, so that a
    year mistaken for the other era is noticed.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "วว/ดด/ปปปป", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Enter the date as day/month/year, for example 23/11/2569 or 23/11/2026."),
        "era": _("The year %(year)s is too far from today. Check whether it is Buddhist Era or Gregorian."),
    }

    def __init__(
        self, *, earliest: dt.date = dt.date(1900, 1, 1), latest: dt.date = dt.date(2100, 12, 31), **kwargs: Any
    ) -> None:
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            value = value.date()
        try:
            day = value if isinstance(value, dt.date) else thai.parse_date(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if not self.earliest <= day <= self.latest:
            raise ValidationError(self.error_messages["era"], code="era", params={"year": day.year})
        return day

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dt.date):
            return f"{value.day:02d}/{value.month:02d}/{value.year + thai.BUDDHIST_OFFSET}"
        return value


_PHONE = re.compile(r"^0(?:[689]\d{8}|[2-7]\d{7})$")


class ThaiPhoneField(forms.CharField):
    """A Thai phone number; blanks, dashes, Thai digits and +66 are forgiven. The value is 0XXXXXXXXX."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    default_error_messages = {
        "invalid": _("Enter a Thai phone number: 10 digits for a mobile (08x xxx xxxx), 9 for a landline."),
    }

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        digits = re.sub(r"[\s().-]", "", thai.arabic_digits(text))
        digits = re.sub(r"^(\+66|0066)0?", "0", digits)
        if not _PHONE.match(digits):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return digits


class ThaiCharField(forms.CharField):
    """Text as typed by people, stored clean: NFC, no invisible characters, single spaces."""

    def to_python(self, value: Any) -> str:
        return thai.clean_text(super().to_python(value) or "")
