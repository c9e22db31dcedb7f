"""Hearts and followed groups. A button of a cached page names what it wants (`add`, `remove`), so a second click changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shop.common import access
from shop.common.errors import MarketError
from shop.common.web.csrf import same_origin_ok
from shop.common.web.limits import within
from shop.favourites import selectors, services
from shop.favourites.errors import TooFast
from shop.favourites.subscribers import WAITING

_PER_PAGE = 24
_MOST, _WINDOW = 200, 10 * 60


@access.signed_in
@require_GET
def favourites(request: HttpRequest) -> HttpResponse:
    """The goods with a heart: those on sale as cards, the others with the way to take them off."""
    page = Paginator(selectors.favourites_of(request.user), _PER_PAGE).get_page(request.GET.get("page", "1"))
    goods, away = selectors.favourite_cards(list(page.object_list), get_language() or "th")
    context = {"page": page, "goods": goods, "away": away, "back": _own_path(request.GET.get("back", ""))}
    return render(request, "favourites/list.html", context)


@access.signed_in
@require_GET
def following(request: HttpRequest) -> HttpResponse:
    """The followed groups, each with its newest goods."""
    page = Paginator(selectors.follows_of(request.user), _PER_PAGE).get_page(request.GET.get("page", "1"))
    rows = selectors.with_goods(list(page.object_list), get_language() or "th")
    context = {"page": page, "rows": rows, "back": _own_path(request.GET.get("back", ""))}
    return render(request, "favourites/following.html", context)


@access.public
@same_origin_ok
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Puts a heart on (`add`) or takes it off (`remove`)."""
    texts = (_("Kept among your favourites."), _("Taken off your favourites."))
    acts = (
        lambda key: services.add_favourite(user=request.user, product_id=key),
        lambda key: services.remove_favourite(user=request.user, product_id=key),
    )
    return _change(request, "favourite", "favourites:list", acts, texts)


@access.public
@same_origin_ok
@require_POST
def change_follow(request: HttpRequest) -> HttpResponse:
    """Follows a group (`add`) or stops (`remove`)."""
    texts = (_("You follow this group now."), _("You no longer follow this group."))
    acts = (
        lambda key: services.follow_group(user=request.user, group_id=key),
        lambda key: services.unfollow_group(user=request.user, group_id=key),
    )
    return _change(request, "follow", "favourites:following", acts, texts)


def _change(
    request: HttpRequest,
    kind: str,
    shown_at: str,
    acts: tuple[Callable[[int], None], Callable[[int], None]],
    texts: tuple[str, str],
) -> HttpResponse:
    key = _key(request.POST.get("add") or request.POST.get("remove"))
    if key is None:
        return HttpResponseBadRequest()
    adds = "add" in request.POST
    if not request.user.is_authenticated:
        return _to_login(request, [kind, key] if adds else None)
    refusal = ""
    try:
        if not within(request, "hearts", most=_MOST, seconds=_WINDOW):
            raise TooFast
        acts[0 if adds else 1](key)
    except MarketError as error:
        refusal = error.text
    text = texts[0 if adds else 1]
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"on": adds and not refusal, "text": refusal or text}, status=409 if refusal else 200)
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, text)
    return redirect(_afterwards(request, shown_at))


def _key(text: Any) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None


def _to_login(request: HttpRequest, marked: list[Any] | None) -> HttpResponse:
    """What the guest marked waits in the session; after the login it is kept and the page is shown again."""
    if marked:
        request.session[WAITING] = marked
    target = urlencode({"next": _came_from(request) or resolve_url("home")})
    login = f"{resolve_url('account_login')}?{target}"
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"login": login}, status=401)
    return redirect(login)


def _afterwards(request: HttpRequest, shown_at: str) -> str:
    """Back into the account; from a page made for everybody, which cannot show it, to the list that does."""
    came_from = _came_from(request)
    if came_from.removeprefix("/en").startswith("/account/"):
        return came_from
    return f"{resolve_url(shown_at)}?{urlencode({'back': came_from})}" if came_from else resolve_url(shown_at)


def _came_from(request: HttpRequest) -> str:
    """Path and query of the page of ours on which the button stood."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        return ""
    return _own_path("/" + address.split("/", 3)[3] if address.count("/") > 2 else "")


def _own_path(path: str) -> str:
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe else ""
