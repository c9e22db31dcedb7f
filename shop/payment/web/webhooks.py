"""Where providers tell that something happened. Answered at once; what it was is asked for afterwards.

Nothing of a body is logged: it may hold a buyer's data. Whatever is wrong with a message is a 4xx, never a 5xx, so that a
forged one costs nothing and a provider does not send it again for days.
"""

from __future__ import annotations

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse, RawPostDataException, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.common import access
from shop.gateways.errors import BadEvent, NotOffered
from shop.payment import services as payments

log = logging.getLogger("market.webhooks")
MOST_BYTES = 256 * 1024


@csrf_exempt
@access.machine
@require_POST
def stripe(request: HttpRequest) -> HttpResponse:
    """A message of Stripe: 200 when it is kept (or was before), 400 when it is not Stripe's, 413 when it is too large."""
    length = request.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > MOST_BYTES:
        return JsonResponse({"error": "too large"}, status=413)
    try:
        body = request.body
    except (RequestDataTooBig, UnreadablePostError):
        return JsonResponse({"error": "unreadable"}, status=413)
    except RawPostDataException:  # it came as a form with files, which was read as such at the door
        return JsonResponse({"error": "refused"}, status=400)
    if len(body) > MOST_BYTES:
        return JsonResponse({"error": "too large"}, status=413)
    try:
        payments.receive(provider="stripe", body=body, headers=request.headers)
    except NotOffered:
        return JsonResponse({"error": "not offered"}, status=400)
    except BadEvent as problem:
        log.warning("a message to /webhooks/stripe/ was refused: %s", problem)
        return JsonResponse({"error": "refused"}, status=400)
    return JsonResponse({"received": True})
