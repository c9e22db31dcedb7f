"""An officer of Chiang Mai, signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.market import Market
from tests.unit.sheets.office import client_of


@pytest.fixture
def officer(market: Market) -> Client:
    return client_of(market, "officer")
