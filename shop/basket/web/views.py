"""The basket's pages: HTML first; every act is a form that works without JavaScript.

With scripts (htmx) an act answers with what changed: the line, the sums, the words for those who listen. The page sends
along the mark of what it showed; when another tab has changed the basket since, the answer is the whole basket.
"""

from __future__ import annotations

from dataclasses import asdict, astuple
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import reswap, retarget, trigger_client_event
from django_htmx.middleware import HtmxDetails

from shop.basket import services
from shop.basket.models import Basket
from shop.basket.selectors import BasketView, LineView, piece_count
from shop.basket.services import Removed
from shop.basket.web.context import about, load, name_of, remember_destination
from shop.common import access
from shop.common.errors import MarketError
from shop.common.web.csrf import same_origin_ok
from shop.favourites.selectors import marks_of
from shop.theme import formats


class HtmxRequest(HttpRequest):
    """A request as django-htmx's middleware leaves it."""

    htmx: HtmxDetails


_UNDO = "market.basket.undo"
_IN_PLACE: Any = "innerHTML show:none"  # htmx knows the modifier, the types of django-htmx do not
_UNDO_SECONDS = 60 * 60


def _with_count(response: HttpResponse, count: int) -> HttpResponse:
    """Tells the page how many pieces the basket now holds (`theme/js/basket.js` writes it into the masthead)."""
    return trigger_client_event(response, "basket-count", {"count": count})


def _whole(request: HtmxRequest, view: BasketView, said: str = "", **more: Any) -> HttpResponse:
    """The whole basket anew, for a page that showed something else."""
    response = render(request, "basket/whole.html", {**about(request, view), "said": said, **more})
    response = reswap(retarget(response, "#basket"), _IN_PLACE)
    return _with_count(response, view.count)


def _stale(request: HtmxRequest, before: BasketView) -> bool:
    """True when another tab has changed what this page shows."""
    return request.POST.get("mark", "") != before.mark


@access.public
@require_GET
def summary(request: HtmxRequest) -> HttpResponse:
    """The basket, grouped by group; prices that changed are shown once and then remembered."""
    basket = services.current_basket(request)
    view = load(request)
    if basket is not None and view.has_price_changes:
        services.accept_prices(
            basket=basket, prices={line.pk: line.price_satang for line in view.lines if line.price_changed}
        )
    removed = _removed(request.GET.get("removed", ""))
    context = about(request, view)
    if removed is not None:
        context |= {"removed": removed, "undo": request.GET["removed"], "removed_text": _("One product is taken out.")}
    return render(request, "basket/summary.html", context)


@access.public
@same_origin_ok
@require_POST
def add(request: HtmxRequest, product_id: int) -> HttpResponse:
    """Adds a product (or the variant chosen in the form); says so, or why not."""
    chosen = request.POST.get("variant", "")
    wanted = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 12 else product_id
    try:
        quantity = services.read_quantity(request.POST.get("quantity", "1"))
        basket = _add(request, wanted, quantity)
    except MarketError as refusal:
        if request.htmx:
            return render(request, "basket/refused.html", {"text": refusal.text}, status=422)
        return _not_added(request, product_id, refusal.text)
    if request.htmx:
        count = piece_count(basket)
        return _with_count(render(request, "basket/added.html", {"count": count}), count)
    messages.success(request, _("Added to your basket."))
    return redirect("basket:summary")


def _add(request: HtmxRequest, product_id: int, quantity: int) -> Basket:
    click = request.POST.get("click", "").strip()
    basket, _none = services.in_open_basket(
        request,
        lambda basket: services.add_to_basket(basket=basket, product_id=product_id, quantity=quantity, click=click),
    )
    return basket


def _not_added(request: HtmxRequest, product_id: int, text: str) -> HttpResponse:
    """A page of its own, with what was typed: the page of the product is the same for everybody and cannot tell it."""
    context = {
        "text": text,
        "product_id": product_id,
        "variant": request.POST.get("variant", "")[:12],
        "quantity": request.POST.get("quantity", "1")[:10],
        "back": _back(request),
    }
    return render(request, "basket/not_added.html", context, status=422)


