"""Signing up twice at once, as a double click does: the second one finds the account and is taken to it."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class SignUpForm(SignupForm):
    """allauth's form. Its check for a known e-mail comes before the insert; the database's own comes with it."""

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        """The account, and nothing that goes over a network: signing in and letters come afterwards."""
        try:
            with transaction.atomic():
                return super().try_save(request)  # type: ignore[no-any-return]
        except IntegrityError:
            return None, redirect(settings.LOGIN_REDIRECT_URL)
