"""The account: own orders, addresses and profile."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shop.checkout.web.area_picker import picked_data, picker_context, picker_step
from shop.checkout.web.forms import AddressForm
from shop.common import access
from shop.fulfilment.selectors import purchase_state
from shop.order.selectors import orders_of, with_parts
from shop.people import addresses, services
from shop.people.address.models import UserAddress
from shop.people.models import User
from shop.people.web.forms import ProfileForm

_PER_PAGE = 15


@access.signed_in
@require_GET
def summary(request: HttpRequest) -> HttpResponse:
    """The account's first page: the newest orders and the ways on."""
    newest = list(with_parts(orders_of(request.user))[:3])
    rows = [(order, purchase_state(order)) for order in newest]
    return render(request, "account_pages/summary.html", {"rows": rows, "kinds": access.kinds_of(request.user)})


@access.signed_in
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """All purchases, newest first."""
    page = Paginator(with_parts(orders_of(request.user)), _PER_PAGE).get_page(request.GET.get("page", "1"))
    rows = [(order, purchase_state(order)) for order in page.object_list]
    return render(request, "account_pages/orders.html", {"page": page, "rows": rows})


@access.signed_in
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, phone, language."""
    user = cast(User, request.user)  # signed in: declared above
    initial = {"display_name": user.display_name, "phone": user.phone, "preferred_language": user.preferred_language}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.update_profile(user=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("customer:summary")
    return render(request, "account_pages/profile.html", {"form": form}, status=422 if form.errors else 200)


@access.signed_in
@require_GET
def address_list(request: HttpRequest) -> HttpResponse:
    """The address book."""
    return render(request, "account_pages/addresses.html", {"entries": addresses.saved_for(request.user)})


@access.signed_in
@require_http_methods(["GET", "POST"])
def address_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One address, new or known; somebody else's is not there."""
    entry = _own(request, pk) if pk else UserAddress()
    if request.method == "POST" and picker_step(request.POST):
        form = AddressForm(initial=picked_data(request.POST), needs_email=False)
    elif request.method == "POST":
        form = AddressForm(request.POST, needs_email=False)
        if form.is_valid():
            addresses.save(user=request.user, address=form.address(), entry=entry)
            messages.success(request, _("The address is saved."))
            return redirect("customer:address-list")
    else:
        form = AddressForm(initial=addresses.as_initial(entry) if pk else {}, needs_email=False)
    context = {"form": form, "entry": entry, **picker_context(form, request.POST)}
    return render(request, "account_pages/address.html", context, status=422 if form.errors else 200)


@access.signed_in
@require_POST
def address_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an address out of the book; placed orders keep their own copy."""
    _own(request, pk).delete()
    messages.success(request, _("The address is deleted."))
    return redirect("customer:address-list")


def _own(request: HttpRequest, pk: int) -> UserAddress:
    entry = UserAddress.objects.filter(user=request.user, pk=pk).first()
    if entry is None:
        raise Http404("no such address")
    return entry
