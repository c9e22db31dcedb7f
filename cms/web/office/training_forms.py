"""Forms of an office about its trainings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.models import Course
from cms.models.trainings import MOST_SEATS
from cms.services import CourseFacts
from shop.common import clock
from shop.common.forms import CountField, ThaiCharField, ThaiDateField, ThaiPhoneField
from shop.shipping.web.fields import ClockField
from vendors.models import Organisation, Province
from vendors.selectors import provinces_in_order

ALL, SOME = "all", "some"


def _words(rows: int, **more: Any) -> Any:
    return ThaiCharField(widget=forms.Textarea(attrs={"rows": rows}), **more)


class CourseForm(forms.Form):
    """Everything that an office says about a training; days as they are written in Thailand."""

    name_th = ThaiCharField(label=_("Thai name"), max_length=160)
    name_en = ThaiCharField(label=_("English name"), max_length=160, required=False)
    office = forms.ChoiceField(label=_("Office"))
    first_day = ThaiDateField(label=_("First day"))
    first_time = ClockField(label=_("Begins at"))
    last_day = ThaiDateField(label=_("Last day"), required=False, help_text=_("Empty: it ends on the same day."))
    last_time = ClockField(label=_("Ends at"))
    venue_th = ThaiCharField(label=_("Place (Thai)"), max_length=200, required=False)
    venue_en = ThaiCharField(label=_("Place (English)"), max_length=200, required=False)
    province = forms.ChoiceField(label=_("Province of the place"), required=False)
    online_url = forms.URLField(
        label=_("Address of the online room"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Only who is registered sees it."),
    )
    seats = CountField(label=_("Seats"), least=1, most=MOST_SEATS)
    register_from = ThaiDateField(label=_("Registration opens on"))
    register_until = ThaiDateField(label=_("Last day of registration"))
    for_whom = forms.ChoiceField(
        label=_("For whom"),
        choices=[(ALL, _("All groups")), (SOME, _("Only groups of the provinces that are ticked below"))],
        widget=forms.RadioSelect,
    )
    open_to = forms.MultipleChoiceField(
        label=_("Provinces"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, offices: list[Organisation], **more: Any) -> None:
        super().__init__(data, **more)
        language = get_language() or "th"
        self.is_new = "seen" not in self.initial
        self.offices = {office.slug: office for office in offices}
        self.provinces = {row.code: row for row in provinces_in_order(language)}
        names = [(code, row.name_th) for code, row in self.provinces.items()]
        self.fields["office"].choices = [(slug, office.name_th) for slug, office in self.offices.items()]  # type: ignore[attr-defined]
        self.fields["province"].choices = [("", _("Online only")), *names]  # type: ignore[attr-defined]
        self.fields["open_to"].choices = names  # type: ignore[attr-defined]
        if len(self.offices) == 1:
            self.fields["office"].widget = forms.HiddenInput()
            self.fields["office"].initial = next(iter(self.offices))

    def clean_first_day(self) -> dt.date:
        """A new training lies ahead; one that has begun may still be put right."""
        day: dt.date = self.cleaned_data["first_day"]
        if self.is_new and day < clock.today():
            raise ValidationError(_("This day is over. A new training begins today or later."))
        return day

    def clean(self) -> dict[str, Any]:
        """Beginning before end, registration before the end, a place or a room."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day") or data.get("first_day")
        if first and last and data.get("first_time") and data.get("last_time"):
            data["starts_at"], data["ends_at"] = _moment(first, data["first_time"]), _moment(last, data["last_time"])
            if data["ends_at"] <= data["starts_at"]:
                self.add_error("last_time", ValidationError(_("The end must lie after the beginning.")))
        opens, closes = data.get("register_from"), data.get("register_until")
        if opens and closes and closes < opens:
            self.add_error("register_until", ValidationError(_("Registration must end after it opens.")))
        if closes and last and closes > last:
            self.add_error("register_until", ValidationError(_("Registration must end before the training does.")))
        if not data.get("province") and not data.get("online_url") and "online_url" not in self.errors:
            self.add_error(
                "province", ValidationError(_("Choose the province, or write the address of an online room."))
            )
        if data.get("for_whom") == SOME and not data.get("open_to"):
            self.add_error("open_to", ValidationError(_("Tick at least one province.")))
        return data

    def facts(self) -> CourseFacts:
        """What was typed, as the service wants it."""
        data = self.cleaned_data
        chosen = data["open_to"] if data["for_whom"] == SOME else []
        same = ("name_th", "name_en", "starts_at", "ends_at", "venue_th", "venue_en", "online_url", "seats")
        return CourseFacts(
            **{name: data[name] for name in same},
            province=self.provinces.get(data["province"]),
            register_from=clock.start_of_day(data["register_from"]),
            register_until=clock.end_of_day(data["register_until"]),
            open_to=[self.provinces[code] for code in chosen],
        )


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, tzinfo=clock.BANGKOK)


def initial_of(course: Course) -> dict[str, Any]:
    """The form as the course stands."""
    begin, end = course.starts_at.astimezone(clock.BANGKOK), course.ends_at.astimezone(clock.BANGKOK)
    only = list(course.open_to.values_list("pk", flat=True))
    last = course.register_until.astimezone(clock.BANGKOK) - dt.timedelta(microseconds=1)
    same = ("name_th", "name_en", "venue_th", "venue_en", "online_url", "seats")
    return {
        **{name: getattr(course, name) for name in same},
        "office": course.office.slug,
        "first_day": begin.date(),
        "first_time": begin.time(),
        "last_day": end.date() if end.date() != begin.date() else None,
        "last_time": end.time(),
        "province": course.province_id or "",
        "register_from": course.register_from.astimezone(clock.BANGKOK).date(),
        "register_until": last.date(),
        "for_whom": SOME if only else ALL,
        "open_to": only,
        "seen": course.version,
    }


def initial_of_new(offices: list[Organisation]) -> dict[str, Any]:
    """A day's training of an office, for all groups, open from today on."""
    own = offices[0] if offices else None
    province: Province | None = own.province if own is not None else None
    return {
        "first_time": dt.time(9),
        "last_time": dt.time(16),
        "seats": 30,
        "register_from": clock.today(),
        "for_whom": ALL,
        "province": province.code if province else "",
        "open_to": [province.code] if province else [],
    }


class PublishForm(forms.Form):
    """First words of the public page; editors may write more in the CMS."""

    summary_th = _words(3, label=_("What one learns (Thai)"), max_length=300)
    summary_en = _words(3, label=_("What one learns (English)"), max_length=300, required=False)
    programme_th = _words(6, label=_("Programme (Thai)"), max_length=4000, required=False)
    programme_en = _words(6, label=_("Programme (English)"), max_length=4000, required=False)


class CancelForm(forms.Form):
    """It goes to everybody on the list as it is written."""

    reason = _words(3, label=_("Why is it called off?"), max_length=1000)


class WalkInForm(forms.Form):
    """Somebody who came without a ticket."""

    name = ThaiCharField(label=_("Name"), max_length=120)
    phone = ThaiPhoneField(label=_("Phone"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)

    def __init__(self, data: Any = None, *, groups: list[Organisation]) -> None:
        super().__init__(data)
        self.groups = {group.slug: group for group in groups}
        names = [(slug, group.name_th) for slug, group in self.groups.items()]
        self.fields["group"].choices = [("", _("of no group")), *names]  # type: ignore[attr-defined]
