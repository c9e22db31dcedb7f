"""Was this useful? Asked below every article, answered without a session, an account or a script."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.models import ArticlePage, UsefulAnswer
from cms.public import address_of, readable
from cms.services import answer_useful
from cms.services.answers import mark_of
from shop.common import access
from shop.common.web.csrf import same_origin_ok
from shop.common.web.limits import visitor_address, within

COOKIE = "visit"
_MOST, _WINDOW = 30, 3600
_SAME_PRESS = 3
_ANSWERS = {"yes": True, "no": False}


@access.public
@same_origin_ok
@require_http_methods(["GET", "HEAD", "POST"])
def useful(request: HttpRequest, slug: str) -> HttpResponse:
    """The question by itself: where it is asked from, and where the thanks stand."""
    page = readable(ArticlePage, get_language() or "th").filter(slug=slug).first()
    if page is None:
        raise Http404("no such article")
    visit = request.COOKIES.get(COOKIE, "")
    if request.method != "POST":
        answers = UsefulAnswer.objects.filter(page_id=page.pk, mark=mark_of(page.pk, visit)) if visit else None
        return _shown(request, page, told=answers.first() if answers is not None else None)
    answer = _ANSWERS.get(request.POST.get("answer", ""))
    words = request.POST.get("words", "")
    if answer is None:
        return _shown(request, page, words=words, problem=_("Choose yes or no."), status=422)
    if not within(request, "useful", most=_MOST, seconds=_WINDOW):
        problem = _("That were many answers from your connection. Try again in an hour; your words are still here.")
        return _shown(request, page, words=words, problem=problem, status=422 if _is_swapped(request) else 429)
    visit = visit or _visit_of(request, page.pk)
    answer_useful(page=page, visit=visit, is_useful=answer, words=words)
    done = redirect(request.path)
    done.set_cookie(COOKIE, visit, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return done


def _visit_of(request: HttpRequest, page_id: int) -> str:
    """A new random name. A button pressed twice at once is one press: both requests come without a cookie."""
    whose = mark_of(page_id, f"{visitor_address(request)}|{request.headers.get('User-Agent', '')}")
    visit = secrets.token_urlsafe(16)
    key = f"useful:{whose}"
    return visit if cache.add(key, visit, _SAME_PRESS) else cache.get(key) or visit


def _is_swapped(request: HttpRequest) -> bool:
    """htmx puts only this kind of refusal into the page."""
    return request.headers.get("HX-Request") == "true"


def _shown(request: HttpRequest, page: Any, status: int = 200, **facts: Any) -> HttpResponse:
    own = {"article_url": address_of(page.url_path), "useful_url": request.path}
    context = {"page": page, "words": "", "problem": "", **own, **facts}
    return render(request, "cms/useful.html", context, status=status)
