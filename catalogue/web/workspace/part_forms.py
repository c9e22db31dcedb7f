"""One form for each part of a product: from plain values to fields and back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue import shelves
from catalogue.models import Category, Product, RawMaterial
from catalogue.web.workspace.goods_forms import Papers, category_choices, low_field
from shop.common import codes
from shop.common.forms import BahtField, CountField, GramsField, ThaiCharField
from vendors.models import Organisation

Values = dict[str, Any]
MORE_ROWS = 2


class PartForm(forms.Form):
    """`wanted` are the values as the group wants them now; `values` gives what was typed in the same shape."""

    use_required_attribute = False
    heading: Any = ""

    def __init__(self, data: Any = None, *, wanted: Values, organisation: Organisation) -> None:
        super().__init__(data, initial=self.initial_of(wanted))
        self.wanted, self.organisation = wanted, organisation
        self.set_up()

    def set_up(self) -> None:
        """Choices and rows that follow from the product or its group."""

    def initial_of(self, wanted: Values) -> Values:
        """The fields as they are filled at first."""
        return dict(wanted)

    def values(self) -> Values:
        """What was typed, as plain values."""
        return {name: "" if self.cleaned_data[name] is None else self.cleaned_data[name] for name in self.wanted}


class TextsForm(PartForm):
    """What it is called and what is told about it."""

    heading = _("Name and description")
    title = ThaiCharField(label=_("Thai name"), max_length=255)
    description = ThaiCharField(
        label=_("Description"),
        help_text=_("How it is made, what it tastes or feels like, how to use and keep it."),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class EnglishForm(PartForm):
    """The same for buyers who read English."""

    heading = _("English text")
    title_en = ThaiCharField(label=_("English name"), max_length=255, required=False)
    unit_en = ThaiCharField(label=_("Unit (English)"), max_length=60, required=False)
    description_en = ThaiCharField(
        label=_("English description"), max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class MeasuresForm(PartForm):
    """What it weighs, how it is sold and kept."""

    heading = _("Unit, weight, storage")
    unit_th = ThaiCharField(label=_("Sold by the"), max_length=60, required=False)
    weight_g = GramsField(label=_("Weight with packing (grams)"), least=1, most=200_000, required=False)
    storage = forms.ChoiceField(label=_("Storage"), choices=Product.Storage.choices, widget=forms.RadioSelect)
    vat_class = forms.ChoiceField(label=_("VAT"), choices=Product.Vat.choices, widget=forms.RadioSelect)

    def values(self) -> Values:
        return {**super().values(), "weight_g": self.cleaned_data["weight_g"]}


class CategoryForm(PartForm):
    """Which shelf it stands on; what the law asks before sale follows from it."""

    heading = _("Category")
    main_category = forms.ChoiceField(label=_("Category"))

    def set_up(self) -> None:
        field: Any = self.fields["main_category"]
        field.choices = category_choices()

    def values(self) -> Values:
        pk = int(self.cleaned_data["main_category"])
        if pk == self.wanted["main_category"]:
            return dict(self.wanted)
        kind = Category.objects.values_list("gating_applies_to", flat=True).get(pk=pk)
        return {
            "main_category": pk,
            "is_prepacked_processed": kind == Category.Gate.PREPACKAGED,
            "is_fertiliser_or_seed": kind == Category.Gate.INPUTS,
        }


class OriginForm(PartForm):
    """The province, and each raw material with where it comes from: as many rows as there are, and two more."""

    heading = _("Origin and raw materials")
    province = forms.ChoiceField(label=_("Province of origin"))

    def set_up(self) -> None:
        language = get_language() or "th"
        provinces = [(code, one.name(language)) for code, one in shelves.provinces(language).items()]
        where: Any = self.fields["province"]
        where.choices = provinces
        rows = self.wanted["raw_materials"]
        self.count = len(rows) + MORE_ROWS
        owners = {row["group"] for row in rows if row["group"]}
        known = dict(Organisation.objects.filter(pk__in=owners).values_list("pk", "code")) if owners else {}
        for at in range(self.count):
            self._row(at, rows[at] if at < len(rows) else {}, provinces, known)

    def _row(self, at: int, row: Values, provinces: list[tuple[str, str]], known: dict[int, str]) -> None:
        number = {"number": at + 1}
        fields = self.fields
        fields[f"name_{at}"] = ThaiCharField(
            label=_("Raw material %(number)s") % number, max_length=120, required=False, initial=row.get("name_th", "")
        )
        fields[f"english_{at}"] = ThaiCharField(
            label=_("Raw material %(number)s in English") % number,
            max_length=120,
            required=False,
            initial=row.get("name_en", ""),
        )
        fields[f"origin_{at}"] = forms.ChoiceField(
            label=_("Origin of raw material %(number)s") % number,
            choices=RawMaterial.Origin.choices,
            required=False,
            initial=row.get("origin", RawMaterial.Origin.OWN),
        )
        fields[f"province_{at}"] = forms.ChoiceField(
            label=_("Province of raw material %(number)s") % number,
            choices=[("", "–"), *provinces],
            required=False,
            initial=row.get("province") or "",
        )
        fields[f"group_{at}"] = ThaiCharField(
            label=_("Group code of raw material %(number)s") % number,
            max_length=20,
            required=False,
            initial=known.get(row.get("group") or 0, ""),
        )

    @property
    def material_rows(self) -> list[dict[str, Any]]:
        """The fields of each row, for the page."""
        parts = ("name", "english", "origin", "province", "group")
        return [{part: self[f"{part}_{at}"] for part in parts} for at in range(self.count)]

    def clean(self) -> Values:
        data: Values = super().clean() or {}
        self.groups: dict[int, int] = {}
        for at in range(self.count):
            code = codes.normalise(data.get(f"group_{at}", ""))
            if data.get(f"origin_{at}") != RawMaterial.Origin.MARKET or not data.get(f"name_{at}"):
                continue
            found = Organisation.objects.filter(code=code, kind=Organisation.Kind.GROUP).first() if code else None
            if found is None:
                self.add_error(f"group_{at}", _("Type the code of the other group; it stands on its page."))
            else:
                self.groups[at] = found.pk
        return data

    def values(self) -> Values:
        data = self.cleaned_data
        rows = [
            {
                "name_th": data[f"name_{at}"],
                "name_en": data[f"english_{at}"],
                "origin": data[f"origin_{at}"] or RawMaterial.Origin.OWN,
                "province": data[f"province_{at}"] or None,
                "group": self.groups.get(at),
            }
            for at in range(self.count)
            if data[f"name_{at}"]
        ]
        return {"province": data["province"], "raw_materials": rows}


class CertificatesForm(PartForm):
    """Which of the group's certificates name this product."""

    heading = _("Certificates")
    certificates = forms.TypedMultipleChoiceField(
        label=_("Certificates of this product"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def set_up(self) -> None:
        self.papers = Papers(self.organisation)
        field: Any = self.fields["certificates"]
        field.choices = self.papers.choices

    def values(self) -> Values:
        shown = {int(key) for key, _text in self.papers.choices}
        kept = [pk for pk in self.wanted["certificates"] if pk not in shown]
        return {"certificates": sorted([*kept, *self.cleaned_data["certificates"]])}


class OfferForm(forms.Form):
    """Price and stock of a product or of one variant; they count at once."""

    heading = _("Price and stock")
    price = BahtField(
        label=_("Price in baht, VAT included"), error_messages={"required": _("Write the price, for example 120.")}
    )
    stock = CountField(
        label=_("Pieces in stock"),
        most=100_000,
        help_text=_("Everything that lies there, what is promised to buyers included."),
        error_messages={"required": _("Write how many pieces there are; 0 if there are none.")},
    )
    low = low_field()
    use_required_attribute = False


FORMS: dict[str, type[PartForm]] = {
    "texts": TextsForm,
    "category": CategoryForm,
    "origin": OriginForm,
    "certificates": CertificatesForm,
    "english": EnglishForm,
    "measures": MeasuresForm,
}
