"""A fair as a file for calendars."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.fair_pages import calendar_of, shown_pages
from cms.public import address_of
from shop.common import access


@access.public
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Only of a fair whose page everybody may read."""
    page = shown_pages(get_language() or "th").filter(fair__slug=slug).first()
    if page is None:
        raise Http404("no such fair")
    answer = HttpResponse(calendar_of(page, address_of(page.url_path)), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{page.fair.slug}.ics"'
    return answer