@access.public
@require_POST
def update(request: HtmxRequest, line_id: int) -> HttpResponse:
    """Sets the number of one line; the buttons − and + send the number they lead to."""
    basket, before = services.current_basket(request), load(request)
    typed = request.POST.get("step") or request.POST.get("quantity", "")
    if basket is None:
        return _gone(request, before)
    if typed.strip() == "0":
        return remove(request, line_id)
    try:
        services.set_quantity(basket=basket, line_id=line_id, quantity=typed)
    except MarketError as refusal:
        return _refused(request, before, line_id, refusal.text, typed)
    if not request.htmx:
        return redirect("basket:summary")
    view = load(request)
    line = view.line(line_id)
    if line is None or _stale(request, before):
        return _gone(request, view)
    said = _("%(title)s: %(pieces)s, %(sum)s. The goods in your basket: %(total)s.") % {
        "title": name_of(line),
        "pieces": line.quantity,
        **about_sums(line, view),
    }
    return _changed(request, view, line, said)


def about_sums(line: LineView, view: BasketView) -> dict[str, str]:
    """The sum of a line and of all goods, in words."""
    language = get_language() or "th"
    return {"sum": formats.baht(line.total_satang, language), "total": formats.baht(view.total_satang, language)}


def _changed(request: HtmxRequest, view: BasketView, line: LineView, said: str) -> HttpResponse:
    context = {**about(request, view), "line": line, "part": view.part_of(line.pk), "said": said}
    return _with_count(render(request, "basket/changed.html", context), view.count)


def _refused(request: HtmxRequest, view: BasketView, line_id: int, text: str, typed: str) -> HttpResponse:
    """What was typed stays and the reason stands at the line."""
    line = view.line(line_id)
    context = {**about(request, view), "error_line": line_id, "error": text, "typed": typed}
    if not request.htmx:
        return render(request, "basket/summary.html", context, status=422)
    if line is None:
        return _gone(request, view)
    if line in view.saved:
        response = _whole(request, view, text, error_line=line_id, error=text)
        response.status_code = 422
        return response
    return render(request, "basket/line.html", {**context, "line": line}, status=422)


def _gone(request: HtmxRequest, view: BasketView) -> HttpResponse:
    if not request.htmx:
        return redirect("basket:summary")
    return _whole(request, view, _("The basket was changed in another window. This is how it stands now."))


@access.public
@require_POST
def remove(request: HtmxRequest, line_id: int) -> HttpResponse:
    """Takes a line out of the basket, or out of what is kept for later; it can be undone."""
    before = load(request)
    line, part = before.line(line_id), before.part_of(line_id)
    saved = line is not None and line in before.saved
    basket = services.saved_basket(request) if saved else services.current_basket(request)
    try:
        removed = services.remove_line(basket=basket, line_id=line_id) if basket is not None else None
    except MarketError as refusal:
        return _refused(request, before, line_id, refusal.text, "")
    if removed is None or line is None:
        return _gone(request, load(request))
    undo_token = signing.dumps(astuple(removed), salt=_UNDO)
    if not request.htmx:
        return redirect(f"{reverse('basket:summary')}?{urlencode({'removed': undo_token})}")
    said = _("%(title)s is taken out.") % {"title": name_of(line)}
    return _taken_out(request, before, line, part, said, undo=undo_token)


def _taken_out(
    request: HtmxRequest, before: BasketView, line: LineView, part: Any, said: str, **more: Any
) -> HttpResponse:
    """A row with the way back stands where the line stood, and takes the focus."""
    view = load(request)
    if _stale(request, before):
        return _whole(request, view, said, **({"removed": True, "removed_text": said} | more if "undo" in more else {}))
    parts = {one.key: one for one in view.groups}
    changed = "kept_line" in more or line in before.saved
    context = {**about(request, view), "row": line, "said": said, "out_of": part, "saved_changed": changed, **more}
    if part is not None:
        context["part"] = parts.get(part.key)
    return _with_count(render(request, "basket/taken_out.html", context), view.count)


