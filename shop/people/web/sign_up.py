"""Signing up twice at once, as a double click does: the second one finds the account and is taken to it."""

from __future__ import annotations

from typing import Any

from allauth.account.views import SignupView
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from shop.common import access


class SignUp(SignupView):
    """allauth's form. Its check for a known e-mail comes before the insert; the database's own comes with it."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except IntegrityError:
            return redirect(settings.LOGIN_REDIRECT_URL)


sign_up = access.public(SignUp.as_view())
