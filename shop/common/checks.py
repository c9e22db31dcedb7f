"""Mistakes of configuration that are likely, each with an id and the way to put it right.

Errors stop `manage.py migrate` (which the containers run before they open) and `make run`; warnings are told.
`manage.py check --tag market` asks for these alone.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.http.request import validate_host

from shop.common import thai

TAG = "market"
PLACEHOLDERS = ("demo-only", "build-only", "change-me", "changeme", "your-secret", "django-insecure")
EXAMPLE_BANK = ("ตัวอย่าง", "000-0-00000-0")

Check = Callable[..., list[CheckMessage]]


def _check(problems: Callable[[], Iterator[CheckMessage]]) -> Check:
    """Registers a generator of problems as a check of ours."""

    def run(**_options: Any) -> list[CheckMessage]:
        return list(problems())

    run.__name__, run.__doc__ = problems.__name__, problems.__doc__
    return register(run, TAG)


def _site_host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""


def _is_near(host: str) -> bool:
    """True for this machine and for its own network, where strangers do not come."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith((".local", ".localhost", ".test", ".internal"))


@_check
def demo_where_strangers_come() -> Iterator[CheckMessage]:
    """The demo's administrator has a printed password."""
    if settings.DEMO and not _is_near(_site_host()):
        yield Warning(
            f"The demo is on at {settings.SITE_URL}: its passwords are printed, so everybody is administrator.",
            hint="Set DEMO=0 for a real market. A public demo belongs on a machine of its own, refilled every night.",
            id="market.W001",
        )


@_check
def bank_ids_are_ids() -> Iterator[CheckMessage]:
    """A wrong digit in a QR sends the buyers' money to somebody else."""
    account = settings.BANK_ACCOUNT
    ids = (("BANK_PROMPTPAY_ID", "promptpay", (10, 13)), ("BANK_BILLER_ID", "biller", (15,)))
    for name, key, lengths in ids:
        digits = account.get(key, "")
        plain = digits.replace("-", "").replace(" ", "")
        if digits and not (len(plain) in lengths and (thai.is_mobile(plain) or thai.is_thai_id(plain[:13]))):
            yield Error(
                f"{name} is not a number that a bank knows: {digits!r}.",
                hint=f"Correct {name}: a mobile number has 10 digits, a tax number 13, a biller id 15; the 13th checks the others.",
                id="market.E017",
            )


@_check
def stripe_is_set_up_whole() -> Iterator[CheckMessage]:
    """Half a set-up takes money and never hears of it, or hears and cannot ask."""
    key, secret = settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET
    if bool(key) != bool(secret):
        yield Error(
            "Stripe is set up half: PromptPay and cards are not offered.",
            hint="Set both STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, or none.",
            id="market.E018",
        )
    if settings.DEMO and key.startswith(("sk_live_", "rk_live_")):
        yield Error(
            "A demo would take real money: STRIPE_SECRET_KEY is a live key.",
            hint="Set DEMO=0 for a real market, or take a test key (sk_test_…).",
            id="market.E019",
        )


@_check
def secret_is_secret() -> Iterator[CheckMessage]:
    """Sessions and guests' order links follow from the key."""
    key = settings.SECRET_KEY
    if not settings.DEMO and (len(key) < 32 or any(word in key.lower() for word in PLACEHOLDERS)):
        yield Error(
            "SECRET_KEY is short or a placeholder: sessions and order links could be forged.",
            hint="Make one with `openssl rand -base64 48` and put it in SECRET_KEY, or in the file of SECRET_KEY_FILE.",
            id="market.E002",
        )


@_check
def debugging_is_off() -> Iterator[CheckMessage]:
    """Debug pages show settings and source."""
    if settings.DEBUG and not settings.DEMO:
        yield Error("DEBUG is on in a real market.", hint="Set DEBUG=0.", id="market.E003")


@_check
def names_agree() -> Iterator[CheckMessage]:
    """Letters and health checks use SITE_URL; a host that is not allowed answers 400."""
    host = _site_host()
    if "*" in settings.ALLOWED_HOSTS and not settings.DEMO:
        yield Error(
            "ALLOWED_HOSTS holds *: links in letters could be led to a stranger's host.",
            hint="Name the hosts of the market, for example ALLOWED_HOSTS=shop.example.org.",
            id="market.E004",
        )
    elif not validate_host(f"[{host}]" if ":" in host else host, settings.ALLOWED_HOSTS):
        yield Error(
            f"SITE_URL names {host}, which ALLOWED_HOSTS does not hold: every page would answer 400.",
            hint=f"Add {host} to ALLOWED_HOSTS, or correct SITE_URL.",
            id="market.E005",
        )


