"""What the office looks at: money to match, news that is stuck, jobs, and in the demo the letters themselves."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from shop.common.models import JobRun, OutboxMessage


@dataclass(frozen=True)
class Letter:
    """One letter of the demo's mail folder."""

    subject: str
    to: str
    date: str
    body: str


def stuck_messages() -> QuerySet[OutboxMessage]:
    """News that failed and still waits."""
    return OutboxMessage.objects.filter(done_at=None, tries__gt=0).order_by("-tries", "pk")


def job_runs() -> QuerySet[JobRun]:
    """What the clock did last."""
    return JobRun.objects.order_by("name")


def demo_letters(limit: int = 50) -> list[Letter]:
    """The newest letters in var/mail; only the demo shows them."""
    folder = Path(settings.EMAIL_FILE_PATH)
    if not settings.DEMO or not folder.is_dir():
        return []
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)[:limit]
    letters: list[Letter] = []
    for file in files:
        for raw in reversed(file.read_bytes().split(b"\n" + b"-" * 79 + b"\n")):
            if raw.strip():
                letters.append(_letter(raw))
    return letters[:limit]


def _letter(raw: bytes) -> Letter:
    message = email.message_from_bytes(raw.lstrip(), policy=email.policy.default)
    body = message.get_body(("plain",))
    return Letter(
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        date=str(message["Date"] or ""),
        body=str(body.get_content()) if body else "",
    )
