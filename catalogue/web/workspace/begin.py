"""A new product in two minutes: one page on the phone, kept while it is typed, saved as a draft or put on the market."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalogue.errors import GoodsForbidden, TextMissing
from catalogue.models import Category, GoodsDraft, Product
from catalogue.services import forget_draft, keep_draft, new_code
from catalogue.web.workspace import photos
from catalogue.web.workspace.goods_forms import NewProductForm, Papers, initial_from, typed_of
from catalogue.web.workspace.views import writing_or_404
from media.errors import PictureRefused
from media.models import Picture
from media.selectors import picture_url
from shop.common import access
from shop.common.errors import MarketError
from shop.partner.errors import AlreadyListed, GroupNotApproved
from shop.partner.listing import Listing, list_product
from vendors.models import Organisation

_FIELD_OF: dict[type[MarketError], str] = {
    TextMissing: "title",
    GoodsForbidden: "title",
    GroupNotApproved: "price",
}


@dataclass
class _Desk:
    """One member's form: whose it is, which product it will become, and the photo so far."""

    organisation: Organisation
    code: str
    draft: GoodsDraft | None
    picture: Picture | None
    earlier: Product | None = None
    """What this form made before, when it now says something else."""


def _desk(request: HttpRequest, workspace: str) -> _Desk:
    organisation = writing_or_404(request, workspace)
    drafts = GoodsDraft.objects.select_related("picture")
    draft = drafts.filter(group=organisation, by=request.user.pk).first()
    code = _code(organisation, request.POST.get("code", "")) or (draft.code if draft else new_code())
    sent = photos.marked(request, request.POST.get("kept", "")) if request.method == "POST" else None
    known = draft.picture if draft is not None and draft.code == code else None
    return _Desk(organisation, code, draft, sent or known)


def _signer(organisation: Organisation) -> signing.Signer:
    """One group's codes: another group's form does not take them."""
    return signing.Signer(salt=f"catalogue.new-code.{organisation.pk}")


def _code(organisation: Organisation, signed: str) -> str:
    try:
        return _signer(organisation).unsign(signed)
    except signing.BadSignature:
        return ""


@access.members()
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, workspace: str) -> HttpResponse:
    """The short form. Sent twice it makes one product; what is refused comes back as it was typed."""
    desk = _desk(request, workspace)
    if request.POST.get("act") == "forget":
        forget_draft(group=desk.organisation, by=request.user)
        return redirect("workspace_goods:new", desk.organisation.slug)
    papers = Papers(desk.organisation)
    if request.method != "POST":
        form = NewProductForm(papers=papers, initial=initial_from(desk.draft.typed if desk.draft else {}))
        return _page(request, desk, form, papers)
    form = NewProductForm(request.POST, request.FILES, papers=papers)
    try:
        desk.picture = photos.receive(request, "camera", "photo") or desk.picture
    except PictureRefused as refusal:
        form.add_error("photo", refusal.text)
    made = _save(request, desk, form) if form.is_valid() else None
    if made is not None:
        return redirect("workspace_goods:product", desk.organisation.slug, made.pk)
    return _page(request, desk, form, papers)


def _page(request: HttpRequest, desk: _Desk, form: NewProductForm, papers: Papers) -> HttpResponse:
    context = {
        "organisation": desk.organisation,
        "form": form,
        "papers": papers,
        "code": _signer(desk.organisation).sign(desk.code),
        "key": desk.code,
        "kept": photos.mark_of(request, desk.picture),
        "picture": desk.picture,
        "draft": desk.draft,
        "earlier": desk.earlier,
        "units": _UNITS,
    }
    return render(request, "workspace_goods/new.html", context, status=422 if form.errors else 200)


_UNITS = ("ถุง", "ขวด", "กระปุก", "กล่อง", "ชิ้น", "ใบ", "ผืน", "ตัว", "กิโลกรัม", "แพ็ก")


def _save(request: HttpRequest, desk: _Desk, form: NewProductForm) -> Product | None:
    """Makes the product; None when the form says why not."""
    data, publish = form.cleaned_data, request.POST.get("act") == "publish"
    category = form.chosen_category()
    listing = Listing(
        code=desk.code,
        title_th=data["title"],
        category=category,
        price_satang=data["price"],
        in_stock=data["stock"],
        unit_th=data["unit"],
        weight_g=data["weight"],
        is_prepacked_processed=category.gating_applies_to == Category.Gate.PREPACKAGED,
        is_fertiliser_or_seed=category.gating_applies_to == Category.Gate.INPUTS,
        certificates=data["certificates"],
        picture=desk.picture,
    )
    try:
        product, missing = list_product(group=desk.organisation, listing=listing, publish=publish, by=request.user)
    except AlreadyListed as refusal:
        form.add_error(None, refusal.text)
        desk.earlier, desk.code = refusal.facts["product"], new_code()
        return None
    except MarketError as refusal:
        form.add_error(_FIELD_OF.get(type(refusal)), refusal.text)
        return None
    _tell(request, product, publish=publish, missing=missing)
    return product


def _tell(request: HttpRequest, product: Product, *, publish: bool, missing: str) -> None:
    if missing:
        messages.warning(request, _("Saved as a draft.") + " " + missing)
    elif publish:
        messages.success(request, _("Published. Below you see whether it is on sale, and what it still needs."))
    else:
        messages.success(request, _("Saved as a draft. Publish it when you are ready."))


@access.members()
@require_POST
def keep(request: HttpRequest, workspace: str) -> HttpResponse:
    """The form while it is being typed, sent by the page's script; answers nothing but that it is kept."""
    desk = _desk(request, workspace)
    code = _code(desk.organisation, request.POST.get("code", ""))
    if not code or Product.objects.filter(group=desk.organisation, public_code=code).exists():
        return HttpResponse(status=409)
    try:
        kept = keep_draft(group=desk.organisation, by=request.user, code=code, typed=typed_of(request.POST))
    except DatabaseError:  # two windows began at the same moment; the next keeping finds the other's row
        kept = None
    return HttpResponse(status=204 if kept is not None else 409)


@access.members()
@require_POST
def photo(request: HttpRequest, workspace: str) -> HttpResponse:
    """A photo sent ahead of the form, with its progress shown; answers where to see it and a mark to send back."""
    desk = _desk(request, workspace)
    try:
        picture = photos.receive(request, "camera", "photo")
    except PictureRefused as refusal:
        return JsonResponse({"error": refusal.text}, status=422)
    if picture is None:
        return JsonResponse({"error": _("Choose a photo.")}, status=422)
    code = _code(desk.organisation, request.POST.get("code", ""))
    if code and not Product.objects.filter(group=desk.organisation, public_code=code).exists():
        keep_draft(group=desk.organisation, by=request.user, code=code, typed={}, picture=picture)
    answer: dict[str, Any] = {"kept": photos.mark_of(request, picture), "url": picture_url(picture.name, 320, "jpg")}
    return JsonResponse(answer)
