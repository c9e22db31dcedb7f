"""The history of an organisation: who did what, and in whose place."""

from __future__ import annotations

import pytest

from tests.market import Market
from vendors import history
from vendors.policies import forget_standing
from vendors.services import give_grant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_TEXTS", dict(history._TEXTS))
    history.register({"test.done": "Done"})


def test_an_act_by_grant_names_the_organisation_in_whose_place(market: Market) -> None:
    group = market.groups["north"]
    cooperative = group.get_parent()
    helper = market.people["cooperative"]
    give_grant(giver=group, taker=cooperative)
    forget_standing(helper)
    history.record(organisation=group, act="test.done", by=helper, what="หมวก")
    history.record(organisation=group, act="test.done", by=market.people["north"])
    own, through = history.history_of(group).filter(action="market.test.done")
    assert (own.user, "through" in own.data) == (market.people["north"], False)
    assert (through.user, through.data["what"]) == (helper, "หมวก")
    assert through.data["through"]["id"] == cooperative.pk
    assert not history.history_of(cooperative).filter(action="market.test.done")


def test_an_act_without_words_is_a_mistake_of_the_program(market: Market) -> None:
    with pytest.raises(LookupError):
        history.record(organisation=market.groups["north"], act="test.unknown", by=None)
    assert not history.history_of(market.groups["north"]).filter(action__contains="test")