@_check
def https_agrees() -> Iterator[CheckMessage]:
    """Secure cookies need https, and https needs somebody who ends it."""
    https = settings.SITE_URL.startswith("https://")
    if settings.HTTPS and not https:
        yield Error(
            "HTTPS is on, but SITE_URL begins with http://.",
            hint="Write SITE_URL with https://, or set HTTPS=0 where there is no certificate.",
            id="market.E006",
        )
    if https and not settings.HTTPS:
        yield Warning(
            "SITE_URL begins with https://, but HTTPS is off: cookies travel without protection.",
            hint="Set HTTPS=1.",
            id="market.W007",
        )
    if settings.HTTPS and not settings.BEHIND_PROXY:
        yield Warning(
            "HTTPS is on and BEHIND_PROXY is off: behind a proxy every page would redirect to itself for ever.",
            hint="Set BEHIND_PROXY=1 when a proxy ends TLS and always sets X-Forwarded-Proto itself.",
            id="market.W008",
        )


@_check
def money_can_come() -> Iterator[CheckMessage]:
    """A buyer needs a way to pay and an account that exists."""
    if not settings.PAYMENT_METHODS:
        yield Error(
            "PAYMENT_METHODS is empty: nobody can buy.",
            hint="Set PAYMENT_METHODS=cod,transfer, or one of them.",
            id="market.E009",
        )
    if settings.DEMO:
        return
    if "test" in settings.PAYMENT_METHODS:
        yield Error(
            "PAYMENT_METHODS holds test, which pays without money.",
            hint="Take test out of PAYMENT_METHODS; only a demo has it.",
            id="market.E010",
        )
    account = settings.BANK_ACCOUNT
    example = any(word in value for value in account.values() for word in EXAMPLE_BANK)
    if "transfer" in settings.PAYMENT_METHODS and (
        example or not all(account[key] for key in ("bank", "name", "number"))
    ):
        yield Error(
            "Bank transfer is offered, but the bank account is missing or an example.",
            hint="Set BANK_NAME, BANK_ACCOUNT_NAME and BANK_ACCOUNT_NUMBER, or take transfer out of PAYMENT_METHODS.",
            id="market.E011",
        )


@_check
def letters_arrive() -> Iterator[CheckMessage]:
    """Buyers learn of their orders by letter; a guest finds the order by it."""
    if settings.DEMO:
        return
    if not settings.EMAIL_HOST:
        yield Warning(
            "EMAIL_HOST is empty: letters become files on this machine and reach nobody.",
            hint="Set EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER and EMAIL_HOST_PASSWORD.",
            id="market.W012",
        )
    elif ".invalid" in settings.DEFAULT_FROM_EMAIL or "example." in settings.DEFAULT_FROM_EMAIL:
        yield Error(
            "DEFAULT_FROM_EMAIL is an example: mail servers refuse letters from it.",
            hint="Set DEFAULT_FROM_EMAIL to an address of your domain.",
            id="market.E013",
        )


@_check
def parts_are_those_of_production() -> Iterator[CheckMessage]:
    """The embedded parts serve one machine."""
    if settings.DEMO:
        return
    if not settings.DATABASE_URL:
        yield Warning(
            "A real market runs on the embedded database, which one machine alone can reach and nobody backs up.",
            hint="Set DATABASE_URL to a PostgreSQL server.",
            id="market.W014",
        )
    if not settings.REDIS_URL:
        yield Warning(
            "REDIS_URL is empty: each process counts tries of login and keeps pages for itself.",
            hint="Set REDIS_URL.",
            id="market.W015",
        )


@_check
def thai_is_compiled() -> Iterator[CheckMessage]:
    """Compiled translations are made, not kept."""
    if not (Path(settings.LOCALE_PATHS[0]) / "th" / "LC_MESSAGES" / "django.mo").is_file():
        yield Warning(
            "The Thai texts are not compiled: Thai pages would speak English.",
            hint="Run `python manage.py build_locale`.",
            id="market.W016",
        )
