"""Words that found nothing, the synonyms that staff make of them, and goods that stand higher for some days."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalogue.models import Product
from catalogue.shelves import shelves
from search.analysis import head, normalize
from search.models import Boost, Synonym
from search.selectors import sought_in_vain
from search.services import drop_boost, drop_synonym, keep_boost, keep_synonym
from shop.common import access, clock
from shop.common.access import Kind
from shop.common.forms import ThaiCharField, ThaiDateField
from shop.office.web import registry

_SHOWN = 50
_GOOD = re.compile(r"_([0-9]{1,12})/?$")


class SynonymForm(forms.Form):
    """One synonym: both sides must hold a letter or a figure."""

    word = ThaiCharField(label=gettext_lazy("What is typed"), max_length=80)
    means = ThaiCharField(label=gettext_lazy("Is found as well (several with commas between them)"), max_length=300)
    both_ways = forms.BooleanField(label=gettext_lazy("The other way round too"), required=False)

    def clean_word(self) -> str:
        return self._said("word")

    def clean_means(self) -> str:
        return self._said("means")

    def _said(self, name: str) -> str:
        text = str(self.cleaned_data[name])
        if not head(normalize(text)):
            raise forms.ValidationError(_("Write at least one word."))
        return text


@access.administrators
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """What was sought in vain in the last 30 days, more than once or twice, and all synonyms; a word leads into the form with one tap."""
    form = SynonymForm(initial={"word": request.GET.get("word", "")[:80], "both_ways": True})
    if request.method == "POST" and request.POST.get("drop", "").isdigit():
        drop_synonym(key=int(request.POST["drop"][:18]))
        messages.success(request, _("Removed. The next search no longer knows it."))
        return redirect("office_search:words")
    if request.method == "POST":
        form = SynonymForm(request.POST)
        if form.is_valid():
            keep_synonym(**form.cleaned_data)
            messages.success(request, _("Saved. The next search knows it."))
            return redirect("office_search:words")
    context = {"form": form, "vain": sought_in_vain(), "synonyms": Synonym.objects.all()}
    return render(request, "office/search_words.html", context, status=422 if form.errors else 200)


class BoostForm(forms.Form):
    """Goods that stand higher for some days: one good by its code or the address of its page, or a category."""

    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    good = ThaiCharField(
        label=gettext_lazy("Or one good: its code, or the address of its page"), max_length=300, required=False
    )
    points = forms.IntegerField(label=gettext_lazy("Points (a word in the name counts 9)"), min_value=1, max_value=50)
    first_day = ThaiDateField(label=gettext_lazy("From"))
    last_day = ThaiDateField(label=gettext_lazy("Until"))
    note = ThaiCharField(label=gettext_lazy("Why (season, fair)"), max_length=160, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "th"
        names = [(str(shelf.pk), f"{'– ' * (shelf.depth - 1)}{shelf.name(language)}") for shelf in shelves().values()]
        self.fields["category"].choices = [("", "—"), *names]  # type: ignore[attr-defined]

    def clean_good(self) -> Product | None:
        text = str(self.cleaned_data["good"])
        if not text:
            return None
        address = _GOOD.search(text)
        rows = Product.objects.filter(is_public=True).exclude(structure=Product.CHILD)
        product = rows.filter(pk=address[1]).first() if address else rows.filter(public_code=text.upper()).first()
        if product is None:
            raise forms.ValidationError(_("No good on the market has this code or address."))
        return product

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "good" in found and bool(found.get("category")) == bool(found["good"]):
            self.add_error("category", _("Choose a category, or name one good."))
        first, last = found.get("first_day"), found.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        return found

    def boost(self) -> Boost:
        """What the form says."""
        found = self.cleaned_data
        names = ("points", "first_day", "last_day", "note")
        return Boost(
            product=found["good"],
            category_id=int(found["category"]) if found["category"] else None,
            **{name: found[name] for name in names},
        )


@access.administrators
@require_http_methods(["GET", "POST"])
def boosts(request: HttpRequest) -> HttpResponse:
    """What stands higher, today and on other days; the last day first."""
    form = BoostForm(initial={"points": 3, "first_day": clock.today()})
    if request.method == "POST" and request.POST.get("drop", "").isdigit():
        drop_boost(key=int(request.POST["drop"][:18]))
        messages.success(request, _("Removed. The next search no longer knows it."))
        return redirect("office_search:boosts")
    if request.method == "POST":
        form = BoostForm(request.POST)
        if form.is_valid():
            keep_boost(boost=form.boost())
            messages.success(request, _("Saved. The next search knows it."))
            return redirect("office_search:boosts")
    rows = Boost.objects.select_related("product", "category")[:_SHOWN]
    today = clock.today()
    told = [(row, row.first_day <= today <= row.last_day) for row in rows]
    return render(
        request, "office/search_boosts.html", {"form": form, "boosts": told}, status=422 if form.errors else 200
    )


registry.register(
    registry.Entry(
        title=gettext_lazy("What stands higher in search"),
        address=lambda: reverse("office_search:boosts"),
        kinds=frozenset({Kind.ADMINISTRATOR}),
    )
)
registry.register(
    registry.Entry(
        title=gettext_lazy("Words that are sought"),
        address=lambda: reverse("office_search:words"),
        kinds=frozenset({Kind.ADMINISTRATOR}),
    )
)
