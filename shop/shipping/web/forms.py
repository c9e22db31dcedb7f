"""Forms of prices, times and calendars: each changes one table from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from shop.common import clock
from shop.common.forms import BahtField, CountField, GramsField, ThaiCharField, ThaiDateField
from shop.common.thai import arabic_digits
from shop.shipping.models import ServiceArea
from shop.shipping.services import DayOfHub
from shop.shipping.tables import History
from shop.shipping.web.fields import ClockField
from shop.theme.formats import WEEKDAYS_EN, WEEKDAYS_TH
from vendors.models import Place

_MORE_STEPS = 2
_FAR = dt.timedelta(days=730)
_DAY = dt.timedelta(days=1)


def weekdays() -> list[str]:
    """Monday to Sunday in the language of the page."""
    return list(WEEKDAYS_EN if (get_language() or "th").startswith("en") else WEEKDAYS_TH)


class TableForm(forms.Form):
    """From which day on a table says something else; `seen` is the state that the person looks at."""

    seen = forms.RegexField(r"[0-9a-f]{16}", widget=forms.HiddenInput)

    def __init__(self, *args: Any, history: History, usual: tuple[Any, ...] = (), **kwargs: Any) -> None:
        self.history = history
        self.shown = history.on(max([history.today, *history.planned])) or usual
        kwargs["initial"] = {"seen": history.seen, "valid_from": _first_day(history), **self.values()}
        super().__init__(*args, **kwargs)
        self.fields["valid_from"] = ThaiDateField(
            label=_("From which day on"),
            help_text=_("What holds now ends the day before. Orders that were placed keep their price and their days."),
            earliest=clock.today() - _FAR,
            latest=clock.today() + _FAR,
        )

    def values(self) -> dict[str, Any]:
        """What the fields show at first."""
        return {}


def _first_day(history: History) -> dt.date:
    """The first day on which a change is surely possible."""
    return max([history.today, *history.planned]) + _DAY


class StepsForm(TableForm):
    """Prices by weight: a row for each step, and some for new ones. An emptied row is dropped."""

    may_be_zero = True
    is_tariff = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_tariff:
            self.fields["carrier"] = ThaiCharField(label=_("Carrier"), max_length=60)
        self.numbers = range(len(self.shown) + _MORE_STEPS)
        for number in self.numbers:
            weight = GramsField(label=_("Up to (grams)"), least=1, most=1_000_000, required=False)
            price = BahtField(label=_("Price (baht)"), most_baht=20_000, may_be_zero=self.may_be_zero, required=False)
            self.fields[f"weight-{number}"], self.fields[f"price-{number}"] = weight, price
        self.order_fields([name for name in self.fields if name != "valid_from"])

    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = {"carrier": self.shown[-1].carrier if self.is_tariff and self.shown else ""}
        for number, row in enumerate(self.shown):
            found |= {f"weight-{number}": row.max_weight_g, f"price-{number}": row.price_satang}
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in self.numbers:
            weight, price = f"weight-{number}", f"price-{number}"
            if weight in self.errors or price in self.errors:
                continue
            if data.get(weight) is None and data.get(price) is not None:
                self.add_error(weight, _("Write up to which weight this price holds, or empty the price as well."))
            if data.get(price) is None and data.get(weight) is not None:
                self.add_error(price, _("Write the price of this step, or empty its weight as well to drop it."))
        return data

    @property
    def steps(self) -> list[tuple[int, int]]:
        """(grams, satang) of the rows that are filled in."""
        found = [
            (self.cleaned_data[f"weight-{number}"], self.cleaned_data[f"price-{number}"]) for number in self.numbers
        ]
        return [(weight, satang) for weight, satang in found if weight is not None]

    @property
    def rows(self) -> Iterator[tuple[Any, Any]]:
        """The fields of each row, for the page."""
        return ((self[f"weight-{number}"], self[f"price-{number}"]) for number in self.numbers)


class TariffForm(StepsForm):
    """A carrier's prices."""

    may_be_zero = False
    is_tariff = True


class TimesForm(TableForm):
    """Working days, at best and at most."""

    fastest_days = CountField(label=_("Days at best"), most=30)
    slowest_days = CountField(label=_("Days at most"), most=30)

    def values(self) -> dict[str, Any]:
        row = self.shown[0] if self.shown else None
        return {"fastest_days": row.fastest_days, "slowest_days": row.slowest_days} if row else {}


