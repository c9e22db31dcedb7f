"""Fairs for a group: which are open, one page to apply on a phone, the answer, and a way back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms import services
from cms.fair_errors import AppliedAlready
from cms.fair_pages import own_days
from cms.fair_policies import group_or_404
from cms.fair_selectors import Row, fairs_for_group, goods_to_bring, kinds_of, open_to, row_for_group, steps_of
from cms.models import BoothApplication, BoothKind, Fair
from shop.common import access
from shop.common.errors import MarketError
from shop.common.forms import ThaiCharField, ThaiPhoneField
from shop.theme.formats import baht, local
from vendors.errors import NotYours
from vendors.models import Organisation
from vendors.policies import Right
from vendors.web.workspace import registry

_MOST_GOODS = 200
State = Organisation.State


def kind_words(kind: BoothKind, language: str) -> str:
    """What an applicant wants to know of a kind: size, power, cold, price."""
    parts = [local(kind, "name_th", language), kind.size]
    parts += [str(_("with electricity"))] if kind.has_power else []
    parts += [str(_("with a cold cabinet"))] if kind.is_cold else []
    parts.append(baht(kind.price_satang, language) if kind.price_satang else str(_("free of charge")))
    return " · ".join(part for part in parts if part)


class BoothForm(forms.Form):
    """What a group wants and brings."""

    kind = forms.ChoiceField(label=gettext_lazy("Which booth?"), widget=forms.RadioSelect)
    goods = forms.MultipleChoiceField(
        label=gettext_lazy("What will you bring?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = ThaiCharField(
        label=gettext_lazy("Anything else that you bring or need"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    contact_name = ThaiCharField(label=gettext_lazy("Who comes and looks after the booth?"), max_length=120)
    contact_phone = ThaiPhoneField(label=gettext_lazy("Phone"))
    use_required_attribute = False

    def __init__(self, data: Any, *, group: Organisation, row: Row, language: str) -> None:
        open_ = row.application if row.application is not None and row.application.is_open else None
        super().__init__(data, initial=_initial(group, open_))
        self.fields["words"].help_text = _(
            "For example a demonstration, or a place for a stove. Only the office and your group read it."
        )
        self.fields["goods"].help_text = _("Visitors see them on the fair's page with today's prices.")
        goods = goods_to_bring(group)[:_MOST_GOODS]
        self.fields["goods"].choices = [(product.pk, local(product, "title", language)) for product in goods]  # type: ignore[attr-defined]
        if not self.fields["goods"].choices:  # type: ignore[attr-defined]
            del self.fields["goods"]
        if open_ is not None:
            del self.fields["kind"]
        else:
            kinds = list(kinds_of(row.fair))
            self.fields["kind"].choices = [(kind.pk, kind_words(kind, language)) for kind in kinds]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, Any]:
        """As the services take it."""
        data = self.cleaned_data
        found = {name: data[name] for name in ("words", "contact_name", "contact_phone")}
        return {**found, "goods": [int(key) for key in data.get("goods", [])]}


def _initial(group: Organisation, application: BoothApplication | None) -> dict[str, Any]:
    if application is None:
        return {"contact_name": group.contact_name, "contact_phone": group.phone}
    return {
        "words": application.words,
        "contact_name": application.contact_name,
        "contact_phone": application.contact_phone,
        "goods": [str(key) for key in application.products.values_list("pk", flat=True)],
    }


def _row_or_404(group: Organisation, slug: str) -> Row:
    row = row_for_group(group, slug)
    if row is None:
        raise Http404("no fair for this group")
    return row


@access.members()
@require_GET
def index(request: HttpRequest, workspace: str) -> HttpResponse:
    """Fairs that invite the group, and those it has applied to."""
    group = group_or_404(request.user, workspace)
    language = get_language() or "th"
    rows = [{"row": row, "days": own_days(row.fair, language)} for row in fairs_for_group(group)]
    return render(request, "workspace_fairs/index.html", {"organisation": group, "rows": rows})


@access.members()
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, workspace: str, slug: str) -> HttpResponse:
    """One fair: the form to apply, or the answer and what may still be changed."""
    group = group_or_404(request.user, workspace)
    row, language = _row_or_404(group, slug), get_language() or "th"
    form = BoothForm(request.POST if request.method == "POST" else None, group=group, row=row, language=language)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, group, row, form)
        except AppliedAlready as refusal:  # sent twice
            messages.info(request, refusal.text)
            return redirect("workspace_fairs:detail", workspace, slug)
        except NotYours as refusal:
            raise Http404("not yours any more") from refusal
        except MarketError as refusal:
            form.add_error(None, refusal.text)
        else:
            return redirect("workspace_fairs:detail", workspace, slug)
    application = row.application
    context = {
        "organisation": group,
        "fair": row.fair,
        "phase": row.fair.phase.value,
        "days": own_days(row.fair, language),
        "row": row,
        "application": application,
        "kind": kind_words(application.kind, language) if application else "",
        "steps": steps_of(application) if application else [],
        "form": form,
        "may_apply": row.may_apply and group.is_selling,
        "may_change": _may_change(row),
    }
    return render(request, "workspace_fairs/detail.html", context, status=422 if form.errors else 200)


def _may_change(row: Row) -> bool:
    over = row.fair.phase in (Fair.Phase.PAST, Fair.Phase.CANCELLED)
    return row.application is not None and row.application.is_open and not over


def _save(request: HttpRequest, group: Organisation, row: Row, form: BoothForm) -> None:
    if row.application is not None and row.application.is_open:
        services.change_application(application=row.application, by=request.user, **form.wanted)
        messages.success(request, _("Saved. The office sees it."))
        return
    kind_id = int(form.cleaned_data["kind"])
    services.apply_for_booth(fair=row.fair, group=group, kind_id=kind_id, by=request.user, **form.wanted)
    messages.success(request, _("Your application has arrived. We write to you as soon as the office has decided."))


@access.members()
@require_POST
def withdraw(request: HttpRequest, workspace: str, slug: str) -> HttpResponse:
    """The group does not come."""
    group = group_or_404(request.user, workspace)
    row = _row_or_404(group, slug)
    if row.application is None:
        raise Http404("nothing to withdraw")
    try:
        services.withdraw_application(application=row.application, by=request.user)
        messages.success(request, _("Withdrawn. The office knows that you do not come."))
    except NotYours as refusal:
        raise Http404("not yours any more") from refusal
    except MarketError as refusal:
        messages.error(request, refusal.text)
    return redirect("workspace_fairs:detail", workspace, slug)


def _to_apply(group: Organisation) -> list[registry.Todo]:
    """Fairs that take applications today and have none of the group."""
    open_ = open_to(group)
    if not open_:
        return []
    name = local(open_[0], "name_th", get_language() or "th")
    words = ngettext("fair that you can apply to", "fairs that you can apply to", len(open_))
    url = reverse("workspace_fairs:index", args=[group.slug])
    return [registry.Todo(len(open_), words, url, _("Look at the fairs"), name)]


def _goes(organisation: Organisation) -> bool:
    return organisation.kind == Organisation.Kind.GROUP and organisation.state in (State.APPROVED, State.SUSPENDED)


registry.register(
    registry.Entry(
        title=gettext_lazy("Fairs"),
        address=lambda organisation: reverse("workspace_fairs:index", args=[organisation.slug]),
        is_for=_goes,
        right=Right.LIST,
        position=45,
    )
)
registry.register_card(
    registry.Card(
        read=_to_apply,
        is_for=lambda organisation: bool(organisation.is_selling),
        right=Right.LIST,
        position=70,
    )
)
