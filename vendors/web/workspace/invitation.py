"""What the letter of an invitation leads to: sign in or sign up with that address, and accept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shop.common import access
from shop.common.errors import MarketError
from shop.people.services import has_address
from vendors import members
from vendors.models import Membership, Organisation
from vendors.services import accept_invitation, hash_of


@access.public
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """Shows who asks for what; accepting is a press of the person whom the letter reached."""
    found = members.invitation_of(hash_of(secret))
    if found is None:
        raise Http404("no such invitation")
    user: Any = request.user
    if user.is_authenticated and found.accepted_by_id == user.pk and _serves(user.pk, found.organisation):
        return _inside(found.organisation)
    refusal = ""
    if request.method == "POST" and user.is_authenticated:
        try:
            accept_invitation(secret=secret, user=user)
            messages.success(request, _("Welcome. You serve this organisation from now on."))
            return _inside(found.organisation)
        except MarketError as error:
            refusal = error.text
    over = found.is_settled or members.is_over(found)
    back = urlencode({"next": request.path})
    context = {
        "invitation": found,
        "organisation": found.organisation,
        "over": over,
        "refusal": refusal,
        "fits": user.is_authenticated and has_address(user=user, email=found.email),
        "links": {name: f"{reverse(f'account_{name}')}?{back}" for name in ("login", "signup", "logout", "email")},
    }
    status = 410 if over else 422 if request.method == "POST" else 200
    return render(request, "workspace/invitation.html", context, status=status)


def _serves(user: int, organisation: Organisation) -> bool:
    return Membership.objects.filter(user_id=user, organisation=organisation).exists()


def _inside(organisation: Organisation) -> HttpResponse:
    if organisation.kind == Organisation.Kind.OFFICE:
        return redirect("customer:summary")  # the account leads on: officers to the office, editors to their desk
    return redirect("workspace:desk", organisation.slug)
