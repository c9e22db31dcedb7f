"""The forms of fairs in the office: the facts of a fair, a kind of booth, an answer, figures."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.fair_policies import offices_of
from cms.fair_selectors import counters_in_reach
from cms.models import BoothKind, Fair
from shop.common import clock
from shop.common.forms import BahtField, CountField, ThaiCharField, ThaiDateField
from vendors.models import Organisation, Place, Province, Region

_SPOT = re.compile(r"^\s*(-?\d{1,2}(?:\.\d+)?)\s*[, ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$")
_LETTER = re.compile(r"^[A-Zก-ฮ]{1,2}$")


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget, input_formats=["%H:%M", "%H.%M", "%H:%M:%S"])


class FairForm(forms.Form):
    """The facts of a fair; both languages on one page."""

    name_th = ThaiCharField(label=_("Name of the fair"), max_length=160)
    name_en = ThaiCharField(label=_("Name in English"), max_length=160, required=False)
    summary_th = ThaiCharField(
        label=_("What it is about, in two lines"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    summary_en = ThaiCharField(
        label=_("The same in English"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    office = forms.ModelChoiceField(label=_("Held by"), queryset=Organisation.objects.none(), to_field_name="slug")
    starts_on = ThaiDateField(label=_("First day"))
    starts = _time(_("Begins at"))
    ends_on = ThaiDateField(label=_("Last day"))
    ends = _time(_("Ends at"))
    hours_th = ThaiCharField(label=_("Opening hours in words"), max_length=160, required=False)
    hours_en = ThaiCharField(label=_("Opening hours in English"), max_length=160, required=False)
    venue_th = ThaiCharField(label=_("Venue"), max_length=160)
    venue_en = ThaiCharField(label=_("Venue in English"), max_length=160, required=False)
    address_th = ThaiCharField(label=_("Address"), max_length=250, required=False)
    address_en = ThaiCharField(label=_("Address in English"), max_length=250, required=False)
    province = forms.ModelChoiceField(label=_("Province"), queryset=Province.objects.none())
    spot = forms.CharField(label=_("Spot on the map"), required=False, max_length=60)
    regions = forms.ModelMultipleChoiceField(
        label=_("Which regions are invited?"),
        queryset=Region.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    apply_from = ThaiDateField(label=_("Groups apply from"))
    apply_until = ThaiDateField(label=_("until, that day included"))
    place = forms.ModelChoiceField(label=_("Counter for orders"), queryset=Place.objects.none(), required=False)
    use_required_attribute = False

    def __init__(self, data: Any, *, user: Any, fair: Fair | None = None) -> None:
        super().__init__(data, initial=_facts(fair) if fair else {})
        fields: dict[str, Any] = self.fields
        fields["office"].queryset = offices_of(user)
        fields["province"].queryset = Province.objects.order_by("name_th")
        fields["regions"].queryset = Region.objects.order_by("position")
        fields["place"].queryset = counters_in_reach()
        fields["regions"].help_text = _("Without a tick all regions are invited.")
        fields["spot"].help_text = _("Latitude and longitude as your map gives them, for example 13.9129, 100.5480")
        fields["place"].help_text = _("Where buyers collect what they ordered for the fair. Leave empty if nowhere.")
        fields["ends"].help_text = _("Past midnight belongs to the next day: give that day as the last day.")
        if fair is not None:
            for name in ("office", "summary_th", "summary_en"):
                del fields[name]
        elif len(found := list(fields["office"].queryset[:2])) == 1:
            fields["office"].initial = found[0].slug

    def clean_spot(self) -> tuple[Decimal, Decimal] | None:
        """Two numbers within Thailand and around it."""
        typed = self.cleaned_data["spot"]
        if not typed:
            return None
        match = _SPOT.match(typed)
        spot = (Decimal(match[1]), Decimal(match[2])) if match else None
        if spot is None or not (5 <= spot[0] <= 21 and 97 <= spot[1] <= 106):
            raise forms.ValidationError(_("Two numbers with a comma between them, within Thailand."))
        return spot[0].quantize(Decimal("0.000001")), spot[1].quantize(Decimal("0.000001"))

    def clean(self) -> dict[str, Any]:
        """It ends after it begins; applications end before it does."""
        data = super().clean() or {}
        begins, ends = _moment(data, "starts"), _moment(data, "ends")
        if begins and ends and ends <= begins:
            self.add_error("ends_on", _("The fair must end after it begins."))
        first, last = data.get("apply_from"), data.get("apply_until")
        if first and last and last < first:
            self.add_error("apply_until", _("The last day of applications is before the first."))
        if last and begins and last > begins.astimezone(clock.BANGKOK).date():
            self.add_error("apply_until", _("Applications end on the first day of the fair at the latest."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """As the services take it."""
        data = dict(self.cleaned_data)
        starts, ends, spot = _moment(data, "starts"), _moment(data, "ends"), data.pop("spot")
        for name in ("starts_on", "starts", "ends_on", "ends"):
            del data[name]
        latitude, longitude = spot or (None, None)
        return {**data, "starts_at": starts, "ends_at": ends, "latitude": latitude, "longitude": longitude}


def _moment(data: dict[str, Any], name: str) -> dt.datetime | None:
    day, time = data.get(f"{name}_on"), data.get(name)
    return dt.datetime.combine(day, time, tzinfo=clock.BANGKOK) if day and time is not None else None


_SAME = (
    *("name_th", "name_en", "hours_th", "hours_en", "venue_th", "venue_en", "address_th", "address_en"),
    *("apply_from", "apply_until"),
)


def _facts(fair: Fair) -> dict[str, Any]:
    starts, ends = fair.starts_at.astimezone(clock.BANGKOK), fair.ends_at.astimezone(clock.BANGKOK)
    spot = f"{fair.latitude}, {fair.longitude}" if fair.latitude is not None and fair.longitude is not None else ""
    return {
        **{name: getattr(fair, name) for name in _SAME},
        "starts_on": starts.date(),
        "starts": starts.time(),
        "ends_on": ends.date(),
        "ends": ends.time(),
        "province": fair.province_id,
        "place": fair.place_id,
        "regions": [region.pk for region in fair.regions.all()],
        "spot": spot,
    }


class KindForm(forms.Form):
    """A kind of booth."""

    letter = ThaiCharField(label=_("Letter on the signs"), max_length=2)
    name_th = ThaiCharField(label=_("Name"), max_length=80)
    name_en = ThaiCharField(label=_("Name in English"), max_length=80, required=False)
    number = CountField(label=_("How many booths"), most=200)
    size = ThaiCharField(label=_("Size"), max_length=40, required=False)
    price_satang = BahtField(label=_("Price of a booth in baht"), may_be_zero=True, most_baht=100_000)
    has_power = forms.BooleanField(label=_("With electricity"), required=False)
    is_cold = forms.BooleanField(label=_("With a cold cabinet"), required=False)
    use_required_attribute = False

    def __init__(self, data: Any, *, kind: BoothKind | None = None) -> None:
        names = ("letter", "name_th", "name_en", "number", "size", "price_satang", "has_power", "is_cold")
        super().__init__(data, initial={name: getattr(kind, name) for name in names} if kind else {"price_satang": 0})
        self.fields["letter"].help_text = _("ก makes the signs ก1, ก2 and so on.")
        self.fields["size"].help_text = _("For example 2 × 2 ม.")

    def clean_letter(self) -> str:
        """One or two letters."""
        letter: str = self.cleaned_data["letter"].upper()
        if not _LETTER.match(letter):
            raise forms.ValidationError(_("One or two letters, Thai consonants or A to Z."))
        return letter


class AnswerForm(forms.Form):
    """The office's answer to one application."""

    booth = forms.ChoiceField(label=_("Booth"), required=False)
    reason = ThaiCharField(label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    seen = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False


class CancelForm(forms.Form):
    """Why a fair does not take place."""

    reason = ThaiCharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    use_required_attribute = False

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["reason"].help_text = _("It stands on the fair's page and in the letter to the groups.")


class FiguresForm(forms.Form):
    """What the fair came to."""

    visitors = CountField(label=_("Visitors"), required=False, most=100_000_000)
    sales_satang = BahtField(label=_("Sales of all booths in baht"), required=False, most_baht=10_000_000_000)
    use_required_attribute = False
