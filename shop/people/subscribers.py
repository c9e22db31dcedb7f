"""What follows when a person has left, and sessions that are over."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from shop.common import clock
from shop.common.jobs import job
from shop.common.outbox import subscribe

_store: Any = import_module(settings.SESSION_ENGINE).SessionStore


@subscribe("person.left")
def end_sessions(payload: dict[str, Any]) -> None:
    """Their sessions on other devices open nothing any more; what was typed into them goes as well."""
    person = str(payload["person"])
    for session in Session.objects.filter(expire_date__gt=clock.now()).iterator(chunk_size=500):
        if session.get_decoded().get(SESSION_KEY) == person:
            _store(session.session_key).delete()


@job("people.clear_sessions", every=dt.timedelta(days=1))
def clear_sessions() -> str:
    """Sessions that are over hold addresses that somebody typed: they are deleted."""
    old = Session.objects.filter(expire_date__lt=clock.now())
    return f"{old.delete()[0]} old sessions deleted"
