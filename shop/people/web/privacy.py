"""The person's rights over their data: consents, a copy of everything, and the end of the account."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shop.common import access
from shop.common.errors import MarketError
from shop.common.web.limits import within
from shop.people import consents, copying, leaving
from shop.people.errors import TooManyTries
from shop.people.models import User

_HOUR, _QUARTER = 60 * 60, 15 * 60
_COPIES, _TRIES = 6, 5


@access.signed_in
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What was agreed to, and the ways to a copy and to the end."""
    user = cast(User, request.user)  # signed in: declared above
    return render(request, "account_pages/privacy.html", {"answers": consents.answers_of(user)})


@access.signed_in
@require_POST
def answer_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """A "yes" or a "no" to one purpose; it counts from this moment."""
    if purpose not in consents.PURPOSES:
        raise Http404("no such purpose")
    given = request.POST.get("given") == "yes"
    user = cast(User, request.user)  # signed in: declared above
    consents.answer(user=user, code=purpose, given=given, language=get_language() or "th")
    messages.success(request, _("Thank you. We noted your consent.") if given else _("Withdrawn. It counts at once."))
    return redirect("customer:privacy")


@access.signed_in
@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about the person, in one file."""
    if not within(request, "copy", most=_COPIES, seconds=_HOUR):
        messages.error(request, _("You have just downloaded your data several times. Please try again in an hour."))
        return redirect("customer:privacy")
    content = copying.as_zip(copying.collect(user=cast(User, request.user)))
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="talat-ruam-my-data.zip"'
    return response


@access.signed_in
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Explains what goes and what stays, and deletes the account when the person confirms with the password."""
    user = cast(User, request.user)  # signed in: declared above
    refusal = ""
    if request.method == "POST":
        try:
            if not within(request, "delete-account", most=_TRIES, seconds=_QUARTER):
                raise TooManyTries
            leaving.delete_account(user=user, word=request.POST.get("word", ""), language=get_language() or "th")
            logout(request)
            return redirect("customer:left")
        except MarketError as error:
            refusal = error.text
    context = {
        "refusal": refusal,
        "obstacles": leaving.obstacles(user=user),
        "by_password": user.has_usable_password(),
    }
    return render(request, "account_pages/delete.html", context, status=422 if refusal else 200)


@access.public
@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """The last page of an account that was deleted."""
    return render(request, "account_pages/left.html")
