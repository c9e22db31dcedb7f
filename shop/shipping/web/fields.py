"""How times of the day are typed: 14.00, 14:00, ๑๔.๐๐ น., 14."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.common import thai

_TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(?:น\.?)?")


class ClockField(forms.CharField):
    """A time of the day."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6})
    default_error_messages = {"time": _("Write the time with hours and minutes, for example 14.00.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 12, **kwargs})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, dt.time):
            return value
        text = thai.arabic_digits(str(super().to_python(value) or "")).strip()
        if not text:
            return None
        match = _TIME.fullmatch(text)
        if not match or int(match[1]) > 23 or int(match[2] or 0) > 59:
            raise ValidationError(self.error_messages["time"], code="time")
        return dt.time(int(match[1]), int(match[2] or 0))

    def run_validators(self, value: Any) -> None:
        """Judged above."""

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H.%M") if isinstance(value, dt.time) else value
