"""The address book of the account."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shop.checkout.web.area_picker import picked_data, picker_context, picker_step
from shop.checkout.web.forms import AddressForm
from shop.common import access
from shop.people import addresses
from shop.people.address.models import UserAddress


@access.signed_in
@require_GET
def address_list(request: HttpRequest) -> HttpResponse:
    """The address book, the usual address first."""
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
    addresses.delete(entry=_own(request, pk))
    messages.success(request, _("The address is deleted."))
    return redirect("customer:address-list")


@access.signed_in
@require_POST
def address_usual(request: HttpRequest, pk: int) -> HttpResponse:
    """This address is offered first when ordering."""
    addresses.make_usual(entry=_own(request, pk))
    messages.success(request, _("This address is now offered first."))
    return redirect("customer:address-list")


def _own(request: HttpRequest, pk: int) -> UserAddress:
    entry = UserAddress.objects.filter(user=request.user, pk=pk).first()
    if entry is None:
        raise Http404("no such address")
    return entry