class AreaForm(TableForm):
    """Addresses that begin with the same figures."""

    by_code = forms.ChoiceField(label=_("Known by"), choices=ServiceArea.By.choices, widget=forms.RadioSelect)
    begins = forms.CharField(
        label=_("Begins with"),
        max_length=6,
        help_text=_("Two figures or more, for example 84320, or 8432 for all that begin so."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    is_served = forms.ChoiceField(
        label=_("Do carriers go there?"),
        choices=[("yes", _("Yes, at a surcharge")), ("no", _("No, nobody goes there"))],
        widget=forms.RadioSelect,
    )
    surcharge_satang = BahtField(
        label=_("Surcharge for each parcel (baht)"), most_baht=20_000, may_be_zero=True, required=False
    )
    name_th = ThaiCharField(label=_("Thai name"), max_length=80)
    name_en = ThaiCharField(label=_("English name"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = not self.history.rows
        if not self.is_new:
            del self.fields["by_code"], self.fields["begins"]

    def values(self) -> dict[str, Any]:
        row = self.shown[0] if self.shown else None
        if row is None:
            return {"by_code": ServiceArea.By.POSTCODE, "is_served": "yes"}
        return {
            "is_served": "yes" if row.is_served else "no",
            "surcharge_satang": row.surcharge_satang or None,
            "name_th": row.name_th,
            "name_en": row.name_en,
        }

    def clean_begins(self) -> str:
        text = "".join(arabic_digits(self.cleaned_data["begins"]).split())
        if not (text.isascii() and text.isdigit()):
            raise forms.ValidationError(_("Write figures only, for example 84320."))
        return text


_LABELS = {
    "opens": _("Open"),
    "leaves": _("Goods leave"),
    "bring": _("Groups bring until"),
    "cutoff": _("Cut-off, time"),
    "before": _("Cut-off, days before"),
    "from": _("Counter opens"),
    "until": _("Counter closes"),
}


def _hub_field(name: str, label: str) -> forms.Field:
    if name in ("opens", "leaves"):
        return forms.BooleanField(label=label, required=False)
    return (
        CountField(label=label, most=14, required=False)
        if name == "before"
        else ClockField(label=label, required=False)
    )


class WeekForm(TableForm):
    """A whole week of a hub: what it does on each day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, name in enumerate(weekdays()):
            for field, label in _LABELS.items():
                self.fields[f"{field}-{day}"] = _hub_field(field, f"{name}: {label}")
        self.order_fields([name for name in self.fields if name != "valid_from"])

    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = {f"before-{day}": 1 for day in range(7)} | {
            f"cutoff-{day}": dt.time(12) for day in range(7)
        }
        for row in self.shown:
            day = row.weekday
            found |= {
                f"opens-{day}": True,
                f"bring-{day}": row.bring_until,
                f"before-{day}": row.cutoff_days_before,
                f"cutoff-{day}": row.cutoff_time,
                f"leaves-{day}": row.leaves,
                f"from-{day}": row.counter_from,
                f"until-{day}": row.counter_until,
            }
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for day in range(7):
            start, end = data.get(f"from-{day}"), data.get(f"until-{day}")
            if not data.get(f"opens-{day}"):
                if any(data.get(f"{name}-{day}") for name in ("bring", "leaves", "from", "until")):
                    self.add_error(f"opens-{day}", _("Tick it as open, or empty what it does on this day."))
            elif (start is None) != (end is None) and not {f"from-{day}", f"until-{day}"} & set(self.errors):
                missing = "until" if end is None else "from"
                self.add_error(f"{missing}-{day}", _("The counter needs both times, or none."))
            elif start and end and start >= end:
                self.add_error(f"until-{day}", _("The counter closes after it opens."))
        return data

    @property
    def open_days(self) -> list[DayOfHub]:
        """The days on which it is open."""
        data = self.cleaned_data
        return [
            DayOfHub(
                weekday=day,
                bring_until=data[f"bring-{day}"],
                cutoff_days_before=1 if data[f"before-{day}"] is None else data[f"before-{day}"],
                cutoff_time=data[f"cutoff-{day}"] or dt.time(12),
                leaves=data[f"leaves-{day}"],
                counter_from=data[f"from-{day}"],
                counter_until=data[f"until-{day}"],
            )
            for day in range(7)
            if data[f"opens-{day}"]
        ]

    @property
    def days(self) -> Iterator[dict[str, Any]]:
        """Each day's name, ticks and times, for the page."""
        times = ("bring", "cutoff", "before", "from", "until")
        for day, name in enumerate(weekdays()):
            labels = [(self[f"{field}-{day}"], str(_LABELS[field])) for field in times]
            yield {"name": name, "opens": self[f"opens-{day}"], "leaves": self[f"leaves-{day}"], "times": labels}


class EndForm(forms.Form):
    """From which day on a rule holds no more."""

    seen = forms.RegexField(r"[0-9a-f]{16}", widget=forms.HiddenInput)
    valid_from = ThaiDateField(label=_("No more from which day on"))


class ClosureForm(forms.Form):
    """Closed days; one day needs no last one."""

    first_day = ThaiDateField(label=_("First day"))
    last_day = ThaiDateField(label=_("Last day"), required=False, help_text=_("Leave it empty for a single day."))
    reason_th = ThaiCharField(
        label=_("Reason (Thai)"), max_length=120, help_text=_("Groups and buyers may read it, for example วันสงกรานต์.")
    )
    reason_en = ThaiCharField(label=_("Reason (English)"), max_length=120, required=False)
    there: Any = None
    """What lies or comes there, while it is asked about."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["last_day"] = data.get("last_day") or data.get("first_day")
        return data


class PlaceClosureForm(ClosureForm):
    """The same, for the whole country or one hub."""

    place = forms.ModelChoiceField(
        label=_("Where"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=_("The whole country (no carrier goes)"),
    )
    field_order = ("place",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hubs = Place.objects.filter(kind=Place.Kind.HUB).select_related("organisation").order_by("name_th", "code")
        self.fields["place"].queryset = hubs  # type: ignore[attr-defined]


class TryForm(forms.Form):
    """A made-up basket of one group, to see what the rows make of it."""

    origin = forms.ChoiceField(label=_("From province"))
    postcode = forms.CharField(
        label=_("To postcode"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    province = forms.ChoiceField(label=_("To province"), required=False)
    grams = GramsField(label=_("Weight with packing"), least=1, most=1_000_000)
    storage = forms.ChoiceField(label=_("Storage"), choices=Product.Storage.choices)
    day = ThaiDateField(label=_("Ordered on"))
    time = ClockField(label=_("Ordered at"), required=False)

    def __init__(self, *args: Any, provinces: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origin"].choices = provinces  # type: ignore[attr-defined]
        none = ("", _("Follows from the postcode"))
        self.fields["province"].choices = [none, *provinces]  # type: ignore[attr-defined]
