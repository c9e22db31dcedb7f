"""One visit answers from many tabs at once: it is counted once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

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


SLOW = """
DROP INDEX one_answer_of_a_visit;
CREATE FUNCTION wait_a_moment() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.5); RETURN NEW; END';
CREATE TRIGGER wait_a_moment BEFORE INSERT ON cms_usefulanswer FOR EACH ROW EXECUTE FUNCTION wait_a_moment();
"""
"""The service looks first and then writes; between both the others look. Only the database's own rule holds it to one."""


def test_control_without_the_rule_a_visit_has_several_answers(
    race_market: Market, at_once: Callable[..., list[Any]]
) -> None:
    ensure_site()
    page = publish_article(title="บทความ", summary="สั้น", body=[], checked_on=clock.today(), slug="packing")
    with connection.cursor() as cursor:
        cursor.execute(SLOW)

    def act(number: int) -> Any:
        return answer_useful(page=page, visit="one", is_useful=number % 2 == 0)

    at_once(act, list(range(6)), threads=6)
    assert UsefulAnswer.objects.count() > 1
