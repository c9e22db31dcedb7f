"""What is refused before any page looks at it: NUL characters, closed files, tries beyond a limit."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client, RequestFactory, override_settings

from shop.common.web.limits import visitor_address
from shop.people.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/groups/?region=%00",
        "/groups/?province=%00",
        "/certificates/?scheme=%00",
        "/certificates/%00/",
        "/orders/%00/",
        "/orders/%00/?key=a",
        "/search/?q=%00",
        "/workspace/any/orders/%00/",
        "/office/shop/orders/?order_number=%00",
    ],
)
def test_nul_in_an_address_is_a_bad_request(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "ระบบไม่เข้าใจที่อยู่หรือแบบฟอร์มนี้" in answer.content.decode()


def test_nul_in_a_cookie_is_a_bad_request(client: Client) -> None:
    client.cookies.load({"sessionid": "\0aaaaaaaa"})
    assert client.get("/").status_code == 400


def test_nul_in_a_form_is_a_bad_request(client: Client) -> None:
    sent = client.post("/orders/find/", {"number": "A\0", "contact": "a@example.test"})
    assert sent.status_code == 400


def test_percent_signs_typed_by_a_person_are_no_nul(client: Client) -> None:
    assert client.get("/search/", {"q": "%00"}).status_code == 200


@override_settings(SERVE_MEDIA=True)
def test_uploads_of_editors_stay_closed(client: Client) -> None:
    root = Path(settings.MEDIA_ROOT)
    for folder, status in (("original_images", 404), ("documents", 404), ("images", 200)):
        (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder / "photo.png").write_bytes(b"\x89PNG")
        assert client.get(f"/media/{folder}/photo.png").status_code == status, folder


def test_a_name_longer_than_file_systems_allow_is_not_found(client: Client) -> None:
    assert client.get(f"/media/{'a' * 300}.png").status_code == 404


def test_the_visitor_is_who_our_own_proxy_names() -> None:
    asked = RequestFactory().get("/", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.7"}, REMOTE_ADDR="10.0.0.1")
    assert visitor_address(asked) == "10.0.0.1"
    with override_settings(BEHIND_PROXY=True):
        assert visitor_address(asked) == "203.0.113.7"
        assert visitor_address(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1")) == "10.0.0.1"


def test_signing_up_twice_at_once_leads_to_the_account(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check that the e-mail is free has passed, and then the twin was faster."""
    User.objects.create_user(email="twin@example.test", password="talat-test-2569")
    monkeypatch.setattr("allauth.account.forms.BaseSignupForm.clean_email", lambda form: form.cleaned_data["email"])
    sent = client.post("/auth/signup/", {"email": "twin@example.test", "password1": "talat-test-2569"})
    assert (sent.status_code, sent["Location"]) == (302, "/account/")
    assert User.objects.filter(email="twin@example.test").count() == 1
    assert "_auth_user_id" not in client.session


def test_too_many_tries_are_told_in_thai(client: Client) -> None:
    cache.clear()
    for _ in range(30):
        answer = client.post("/auth/signup/", {"email": "nobody", "password1": "x"})
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert "ลองหลายครั้งเกินไป" in answer.content.decode()
