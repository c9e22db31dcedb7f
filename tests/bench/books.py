"""The pages of the money over 200,000 entries, a quarter of the hubs' shares for one hub (issue: the books).

`python -m tests.bench.books <entries>` works on the database of its environment and prints the session and the addresses of
the pages, as JSON. The rows are written at once, in SQL, as the services leave them: a sale is divided, then released. The
goods of the market around them are few: these pages read none.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence

from tests.bench import data
from tests.bench.arithmetic import Figures, ratio
from tests.bench.budgets import Verdict
from tests.bench.hub import Desk
from tests.bench.measure import Results, measure_round, warm_and_count
from tests.bench.server import Server
from tests.bench.targets import book_targets

ENTRIES = 200_000
LABELS = {
    "H": "floor H: hello world",
    "C": "floor C: 20 bare cards",
    "fund": "the fund, made anew",
    "statement": "statement of the busy hub",
    "finance": "finance desk",
    "books": "trial balance",
    "books_purpose": "accounts of a purpose",
    "books_account": "the busy account",
    "books_entries": "all entries",
}
CPU_OF_C, STATEMENTS = 6.0, 20
"""Budgets of each page."""
_TABLES = ("ledger_account", "ledger_entry", "ledger_posting")
_DAYS = 400
_ACCOUNTS = """
INSERT INTO ledger_account (owner, purpose, currency, kind, opened_at)
SELECT 'org:' || o.code, p.purpose, 'THB', 'liability', now() FROM vendors_organisation o
JOIN (VALUES ('group', 'held'), ('group', 'payable'), ('provincial', 'hub'), ('provincial', 'payable'),
             ('provincial', 'fund_held'), ('provincial', 'fund')) AS p(kind, purpose) ON p.kind = o.kind
WHERE o.kind <> 'group' OR o.id IN (SELECT id FROM vendors_organisation WHERE kind = 'group' ORDER BY id LIMIT 200)
ON CONFLICT DO NOTHING;
INSERT INTO ledger_account (owner, purpose, currency, kind, opened_at)
VALUES ('platform', 'buyers_unallocated', 'THB', 'liability', now()), ('platform', 'commission', 'THB', 'income', now())
ON CONFLICT DO NOTHING;
"""
_SALES = """
CREATE TEMPORARY TABLE sale AS
WITH groups AS (SELECT owner, row_number() OVER (ORDER BY id) - 1 AS n, count(*) OVER () AS many
                FROM ledger_account WHERE purpose = 'held' AND owner LIKE 'org:%%' AND currency = 'THB'),
     networks AS (SELECT owner, row_number() OVER (ORDER BY id) - 1 AS n, count(*) OVER () AS many
                  FROM ledger_account WHERE purpose = 'hub' AND currency = 'THB')
SELECT s AS n, groups.owner AS seller, networks.owner AS fund,
       CASE WHEN s %% 4 = 0 THEN %(hub)s ELSE networks.owner END AS hub,
       now() - interval '1 day' * (%(days)s * (1 - s::float / %(sales)s)) AS at
FROM generate_series(1, %(sales)s) AS s
JOIN groups ON groups.n = s %% groups.many JOIN networks ON networks.n = s %% networks.many;
INSERT INTO ledger_entry (cause, kind, happened_at, posted_at, memo, made_in)
SELECT 'share:BENCH-' || n, 'share', at, at, '', '' FROM sale
UNION ALL SELECT 'release:BENCH-' || n, 'release', at + interval '7 days', at, '', '' FROM sale ORDER BY 3;
INSERT INTO ledger_posting (entry_id, account_id, amount_satang, happened_at)
SELECT e.id, a.id, l.satang, e.happened_at FROM sale s
CROSS JOIN LATERAL (VALUES
    ('share', 'platform', 'buyers_unallocated', 25000), ('share', s.seller, 'held', -22500),
    ('share', s.hub, 'hub', -1000), ('share', s.fund, 'fund_held', -250), ('share', 'platform', 'commission', -1250),
    ('release', s.seller, 'held', 22500), ('release', s.seller, 'payable', -22500),
    ('release', s.hub, 'hub', 1000), ('release', s.hub, 'payable', -1000),
    ('release', s.fund, 'fund_held', 250), ('release', s.fund, 'fund', -250)
) AS l(kind, owner, purpose, satang)
JOIN ledger_entry e ON e.cause = l.kind || ':BENCH-' || s.n
JOIN ledger_account a ON a.owner = l.owner AND a.purpose = l.purpose AND a.currency = 'THB'
ORDER BY e.id;
"""


def open_books(size: data.Size, entries: int) -> Desk:
    """Fills the books of a run's copy."""
    told = json.loads(data.run_in_copy(size, "tests.bench.books", str(entries), failed="the books could not be filled"))
    return Desk(told["session"], told["paths"])


