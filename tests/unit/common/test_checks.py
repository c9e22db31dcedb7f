"""Each likely mistake of configuration is found under its id, with a hint, and a right configuration has none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core import checks

RIGHT: dict[str, Any] = {
    "DEMO": False,
    "DEBUG": False,
    "SECRET_KEY": "Zk3v" * 20,
    "SITE_URL": "https://talat.example.org",
    "ALLOWED_HOSTS": ["talat.example.org"],
    "HTTPS": True,
    "BEHIND_PROXY": True,
    "PAYMENT_METHODS": ["cod", "transfer"],
    "BANK_ACCOUNT": {"bank": "ธ.ก.ส.", "name": "กองทุนการตลาดร่วม", "number": "0123456789"},
    "EMAIL_HOST": "mail.talat.or.th",
    "DEFAULT_FROM_EMAIL": "ตลาดร่วม <talat@talat.or.th>",
    "DATABASE_URL": "postgresql://market@db/market",
    "REDIS_URL": "redis://cache:6379/0",
}
NO_ACCOUNT = {"bank": "ธ.ก.ส.", "name": "กองทุนการตลาดร่วม", "number": ""}
EXAMPLE_ACCOUNT = {"bank": "ธนาคารตัวอย่าง", "name": "กองทุน", "number": "1234567890"}


def found(settings: Any, **changes: Any) -> list[checks.CheckMessage]:
    for name, value in (RIGHT | changes).items():
        setattr(settings, name, value)
    return checks.run_checks(tags=["market"])


def test_a_right_configuration_has_no_problem(settings: Any) -> None:
    assert found(settings) == []


def test_the_embedded_demo_has_no_problem(settings: Any) -> None:
    assert (
        found(
            settings,
            DEMO=True,
            SITE_URL="http://127.0.0.1:8000",
            ALLOWED_HOSTS=["localhost", "127.0.0.1", "[::1]"],
            HTTPS=False,
            BEHIND_PROXY=False,
            PAYMENT_METHODS=["cod", "transfer", "test"],
            BANK_ACCOUNT=EXAMPLE_ACCOUNT,
            EMAIL_HOST="",
            DEFAULT_FROM_EMAIL="ตลาดร่วม <talat@example.invalid>",
            DATABASE_URL="",
            REDIS_URL="",
        )
        == []
    )


@pytest.mark.parametrize(
    ("identifier", "changes", "hint"),
    [
        ("market.W001", {"DEMO": True}, "DEMO=0"),
        ("market.E002", {"SECRET_KEY": "short"}, "openssl"),
        ("market.E002", {"SECRET_KEY": "change-me-" + "x" * 60}, "openssl"),
        ("market.E003", {"DEBUG": True}, "DEBUG=0"),
        ("market.E004", {"ALLOWED_HOSTS": ["*"]}, "Name the hosts"),
        ("market.E005", {"ALLOWED_HOSTS": ["www.talat.example.org"]}, "Add talat.example.org"),
        ("market.E006", {"SITE_URL": "http://talat.example.org"}, "https://"),
        ("market.W007", {"HTTPS": False}, "HTTPS=1"),
        ("market.W008", {"BEHIND_PROXY": False}, "BEHIND_PROXY=1"),
        ("market.E009", {"PAYMENT_METHODS": []}, "cod,transfer"),
        ("market.E010", {"PAYMENT_METHODS": ["cod", "test"]}, "Take test out"),
        ("market.E011", {"BANK_ACCOUNT": NO_ACCOUNT}, "BANK_ACCOUNT_NUMBER"),
        ("market.E011", {"BANK_ACCOUNT": EXAMPLE_ACCOUNT}, "BANK_ACCOUNT_NUMBER"),
        (
            "market.E017",
            {"BANK_ACCOUNT": NO_ACCOUNT | {"number": "1", "promptpay": "1101700207020"}},
            "BANK_PROMPTPAY_ID",
        ),
        ("market.E017", {"BANK_ACCOUNT": NO_ACCOUNT | {"number": "1", "biller": "1101700207021"}}, "BANK_BILLER_ID"),
        ("market.E018", {"STRIPE_SECRET_KEY": "sk_live_x"}, "STRIPE_WEBHOOK_SECRET"),
        ("market.W012", {"EMAIL_HOST": ""}, "EMAIL_HOST"),
        ("market.E013", {"DEFAULT_FROM_EMAIL": "ตลาดร่วม <talat@example.invalid>"}, "DEFAULT_FROM_EMAIL"),
        ("market.W014", {"DATABASE_URL": ""}, "DATABASE_URL"),
        ("market.W015", {"REDIS_URL": ""}, "REDIS_URL"),
        ("market.W016", {"LOCALE_PATHS": [Path("/nowhere")]}, "build_locale"),
    ],
)
def test_each_mistake_is_found(settings: Any, identifier: str, changes: dict[str, Any], hint: str) -> None:
    (message,) = found(settings, **changes)
    assert message.id == identifier
    assert hint in str(message.hint)
    assert message.is_serious() == (".E" in identifier)


def test_a_demo_takes_no_live_key(settings: Any) -> None:
    live = {"DEMO": True, "STRIPE_SECRET_KEY": "sk_live_x", "STRIPE_WEBHOOK_SECRET": "whsec_x"}
    assert "market.E019" in [message.id for message in found(settings, **live)]


def test_transfer_needs_an_account_only_where_it_is_offered(settings: Any) -> None:
    assert found(settings, PAYMENT_METHODS=["cod"], BANK_ACCOUNT=NO_ACCOUNT) == []


@pytest.mark.parametrize("host", ["192.168.1.20", "10.0.0.5", "localhost", "box", "box.local", "[::1]"])
def test_a_demo_in_ones_own_network_is_no_problem(settings: Any, host: str) -> None:
    near = {"SITE_URL": f"http://{host}:8000", "ALLOWED_HOSTS": [host], "HTTPS": False, "BEHIND_PROXY": False}
    assert found(settings, DEMO=True, **near) == []
