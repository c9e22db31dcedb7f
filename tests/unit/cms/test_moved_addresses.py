"""An address that editors lead elsewhere is found; one that is nowhere costs one question."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

pytestmark = pytest.mark.django_db


def _moved(old: str, new: str, *, site: bool = False, permanent: bool = True) -> None:
    where = Site.objects.get(is_default_site=True) if site else None
    Redirect.add_redirect(old, redirect_to=new, is_permanent=permanent, site=where)


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/old-shop", "/products/"),
        ("/old-shop/", "/products/"),
        ("/old-shop/?from=line", "/products/"),
        ("/ร้านเดิม/", "/groups/"),
        ("/%E0%B8%A3%E0%B9%89%E0%B8%B2%E0%B8%99%E0%B9%80%E0%B8%94%E0%B8%B4%E0%B8%A1", "/groups/"),
        ("/old.php?page=7", "/news/"),
    ],
)
def test_a_moved_address_leads_to_the_new_one(client: Client, asked: str, target: str) -> None:
    _moved("/old-shop/", "/products/")
    _moved("/ร้านเดิม/", "/groups/", site=True)
    _moved("/old.php?page=7", "/news/")
    answer = client.get(asked)
    assert (answer.status_code, answer.headers["Location"]) == (301, target)


def test_for_a_while_only(client: Client) -> None:
    _moved("/summer-fair/", "/fairs/", permanent=False)
    assert client.get("/summer-fair/").status_code == 302


@pytest.mark.parametrize("asked", ["/old.php", "/old.php?page=8", "/nowhere/", "/nowhere/?q=ข้าว"])
def test_what_did_not_move_is_not_there(client: Client, asked: str) -> None:
    _moved("/old.php?page=7", "/news/")
    assert client.get(asked).status_code == 404


def test_what_is_there_is_not_led_away(client: Client) -> None:
    _moved("/products/", "/news/")
    assert client.get("/products/").status_code == 200


def test_not_there_costs_one_question_of_the_index(client: Client) -> None:
    client.get("/orders/1234567/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/orders/1234567/")
    about = [
        query["sql"] for query in asked if "wagtailredirects" in query["sql"] or "wagtailcore_site" in query["sql"]
    ]
    assert len(about) == 1
