"""Letters: text first, the same in the shop's look beside it. Sent by the outbox or a job, never in a request."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def send(address: str, template: str, context: dict[str, Any]) -> None:
    """Sends the letter of `<template>.txt` (its first line is the subject) and `<template>.html`, in the active language.

    A `mark` in the context stands before the subject and above the words, for letters that must not be taken for real ones.
    """
    look = {**context, "site": settings.SITE_URL}
    text = render_to_string(f"{template}.txt", look)
    subject, _, body = text.strip().partition("\n")
    if mark := str(look.get("mark") or ""):
        subject, body = f"[{mark}] {subject}", f"{mark}\n\n{body.strip()}"
    letter = EmailMultiAlternatives(subject=subject.strip(), body=body.strip() + "\n", to=[address])
    html = render_to_string(f"{template}.html", {**look, "subject": subject.strip()})
    letter.attach_alternative(html, "text/html")
    letter.send()
