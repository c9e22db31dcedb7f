"""Old addresses that editors lead to new ones (Wagtail's redirects), asked for when a page is not found.

Wagtail first finds out which site it is on and then asks up to four times, for every answer of 404. Most of ours are not
addresses that moved: somebody else's order is "not there" too. One question of the index comes before.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect


class MovedAddresses(RedirectMiddleware):  # type: ignore[misc]
    """Wagtail's own middleware behind one cheap question."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The same answer, or a redirect that an editor made."""
        if response.status_code != 404 or not _may_have_moved(request.get_full_path()):
            return response
        answer: HttpResponse = super().process_response(request, response)
        return answer


def _may_have_moved(asked: str) -> bool:
    """Whether any redirect begins there: with what follows the question mark or without, as sent or in Thai letters."""
    path = Redirect.normalise_path(asked, decode_unicode=False)
    sent = {path, urlsplit(path).path}
    candidates = sent | {uri_to_iri(one) for one in sent}
    if any("\0" in one for one in candidates):
        return False
    return Redirect.objects.filter(old_path__in=candidates).exists()
