"""The newsroom: a press release from the template, Thai and English beside each other, the English version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page

from cms.day import said
from cms.models import StoryPage
from cms.selectors import answers_to
from cms.services.releases import begin_english, begin_press_release
from cms.web.door import may_open
from shop.common import access
from shop.common.errors import MarketError

_WIDTHS = {"phone": 390, "desktop": 1280}


@access.staff("editor")
@require_POST
def press_release(request: HttpRequest) -> HttpResponse:
    """One button, one draft: it opens with everything the office always writes."""
    try:
        page = begin_press_release(title=request.POST.get("title", ""), by=request.user)
    except MarketError as refusal:
        messages.error(request, refusal.text)
        return redirect("wagtailadmin_home")
    return redirect("wagtailadmin_pages:edit", page.pk)


def _story_or_404(request: HttpRequest, page_id: int) -> Any:
    """A story that the person may change."""
    page: Any = Page.objects.filter(pk=page_id).first()
    page = page.specific if page is not None and may_open(request.user, {page_id}) else None
    if not isinstance(page, StoryPage) or not page.permissions_for_user(request.user).can_edit():
        raise Http404("no such story")
    return page


@access.staff("editor")
@never_cache
@require_GET
def both(request: HttpRequest, page_id: int) -> HttpResponse:
    """Thai and English beside each other, as wide as a phone or a desktop."""
    page = _story_or_404(request, page_id)
    versions = {
        each.locale.language_code: each for each in page.get_translations(inclusive=True).select_related("locale")
    }
    size = request.GET.get("size", "phone")
    size = size if size in _WIDTHS else "phone"
    context = {"page": page, "thai": versions.get("th"), "english": versions.get("en"), "size": size}
    return render(request, "newsroom/both.html", context)


@access.staff("editor")
@never_cache
@require_GET
def seen(request: HttpRequest, page_id: int) -> HttpResponse:
    """The newest draft as a visitor would see it, for the two frames."""
    page = _story_or_404(request, page_id)
    latest = page.get_latest_revision_as_object()
    answer: HttpResponse = latest.make_preview_request(request, latest.default_preview_mode)
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


@access.staff("editor")
@require_POST
def english(request: HttpRequest, page_id: int) -> HttpResponse:
    """Begins the English version, or opens the one that is there."""
    page = _story_or_404(request, page_id)
    made = begin_english(page=page, by=request.user)
    messages.success(request, _("The English version is a draft. Translate it and publish it like the Thai one."))
    return redirect("wagtailadmin_pages:edit", made.pk)


@access.staff("editor")
@never_cache
@require_GET
def answers(request: HttpRequest, page_id: int) -> HttpResponse:
    """How many an article helped, and what readers wrote."""
    page = _story_or_404(request, page_id)
    told = answers_to(page)
    return render(request, "newsroom/answers.html", {"page": page, "told": told, "said": said(told.yes, told.no)})
