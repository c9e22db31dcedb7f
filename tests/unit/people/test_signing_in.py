"""The pages and letters around signing in speak Thai as a shop would, and English; errors included."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from tests.market import PASSWORD, Market

pytestmark = pytest.mark.django_db
HEADINGS = {
    "/auth/login/": ("เข้าสู่ระบบ", "Sign in"),
    "/auth/signup/": ("สมัครสมาชิก", "Open an account"),
    "/auth/password/reset/": ("ลืมรหัสผ่าน", "Password Reset"),
}
INSIDE = {
    "/auth/email/": ("อีเมล", "E-mail"),
    "/auth/password/change/": ("เปลี่ยนรหัสผ่าน", "Change Password"),
    "/auth/logout/": ("ออกจากระบบ", "Sign out"),
}


def heading(client: Client, path: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", client.get(path).content.decode(), re.S)
    return found[1].strip() if found else ""


def test_headings_in_both_languages(client: Client, market: Market) -> None:
    assert {path: (heading(client, path), heading(client, f"/en{path}")) for path in HEADINGS} == HEADINGS
    client.login(email=market.people["buyer"].email, password=PASSWORD)
    assert {path: (heading(client, path), heading(client, f"/en{path}")) for path in INSIDE} == INSIDE


def test_errors_are_thai_summarised_and_keep_what_was_typed(client: Client, market: Market) -> None:
    page = client.post("/auth/login/", {"login": "buyer@example.test", "password": "wrong"}).content.decode()
    assert "อีเมลหรือรหัสผ่านไม่ถูกต้อง" in page
    assert 'class="errors"' in page
    assert 'value="buyer@example.test"' in page
    page = client.post("/auth/signup/", {"email": "not-an-address", "password1": "123"}).content.decode()
    assert page.count('class="errors"') == 1
    assert not re.search(r'class="err"[^>]*>[^<]*[A-Za-z]{4}', page)


def test_a_forgotten_password_is_reset_by_a_thai_letter(client: Client, market: Market) -> None:
    answer = client.post("/auth/password/reset/", {"email": "buyer@example.test"})
    assert answer.status_code == 302
    letter = mail.outbox[-1]
    assert letter.subject == "ตั้งรหัสผ่านใหม่"
    assert letter.body.startswith("สวัสดีจากตลาดร่วม")
    assert "example.com" not in letter.body
    link = re.search(r"https?://[^/]+(/\S+)", letter.body)
    assert link is not None
    words = re.sub(r"https?://\S+|\S+@\S+|localhost\S*|testserver\S*", "", letter.body)
    assert not re.search("[A-Za-z]{3,}", words), words
    form = client.get(link[1], follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "a-new-one-2569!", "password2": "a-new-one-2569!"})
    assert Client().login(email="buyer@example.test", password="a-new-one-2569!")


def test_a_letter_of_the_english_pages_is_english(client: Client, market: Market) -> None:
    client.post("/en/auth/password/reset/", {"email": "buyer@example.test"})
    assert mail.outbox[-1].subject == "Password Reset Email"
    assert mail.outbox[-1].body.startswith("Hello from Talat Ruam")
    assert not re.search("[ก-๙]", mail.outbox[-1].body)


def test_the_password_is_changed_only_with_the_present_one(client: Client, market: Market) -> None:
    client.login(email=market.people["buyer"].email, password=PASSWORD)
    new = {"password1": "a-new-one-2569!", "password2": "a-new-one-2569!"}
    refused = client.post("/auth/password/change/", {"oldpassword": "wrong", **new}).content.decode()
    assert "รหัสผ่านปัจจุบันไม่ถูกต้อง" in refused
    assert Client().login(email="buyer@example.test", password=PASSWORD)
    client.post("/auth/password/change/", {"oldpassword": PASSWORD, **new})
    assert Client().login(email="buyer@example.test", password="a-new-one-2569!")


def test_signing_up_needs_no_consent_and_gives_none(client: Client, market: Market) -> None:
    page = client.get("/auth/signup/").content.decode()
    assert "ไม่มีจดหมายข่าว นอกจากคุณขอรับเอง" in page
    client.post("/auth/signup/", {"email": "new@example.test", "password1": "a-long-password-2569"})
    assert [entry.given for entry in client.get("/account/privacy/").context["answers"]] == [False, False]
