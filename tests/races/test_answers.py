"""One visit answers from many tabs at once: it is counted once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from cms.models import UsefulAnswer
from cms.services import answer_useful, ensure_site, publish_article
from shop.common import clock
from tests.market import Market

pytestmark = pytest.mark.race


def test_one_visit_is_one_answer(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    ensure_site()
    page = publish_article(title="บทความ", summary="สั้น", body=[], checked_on=clock.today(), slug="packing")

    def act(number: int) -> Any:
        return answer_useful(page=page, visit="one", is_useful=number % 2 == 0)

    results = at_once(act, list(range(12)), threads=12)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert UsefulAnswer.objects.count() == 1


def test_control_without_the_mark_each_press_is_counted(race_market: Market, at_once: Callable[..., list[Any]]) -> None:
    ensure_site()
    page = publish_article(title="บทความ", summary="สั้น", body=[], checked_on=clock.today(), slug="packing")

    def act(_number: int) -> Any:
        time.sleep(0.01)
        return UsefulAnswer.objects.create(page=page, is_useful=True, day=clock.today())

    at_once(act, list(range(6)), threads=6)
    assert UsefulAnswer.objects.count() == 6