@access.public
@require_POST
def undo(request: HtmxRequest) -> HttpResponse:
    """Puts back what was taken out."""
    removed = _removed(request.POST.get("removed", ""))
    if removed is None:
        return _gone(request, load(request))
    try:
        if removed.kept:
            saved = services.saved_basket(request, create=True)
            assert saved is not None
            services.put_back(basket=saved, removed=removed)
        else:
            services.in_open_basket(request, lambda basket: services.put_back(basket=basket, removed=removed))
    except MarketError as refusal:
        return _tell(request, refusal.text)
    if not request.htmx:
        return redirect("basket:summary")
    view = load(request)
    lines = view.saved if removed.kept else view.lines
    line = next((one for one in lines if one.product_id == removed.product_id), None)
    said = _("It is kept for later again.") if removed.kept else _("It is back in your basket.")
    return _whole(request, view, said, focus=line.pk if line else None)


def _tell(request: HtmxRequest, text: str) -> HttpResponse:
    """A refusal that belongs to no line of the basket."""
    if request.htmx:
        response = render(request, "basket/refused.html", {"text": text}, status=422)
        return reswap(retarget(response, "#told"), "innerHTML")
    messages.error(request, text)
    return redirect("basket:summary")


def _removed(token: str) -> Removed | None:
    try:
        return Removed(*signing.loads(token, salt=_UNDO, max_age=_UNDO_SECONDS)) if token else None
    except (signing.BadSignature, TypeError):
        return None


@access.public
@require_POST
def later(request: HtmxRequest, line_id: int) -> HttpResponse:
    """Keeps a line for later instead of ordering it now."""
    before = load(request)
    line, part = before.line(line_id), before.part_of(line_id)
    basket = services.current_basket(request)
    if basket is None or line is None or line in before.saved:
        return _gone(request, before)
    saved = services.saved_basket(request, create=True)
    assert saved is not None
    try:
        kept = services.save_for_later(basket=basket, saved=saved, line_id=line_id)
    except MarketError as refusal:
        return _refused(request, before, line_id, refusal.text, "")
    said = _("%(title)s is kept for later.") % {"title": name_of(line)}
    if not request.htmx:
        messages.success(request, said)
        return redirect("basket:summary")
    undoable = line_id if kept == line_id else None  # what joined goods kept before cannot be told apart again
    return _taken_out(request, before, line, part, said, kept_line=undoable)


@access.public
@require_POST
def take_back(request: HtmxRequest, line_id: int) -> HttpResponse:
    """Moves a kept line into the basket; fewer pieces, or none, when fewer are left, and the reason is told."""
    saved, before = services.saved_basket(request), load(request)
    line = before.line(line_id)
    if saved is None or line is None:
        return _gone(request, before)
    basket = services.current_basket(request, create=True)
    assert basket is not None
    try:
        came = services.take_back(basket=basket, saved=saved, line_id=line_id)
    except MarketError as refusal:
        return _refused(request, before, line_id, refusal.text, "")
    said = _("It is back in your basket.")
    if came is not None and came < line.quantity:
        said = _("Only %(pieces)s came back into your basket: no more are left.") % {"pieces": came}
    if not request.htmx:
        messages.success(request, said)
        return redirect("basket:summary")
    view = load(request)
    now = next((one for one in view.lines if one.product_id == line.product_id), None)
    return _whole(request, view, said, focus=now.pk if now else None)


@access.public
@require_POST
def delivery(request: HtmxRequest) -> HttpResponse:
    """Remembers where to, by a postcode, so that the basket shows what sending costs."""
    text, error = request.POST.get("postcode", "")[:40], ""
    try:
        remember_destination(request, text)
    except MarketError as refusal:
        error = refusal.text
    view = load(request)
    context = {**about(request, view), "postcode_typed": text if error else "", "postcode_error": error}
    status = 422 if error else 200
    if request.htmx:
        return render(request, "basket/delivery.html", context, status=status)
    return render(request, "basket/summary.html", context, status=status) if error else redirect("basket:summary")


@access.public
@require_GET
def me(request: HtmxRequest) -> HttpResponse:
    """What only this visitor may see on a page made for everybody: count, name, form token, and asked for, their hearts."""
    has_basket = request.user.is_authenticated or services.cookie_basket_id(request) is not None
    count = piece_count(services.current_basket(request)) if has_basket else 0
    person: Any = request.user
    name = person.get_full_name() if person.is_authenticated else ""
    known = {"count": count, "name": name, "signed_in": request.user.is_authenticated, "token": get_token(request)}
    response = JsonResponse(known | (asdict(marks_of(request.user)) if "marks" in request.GET else {}))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _back(request: HtmxRequest) -> str:
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        return referer
    return reverse("basket:summary")
