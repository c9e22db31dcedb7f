"""Letters: text first, the same in the shop's look beside it. Sent by the outbox or a job, never in a request."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def send(address: str, template: str, context: dict[str, Any]) -> None:
    """Sends the letter of `<template>.txt` (its first line is the subject) and `<template>.html`, in the active language."""
    text = render_to_string(f"{template}.txt", context)
    subject, _, body = text.strip().partition("\n")
    letter = EmailMultiAlternatives(subject=subject.strip(), body=body.strip() + "\n", to=[address])
    look = {**context, "subject": subject.strip(), "site": settings.SITE_URL}
    letter.attach_alternative(render_to_string(f"{template}.html", look), "text/html")
    letter.send()
