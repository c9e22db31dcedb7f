"""Words that found nothing, and the synonyms that staff make of them."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.contrib import messages
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from search.analysis import head, normalize
from search.models import Sought, Synonym
from search.services import drop_synonym, keep_synonym
from shop.common import access, clock
from shop.common.access import Kind
from shop.common.forms import ThaiCharField
from shop.office.web import registry

_DAYS, _SHOWN = 30, 50


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
    """What was sought in vain in the last 30 days, and all synonyms; a word leads into the form with one tap."""
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
    since = clock.today() - dt.timedelta(days=_DAYS)
    vain = Sought.objects.filter(found=0, day__gte=since).values("words").annotate(times=Sum("times"), last=Max("day"))
    context = {
        "form": form,
        "vain": vain.order_by("-times", "words")[:_SHOWN],
        "synonyms": Synonym.objects.all(),
    }
    return render(request, "office/search_words.html", context, status=422 if form.errors else 200)


registry.register(
    registry.Entry(
        title=gettext_lazy("Words that are sought"),
        address=lambda: reverse("office_search:words"),
        kinds=frozenset({Kind.ADMINISTRATOR}),
    )
)
