"""The stops at the market's books, as the administrator reads them."""

from __future__ import annotations

from tests.tour import facts as cast
from tests.tour.stop import Stop, at

BOOKS: tuple[Stop, ...] = (
    at("office-books", "/office/ledger/", cast.ADMINISTRATOR),
    at("office-books-entries", "/office/ledger/entries/", cast.ADMINISTRATOR),
)
