"""The pictures of one product: add several at once, order, words, the point that stays in sight, remove."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from catalogue.errors import CatalogueError
from catalogue.models import Product, ProductPicture
from catalogue.policies import product_or_404
from catalogue.services import add_picture, describe_picture, move_picture, remove_picture
from catalogue.services.pictures import MOST
from catalogue.web.workspace import photos
from catalogue.web.workspace.goods_forms import ACCEPTED
from catalogue.web.workspace.views import writing_or_404
from media.errors import PictureRefused
from media.services import MEGABYTES
from shop.common import access
from shop.common.forms import CountField, ThaiCharField


class PictureForm(forms.Form):
    """What stands beside one picture."""

    alt_th = ThaiCharField(
        label=gettext_lazy("What is seen on it"),
        help_text=gettext_lazy("Read out to people who cannot see the picture."),
        max_length=200,
        required=False,
    )
    alt_en = ThaiCharField(label=gettext_lazy("What is seen on it (English)"), max_length=200, required=False)
    focus_x = CountField(label=gettext_lazy("From the left (percent)"), most=100, required=False)
    focus_y = CountField(label=gettext_lazy("From the top (percent)"), most=100, required=False)
    use_required_attribute = False

    @property
    def focus(self) -> tuple[int, int] | None:
        """The point, when both numbers are there."""
        x, y = self.cleaned_data["focus_x"], self.cleaned_data["focus_y"]
        return (x, y) if x is not None and y is not None else None


@access.members()
@require_http_methods(["GET", "POST"])
def pictures(request: HttpRequest, workspace: str, pk: int) -> HttpResponse:
    """All pictures of a product, each with its form."""
    organisation = writing_or_404(request, workspace)
    product = product_or_404(organisation, pk)
    errors: list[str] = []
    failed: PictureForm | None = None
    if request.method == "POST":
        if request.POST.get("act") == "add":
            errors = _add(request, product)
        else:
            failed = _change(request, product)
        if not errors and failed is None:
            return redirect("workspace_goods:pictures", organisation.slug, product.pk)
    rows = list(product.pictures.select_related("picture"))
    context = {
        "organisation": organisation,
        "product": product,
        "rows": [(row, _form_of(row, failed)) for row in rows],
        "errors": errors,
        "accepted": ACCEPTED,
        "megabytes": MEGABYTES,
        "most": MOST,
        "full": len(rows) >= MOST,
    }
    return render(request, "workspace_goods/pictures.html", context, status=422 if errors or failed else 200)


def _form_of(row: ProductPicture, failed: PictureForm | None) -> PictureForm:
    if failed is not None and failed.prefix == f"p{row.pk}":
        return failed
    names = ("alt_th", "alt_en", "focus_x", "focus_y")
    return PictureForm(prefix=f"p{row.pk}", initial={name: getattr(row, name) for name in names})


def _add(request: HttpRequest, product: Product) -> list[str]:
    """Every file that can become a picture; why not, for each of the others."""
    refused: list[str] = []
    files: list[Any] = request.FILES.getlist("photo")[:MOST]
    if not files:
        return [_("Choose a photo.")]
    for file in files:
        try:
            add_picture(product=product, picture=photos.store(request, file), alt_th=product.title, by=request.user)
        except (PictureRefused, CatalogueError) as refusal:
            refused.append(refusal.text)
    return refused


def _change(request: HttpRequest, product: Product) -> PictureForm | None:
    """One act on one picture of this product; the form when it is not in order."""
    key = request.POST.get("picture", "")
    row = product.pictures.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 18 else None
    if row is None:
        raise Http404("no such picture of this product")
    act = request.POST.get("act", "")
    if act in ("first", "forward"):
        move_picture(row=row, first=act == "first", by=request.user)
    elif act == "remove":
        remove_picture(row=row, by=request.user)
        messages.success(request, _("The picture is removed."))
    else:
        form = PictureForm(request.POST, prefix=f"p{row.pk}")
        if not form.is_valid():
            return form
        data = form.cleaned_data
        try:
            describe_picture(row=row, alt_th=data["alt_th"], alt_en=data["alt_en"], focus=form.focus, by=request.user)
        except CatalogueError as refusal:
            messages.error(request, refusal.text)
        else:
            messages.success(request, _("Saved."))
    return None
