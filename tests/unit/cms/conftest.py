"""A test is one transaction, at whose end a new version of the market would count: here it counts at once, as for visitors."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from catalogue import shelves
from shop.common import versions

_bump = versions.bump


def _bump_and_forget(name: str = versions.CATALOGUE) -> None:
    _bump(name)
    shelves.forget()


@pytest.fixture(autouse=True)
def _changes_are_seen() -> Iterator[None]:
    with patch.object(versions, "bump", _bump_and_forget):
        yield
