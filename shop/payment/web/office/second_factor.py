"""Who gives money back has shown a second factor a short while ago."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

FRESH_SECONDS = 15 * 60


@dataclass(frozen=True)
class Proof:
    """How it stands with this session."""

    given: bool
    is_demo: bool = False
    address: str = ""
    """Where to show the second factor, or to set one up."""
    has_factor: bool = True


def proof_of(request: HttpRequest) -> Proof:
    """Asked by every page with acts that move money; the demo's administrator may do without, and the page says so."""
    user: Any = request.user
    if settings.DEMO and user.is_superuser:
        return Proof(True, is_demo=True)
    if any(_is_fresh(record) for record in get_authentication_records(request, user)):
        return Proof(True)
    query = urlencode({"next": request.get_full_path()})
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        return Proof(False, address=f"{reverse('mfa_reauthenticate')}?{query}")
    return Proof(False, address=f"{reverse('mfa_activate_totp')}?{query}", has_factor=False)


def _is_fresh(record: dict[str, Any]) -> bool:
    return record.get("method") == "mfa" and 0 <= time.time() - float(record.get("at", 0)) < FRESH_SECONDS
