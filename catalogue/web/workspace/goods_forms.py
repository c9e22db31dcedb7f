"""The short form of a new product, and what its fields understand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue import shelves
from catalogue.models import Category, Product, ProductCertificate
from media.services import MEGABYTES
from shop.common import clock
from shop.common.forms import BahtField, CountField, GramsField, ThaiCharField
from shop.theme import formats
from vendors.certificates import Standing, days_left, standing
from vendors.models import Certificate, Organisation
from vendors.selectors import papers_of

ACCEPTED = "image/jpeg,image/png,image/webp"
_NOT_OFFERED = frozenset({Certificate.State.REVOKED, Certificate.State.WITHDRAWN})


def category_choices() -> list[tuple[str, str]]:
    """The categories in the market's order, from what is kept."""
    language = get_language() or "th"
    return [("", str(_("Choose …"))), *((str(one.pk), one.name(language)) for one in shelves.shelves().values())]


class Papers:
    """A group's certificates as a form offers them: those of the whole group count anyway, others are chosen."""

    def __init__(self, organisation: Organisation, product: Product | None = None) -> None:
        day = clock.today()
        links = ProductCertificate.objects.filter(certificate=OuterRef("pk"), product=product.pk if product else 0)
        found = papers_of(organisation, day).annotate(is_linked=Exists(links))
        rows = [row for row in found if row.state not in _NOT_OFFERED]
        rows = [row for row in rows if standing(row, day) is not Standing.EXPIRED]
        self.whole = [self._told(row) for row in rows if row.scope == Certificate.Scope.GROUP]
        self.named = [self._told(row) for row in rows if row.is_linked and row.scope != Certificate.Scope.GROUP]
        self.choices = [(str(row.pk), self._told(row)) for row in rows if row.scope != Certificate.Scope.GROUP]

    def _told(self, row: Certificate) -> str:
        language = "en" if (get_language() or "th").startswith("en") else "th"
        short = row.scheme.short_en if language == "en" else row.scheme.short_th
        words = f"{short} {row.bare_number}"
        now = standing(row, clock.today())
        if now is not Standing.IN_FORCE:
            return f"{words} · {now.label}"
        if row.expires_on is not None and days_left(row, clock.today()) is not None:
            return f"{words} · {_('until %(day)s') % {'day': formats.date(row.expires_on, language)}}"
        return words


def low_field() -> CountField:
    """With so few pieces left the group is told on its desk."""
    return CountField(
        label=_("Tell us when so few are left"),
        most=100_000,
        required=False,
        help_text=_("Empty: when 3 are left. It shows on the page “Today”."),
    )


class NewProductForm(forms.Form):
    """A product in two minutes: what a draft needs is name and category; the rest may come later."""

    camera = forms.FileField(
        label=_("Take a photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment", "data-photo": ""}),
    )
    photo = forms.FileField(
        label=_("Choose a photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-photo": ""}),
    )
    title = ThaiCharField(label=_("Name of the product"), max_length=255)
    category = forms.ChoiceField(label=_("Category"), error_messages={"required": _("Choose the category.")})
    price = BahtField(label=_("Price in baht, VAT included"), required=False)
    unit = ThaiCharField(
        label=_("Sold by the"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )
    weight = GramsField(
        label=_("Weight with packing (grams)"), least=1, most=200_000, required=False,
    )  # fmt: skip
    stock = CountField(label=_("Pieces in stock"), most=100_000, required=False)
    certificates = forms.TypedMultipleChoiceField(
        label=_("Certificates of this product"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    use_required_attribute = False  # a draft may be sent half filled; the server says what is missing

    def __init__(self, *args: Any, papers: Papers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category: Any = self.fields["category"]
        category.choices = category_choices()
        covers: Any = self.fields["certificates"]
        covers.choices = papers.choices
        words = _("JPEG, PNG or WebP, up to %(megabytes)s MB; your phone makes larger ones smaller.")
        self.fields["photo"].help_text = words % {"megabytes": MEGABYTES}  # in the reader's language, not the server's

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("stock") and data.get("price") is None and "price" not in self.errors:
            self.add_error("price", _("Write the price too: pieces are kept together with it."))
        return data

    def chosen_category(self) -> Category:
        """The category, once the form is valid."""
        return Category.objects.get(pk=int(self.cleaned_data["category"]))


TYPED = ("title", "category", "price", "unit", "weight", "stock", "certificates")
"""What a begun product keeps of the form."""


def typed_of(post: Any) -> dict[str, str]:
    """The raw words of the form, to be shown again as they were typed."""
    return {name: ",".join(post.getlist(name)) if name == "certificates" else post.get(name, "") for name in TYPED}


def initial_from(typed: dict[str, str]) -> dict[str, Any]:
    """The form as it was left."""
    initial: dict[str, Any] = {name: typed.get(name, "") for name in TYPED}
    initial["certificates"] = [pk for pk in typed.get("certificates", "").split(",") if pk]
    return initial
