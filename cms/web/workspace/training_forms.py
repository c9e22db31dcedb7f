"""The form by which a group registers people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.services.registrations import MOST_PEOPLE, Comer
from shop.common.forms import ThaiCharField, ThaiPhoneField


class PeopleForm(forms.Form):
    """Up to five people, each with a name and a phone; the first may be whoever fills it in."""

    is_me = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, left: int = MOST_PEOPLE, user: Any = None) -> None:
        self.left = min(left, MOST_PEOPLE)
        first = {"name_1": user.get_full_name(), "phone_1": user.phone} if user is not None else {}
        super().__init__(data, initial=first if first.get("name_1") else {})
        self.fields["is_me"].label = _("The first person is me")
        for number in range(1, self.left + 1):
            words = {"number": number}
            name = ThaiCharField(label=_("Name of person %(number)s") % words, max_length=120, required=number == 1)
            name.error_messages["required"] = _("Write the name of at least one person.")
            self.fields[f"name_{number}"] = name
            self.fields[f"phone_{number}"] = ThaiPhoneField(
                label=_("Phone of person %(number)s") % words, required=False
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The fields of each person."""
        return [(self[f"name_{number}"], self[f"phone_{number}"]) for number in range(1, self.left + 1)]

    @property
    def more_is_open(self) -> bool:
        """Was anything typed for a second person?"""
        return any(self[f"{what}_{number}"].value() for what in ("name", "phone") for number in range(2, self.left + 1))

    def clean(self) -> dict[str, Any]:
        """A phone needs its name."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(2, self.left + 1):
            if data.get(f"phone_{number}") and not data.get(f"name_{number}"):
                self.add_error(f"name_{number}", ValidationError(_("Write whose phone this is.")))
        return data

    def people(self) -> list[Comer]:
        """Everybody who was named."""
        data = self.cleaned_data
        return [
            Comer(data[f"name_{number}"], data[f"phone_{number}"], bool(data["is_me"]) and number == 1)
            for number in range(1, self.left + 1)
            if data[f"name_{number}"]
        ]
