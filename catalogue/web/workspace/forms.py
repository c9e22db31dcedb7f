"""Forms of a group's goods."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.errors import LotDates, LotInFuture
from catalogue.models import Product, RawMaterial
from catalogue.services import Material
from shop.common import clock, codes
from shop.common.forms import ThaiCharField, ThaiDateField
from vendors.models import Province

MORE_ROWS = 3


class ExemptionForm(forms.Form):
    """Why the product needs no licence, in the group's own words."""

    reason = ThaiCharField(
        label=_("Why does it need no licence?"),
        help_text=_("For example: fresh whole eggs, sold as they are; dried chillies without anything added."),
        min_length=10,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LotForm(forms.Form):
    """A lot and its raw materials: as many rows as the product has, and a few more."""

    made_on = ThaiDateField(label=_("Made on"))
    best_before = ThaiDateField(label=_("Best before"), required=False)
    quantity = forms.IntegerField(label=_("Pieces made"), min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, product: Product, provinces: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(product.raw_materials.all())
        self.rows = len(known) + MORE_ROWS
        self._english = {row.name_th: row.name_en for row in known}
        for at in range(self.rows):
            row = known[at] if at < len(known) else None
            self._add_row(at, row, provinces)

    def _add_row(self, at: int, row: RawMaterial | None, provinces: list[tuple[str, str]]) -> None:
        number = {"number": at + 1}
        self.fields[f"name_{at}"] = ThaiCharField(
            label=_("Raw material %(number)s") % number,
            max_length=120,
            required=False,
            initial=row.name_th if row else "",
        )
        self.fields[f"origin_{at}"] = forms.ChoiceField(
            label=_("Origin of raw material %(number)s") % number,
            choices=RawMaterial.Origin.choices,
            required=False,
            initial=row.origin if row else RawMaterial.Origin.OWN,
        )
        self.fields[f"province_{at}"] = forms.ChoiceField(
            label=_("Province of raw material %(number)s") % number,
            choices=[("", _("Same as the group")), *provinces],
            required=False,
            initial=row.province_id if row else "",
        )
        self.fields[f"source_{at}"] = ThaiCharField(
            label=_("Lot or group code of raw material %(number)s") % number,
            max_length=20,
            required=False,
            initial=row.group.code if row and row.group else "",
        )

    @property
    def material_rows(self) -> list[dict[str, Any]]:
        """The fields of each row, for the page."""
        return [
            {part: self[f"{part}_{at}"] for part in ("name", "origin", "province", "source")} for at in range(self.rows)
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("made_on"), data.get("best_before")
        if first is not None and first > clock.today():
            self.add_error("made_on", LotInFuture().text)
        if first is not None and last is not None and last < first:
            self.add_error("best_before", LotDates().text)
        for at in range(self.rows):
            if data.get(f"origin_{at}") == RawMaterial.Origin.MARKET and data.get(f"name_{at}"):
                source = data.get(f"source_{at}", "")
                if not codes.is_valid(source):
                    self.add_error(f"source_{at}", _("Type the code of the other group's lot, or of the group itself."))
        return data

    def materials(self, known: dict[str, Province]) -> list[Material]:
        """The rows that have a name."""
        data = self.cleaned_data
        return [
            Material(
                name_th=data[f"name_{at}"],
                origin=data[f"origin_{at}"] or RawMaterial.Origin.OWN,
                province=known.get(data[f"province_{at}"]),
                source=data[f"source_{at}"],
                name_en=self._english.get(data[f"name_{at}"], ""),
            )
            for at in range(self.rows)
            if data[f"name_{at}"]
        ]