def measure(size: data.Size, entries: int, rounds: int) -> Results:
    """Figures by page. Makes the market when it is missing; the run's copy is dropped at the end."""
    data.collect_files()
    data.prepare(size)
    found: Results = {}
    try:
        wanted = book_targets(open_books(size, entries))
        with Server(size.copy) as server:
            warm_and_count(server, wanted, found)
            for number in range(rounds):
                print(f"books: round {number + 1} of {rounds}", flush=True)
                measure_round(server, wanted, found, number=number)
    finally:
        data.drop(size.copy)
    return found


def judge(found: Mapping[str, Figures]) -> list[Verdict]:
    """Every page against floor C and in statements."""
    pages = [key for key in found if key not in ("H", "C")]
    return [Verdict(f"CPU of {key} ÷ C", ratio(found[key].cpu, found["C"].cpu), CPU_OF_C) for key in pages] + [
        Verdict(f"statements of {key}", found[key].queries, STATEMENTS) for key in pages
    ]


_INTRO = """## Pages of the money

Made by `make bench` (alone: `python -m tests.bench --only books`); do not edit. {entries:,} entries of {days} days with
{postings:,} postings, a quarter of the hubs' shares for one hub; {rounds} rounds. Sums of what was posted more than an hour ago are
kept an hour (decision 092), as they are for every reader after the first.

| page | CPU ms | × C | statements | bytes | p50 ms | p99 ms |
|---|--:|--:|--:|--:|--:|--:|
"""


def write(found: Mapping[str, Figures], verdicts: Sequence[Verdict], entries: int) -> str:
    """The section of docs/performance.md."""
    rounds = len(found["C"].cpu)
    text = _INTRO.format(entries=entries, days=_DAYS, postings=entries // 2 * 11, rounds=rounds)
    for key, one in found.items():
        multiple = ratio(one.cpu, found["C"].cpu)
        times = f"{one.p50_ms:.1f} | {one.p99_ms:.1f}"
        text += f"| {LABELS[key]} | {one.cpu_ms:.2f} | {multiple:.1f} | {one.queries} | {one.size or 0:,} | {times} |\n"
    text += "\n| budget | measured | at most | |\n|---|--:|--:|---|\n"
    for it in verdicts:
        text += f"| {it.name} | {it.measured:.2f} | {it.limit:g} | {'met' if it.met else '**missed**'} |\n"
    return text


def fill(sales: int) -> str:
    """Writes so many sales, twice as many entries; returns the code of the busy hub's network."""
    from django.db import connection, transaction

    from vendors.models import Organisation

    busy: str = Organisation.objects.get(kind=Organisation.Kind.PROVINCIAL, province_id="TH-10").code
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _TABLES:  # a copy that is thrown away: its rows balance as they are written
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(_ACCOUNTS)
        cursor.execute(_SALES, {"hub": f"org:{busy}", "sales": sales, "days": _DAYS})
        cursor.execute("DROP TABLE sale")
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")
    return busy


def _open(entries: int) -> dict[str, object]:
    from shop.ledger.models import Account
    from tests.market import make_user, signed_in
    from vendors.models import Membership, Organisation
    from vendors.services import add_member

    busy = fill(entries // 2)
    network = Organisation.objects.get(code=busy)
    keeper = make_user("bench-keeper", is_superuser=True, is_staff=True)
    add_member(organisation=network, user=keeper, role=Membership.Role.TREASURER)
    account = Account.objects.get(owner=f"org:{busy}", purpose="payable", currency="THB")
    paths = {
        "fund": "/fund/",
        "statement": f"/workspace/{network.slug}/money/",
        "finance": "/office/payouts/",
        "books": "/office/ledger/",
        "books_purpose": "/office/ledger/purposes/payable/",
        "books_account": f"/office/ledger/accounts/{account.pk}/",
        "books_entries": "/office/ledger/entries/",
    }
    return {"session": signed_in(keeper).cookies["sessionid"].value, "paths": paths}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import django

    django.setup()
    print(json.dumps(_open(int(sys.argv[1]))))
