"""Codes of the phone: set up, kept encrypted, asked for at the door and before money moves."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from shop.payment import services as payments
from tests.market import PASSWORD, Market, make_user
from tests.payments import place
from vendors.models import Organisation
from vendors.services import add_member

pytestmark = pytest.mark.django_db


def test_a_code_of_the_phone_is_set_up_and_shown(market: Market) -> None:
    """The whole way with allauth's own pages: password, app for codes, codes on paper, then the code when it is asked for."""

    def code(secret: str) -> str:
        return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"

    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province=None)
    treasurer = make_user("purse")
    add_member(organisation=office, user=treasurer, role="treasurer")
    client = Client()
    assert client.post("/auth/login/", {"login": treasurer.email, "password": PASSWORD}).status_code == 302
    assert client.get("/auth/2fa/totp/activate/").headers["Location"].startswith("/auth/reauthenticate/")
    again = {"password": PASSWORD, "next": "/auth/2fa/totp/activate/"}
    assert client.post("/auth/reauthenticate/", again).headers["Location"] == "/auth/2fa/totp/activate/"
    page = client.get("/auth/2fa/totp/activate/")
    assert "แอป" in page.content.decode()
    secret = page.context["form"].secret
    assert client.post("/auth/2fa/totp/activate/", {"code": code(secret)}).status_code == 302
    kept = Authenticator.objects.get(user=treasurer, type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data), "the database holds no usable secret"
    assert kept.wrap().validate_code is not None
    assert isinstance(kept.wrap(), TOTP)
    order = place(market, "transfer")
    payments.confirm(attempt=order.payment_attempts.get())
    path = f"/office/money/orders/{order.number}/refund/"
    assert "/auth/2fa/reauthenticate/" in client.get(path).content.decode()
    cache.clear()  # a code is taken once
    assert client.post(f"/auth/2fa/reauthenticate/?next={path}", {"code": "000000"}).status_code == 200
    answer = client.post(f"/auth/2fa/reauthenticate/?next={path}", {"code": code(secret)})
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    assert "กรุณายืนยันตัวก่อน" not in client.get(path).content.decode()
    codes = client.get("/auth/2fa/recovery-codes/")
    assert codes.status_code == 200
    other = Client()
    answer = other.post("/auth/login/", {"login": treasurer.email, "password": PASSWORD})
    assert answer.headers["Location"].startswith("/auth/2fa/authenticate/")
    assert other.get("/office/money/").status_code == 302, "half a login is none"
