"""Form fields that every room shares: dates in Buddhist Era or Gregorian, Thai phone numbers."""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.common import thai
from shop.common.money import to_baht
from shop.common.sheets.unpacking import MEGABYTES


class ThaiDateField(forms.Field):
    """A day typed as 23/11/2569, 23/11/2026, 23 พ.ย. 2569 or by a browser's picker; the value is Gregorian.

    Years of 2400 and more are Buddhist Era. What lies outside `earliest`…`latest` is refused, so that a
    year mistaken for the other era is noticed.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "placeholder": _("dd/mm/yyyy"), "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Enter the date as day/month/year, for example 23/11/2569 or 23/11/2026."),
        "era": _("The year %(buddhist)s (Gregorian %(year)s) is too far from today. Check which of the two you meant."),
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
            raise ValidationError(self.error_messages["era"], code="era", params=thai.both_years(day))
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


_MONEY_WORDS = re.compile(r"(บาทถ้วน|บาท|฿|baht|thb|\.-|,-)", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+(\.\d+)?|-?\.\d+")


def read_number(text: str) -> Decimal | None:
    """A number as people type it: Thai digits, blanks, thousands by comma. None for anything else."""
    plain = re.sub(r"\s", "", thai.arabic_digits(text)).replace("−", "-")
    if not _PLAIN_NUMBER.fullmatch(plain):
        return None
    try:
        return Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return None


class NumberField(ABC, forms.CharField):
    """A number typed as people type it. `kind` is the type of its value, which is not read again; `understood` reads what was typed."""

    kind: ClassVar[type]
    inputmode = "decimal"

    def __init__(self, **kwargs: Any) -> None:
        wanted = {"max_length": 40, **kwargs}
        wanted.setdefault("widget", forms.TextInput(attrs={"inputmode": self.inputmode, "autocomplete": "off"}))
        super().__init__(**wanted)

    @abstractmethod
    def understood(self, text: str) -> Any:
        """The value of what was typed, which is not empty. Raises ValidationError (`refusal`)."""

    def refusal(self, code: str, **facts: str) -> ValidationError:
        """What is wrong with it, in the field's own words."""
        return ValidationError(self.error_messages[code], code=code, params=facts or None)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, self.kind):
            return value
        text = str(super().to_python(value) or "").strip()
        return self.understood(text) if text else None

    def run_validators(self, value: Any) -> None:
        """Judged above: the validators of a text do not fit a number."""


class BahtField(NumberField):
    """A price in baht; ๑๒๐, "120 บาท", 1,200 and 65.50 are understood. The value is whole satang."""

    kind = int
    default_error_messages = {
        "number": _("Write the price as a number, for example 120 or 65.50."),
        "satang": _("A price has at most two digits after the point, for example 65.50."),
        "small": _("The price must be more than zero."),
        "negative": _("The price cannot be less than zero."),
        "large": _("This price is above %(most)s baht. Check whether there is a digit too many."),
    }

    def __init__(self, *, most_baht: int = 1_000_000, may_be_zero: bool = False, **kwargs: Any) -> None:
        self.most_baht, self.may_be_zero = most_baht, may_be_zero
        super().__init__(**kwargs)

    def understood(self, text: str) -> int:
        baht = read_number(_MONEY_WORDS.sub("", text))
        if baht is None:
            raise self.refusal("number")
        if self.may_be_zero and baht < 0:
            raise self.refusal("negative")
        if baht <= 0 and not self.may_be_zero:
            raise self.refusal("small")
        if baht > self.most_baht:
            raise self.refusal("large", most=f"{self.most_baht:,}")
        if baht * 100 != int(baht * 100):
            raise self.refusal("satang")
        return int(baht * 100)

    def prepare_value(self, value: Any) -> Any:
        return f"{to_baht(value):f}".removesuffix(".00") if isinstance(value, int) else value


class PercentField(NumberField):
    """A part of a hundred: ๑๐, 2.5 and "30 %" are understood. The value is a Decimal of percent with at most two places."""

    kind = Decimal
    default_error_messages = {
        "number": _("Write the percentage as a number, for example 10 or 2.5."),
        "places": _("A percentage has at most two digits after the point, for example 2.25."),
        "range": _("Write a percentage from 0 to %(most)s."),
    }

    def __init__(self, *, most: Decimal = Decimal(100), **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def understood(self, text: str) -> Decimal:
        percent = read_number(re.sub(r"%|ร้อยละ|เปอร์เซ็นต์", "", text))
        if percent is None:
            raise self.refusal("number")
        if not 0 <= percent <= self.most:
            raise self.refusal("range", most=f"{self.most:f}")
        if percent * 100 != int(percent * 100):
            raise self.refusal("places")
        return percent


_COUNT_WORDS = re.compile(r"[\d๐-๙,.\s−-]*")


class CountField(NumberField):
    """A whole number of things; ๑๒, 1,200 and "12 ถุง" are understood."""

    kind = int
    inputmode = "numeric"
    default_error_messages = {
        "number": _("Write a whole number, for example 12."),
        "small": _("The number cannot be less than %(least)s."),
        "large": _("This is more than %(most)s. Check whether there is a digit too many."),
    }

    def __init__(self, *, least: int = 0, most: int = 1_000_000, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def understood(self, text: str) -> int:
        number = self.read(text)
        if number is None or number != int(number):
            raise self.refusal("number")
        if number < self.least:
            raise self.refusal("small", least=f"{self.least:,}")
        if number > self.most:
            raise self.refusal("large", most=f"{self.most:,}")
        return int(number)

    def read(self, text: str) -> Decimal | None:
        """The number that a text begins with; what follows must be a word."""
        match = _COUNT_WORDS.match(text)
        head = match[0] if match else ""
        rest = text[len(head) :].strip()
        return read_number(head) if not any(char.isdigit() for char in rest) else None


class GramsField(CountField):
    """A weight: 500, "500 กรัม", "1.5 กก.", ๒ ขีด. The value is whole grams."""

    default_error_messages = {"number": _("Write the weight in grams, for example 500, or 1.5 กก.")}
    _UNITS = (("กิโล", 1000), ("กก", 1000), ("kg", 1000), ("ขีด", 100), ("กรัม", 1), ("ก.", 1), ("g", 1))

    def read(self, text: str) -> Decimal | None:
        lower = text.lower()
        for unit, grams in self._UNITS:
            head, found, _rest = lower.partition(unit)
            if found:
                number = read_number(head)
                return None if number is None else number * grams
        return super().read(text)


class SheetField(forms.FileField):
    """A workbook or a CSV file. One that is too heavy is not even kept."""

    widget = forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"})
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Choose the file."),
        "empty": _("The file is empty. Choose another one."),
        "heavy": _("The file has more than %(megabytes)s MB. Split it into several files."),
    }

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and file.size > MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(self.error_messages["heavy"], code="heavy", params={"megabytes": MEGABYTES})
        return file
