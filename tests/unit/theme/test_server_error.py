"""The page of a crash comforts shoppers about their money, and those who work here about their work."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from shop.theme.web.errors import server_error


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/office/fairs/new/", "/office/"),
        ("/cms/pages/3/edit/", "/cms/"),
        ("/workspace/ga/", "/workspace/"),
        ("/en/workspace/ga/", "/workspace/"),
    ],
)
def test_those_who_work_here_are_led_back_to_the_work(path: str, way: str) -> None:
    answer = server_error(RequestFactory().get(path))
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "ตัดเงิน" not in html
    assert "อาจยังไม่ได้บันทึก" in html
    assert f'<a class="btn" href="{way}">' in html
    assert "/products/" not in html


def test_a_shopper_learns_that_nothing_was_charged() -> None:
    html = server_error(RequestFactory().get("/checkout/")).content.decode()
    assert "ยังไม่มีการตัดเงิน" in html
    assert "/products/" in html
