"""The stops at the market's books: the public fund, a group's statement, the finance desk, the ledger."""

from __future__ import annotations

from tests.tour import facts as cast
from tests.tour.stop import Stop, at

BOOKS: tuple[Stop, ...] = (
    at("fund", "/fund/"),
    at("product-money", lambda visit: f"{visit.facts.goods[0].path}#money"),
    at("money-statement", lambda visit: f"{visit.facts.workspace}money/", cast.MANAGER),
    at("money-account", lambda visit: f"{visit.facts.workspace}money/account/", cast.MANAGER),
    at("office-payouts", "/office/payouts/", cast.ADMINISTRATOR),
    at("office-payouts-accounts", "/office/payouts/accounts/", cast.ADMINISTRATOR),
    at("office-fund", "/office/fund/", cast.ADMINISTRATOR),
    at("office-fund-new", "/office/fund/new/", cast.ADMINISTRATOR),
    at("office-books", "/office/ledger/", cast.ADMINISTRATOR),
    at("office-books-proof", "/office/ledger/proof/", cast.ADMINISTRATOR),
    at("office-books-entries", "/office/ledger/entries/", cast.ADMINISTRATOR),
)
