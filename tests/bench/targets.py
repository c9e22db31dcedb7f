"""What is measured: each target makes acts (one page, one flow or one order) and says what they cost in statements."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench import words
from tests.bench.choice import CATEGORY, Choice
from tests.bench.hub import Desk
from tests.bench.load import Connection, Request, request
from tests.bench.told import STORIES, STORY
from tests.bench.visitor import Visitor

Act = Callable[[Connection], object]
_MADE_ANEW = "sessionid=bench"
"""A visitor with a session gets public pages made anew: nothing of the kept page is used, nor is one kept."""
_HIGHEST_BAHT = 200_000  # above every price: the filter holds everything, and each number is another filter
_names = itertools.count(1)


@dataclass(frozen=True)
class Cost:
    """Statements, and the answer's size in bytes, plain and gzipped."""

    queries: int
    size: int
    zipped: int


@dataclass(frozen=True)
class Target:
    """`acts(connection, n)` prepares n acts; `count(connection)` does one and counts. `number` acts make a sample."""

    key: str
    label: str
    number: int
    acts: Callable[[Connection, int], list[Act]]
    count: Callable[[Connection], Cost]


def targets(choice: Choice, desk: Desk) -> list[Target]:
    """Everything, floors first."""
    three, one = choice.of_three_groups, choice.of_one_group
    return [
        _page("H", "floor H: hello world", 300, lambda: "/bench/hello/", cookie=""),
        _page("C", "floor C: 20 bare cards", 60, lambda: "/bench/cards/", cookie=""),
        _page("home", "front page", 20, lambda: "/"),
        _page("listing", "listing of 24, made anew", 30, lambda: "/products/"),
        _page("kept", "the same from the cache", 200, lambda: "/products/", cookie=""),
        _page("category", "category with filter counts, both made anew", 20, _category),
        _page("product", "product, made anew", 40, lambda: choice.product_path),
        _page("group", "shop page of a group, made anew", 30, lambda: choice.group_path),
        Target("basket", "basket with 3 lines", 30, _basket(three), _count_basket(three)),
        Target("add", "add to basket (the first good)", 30, _add(three[0]), _count_add(three[0])),
        Target(
            "purchase",
            "a guest's whole purchase, 11 requests",
            4,
            _purchase(three, choice),
            _count_purchase(three, choice),
        ),
        Target("place3", "placing 3 lines of 3 groups", 10, _place(three), _count_place(three)),
        Target("place1", "placing 3 lines of 1 group", 10, _place(one), _count_place(one)),
        _page("story", "a story with goods, made anew", 30, lambda: STORY),
        _page("story_kept", "the same from the cache", 100, lambda: STORY, cookie=""),
        _page("stories", "all news, made anew", 30, lambda: STORIES),
        *(_desk_page(key, path, desk.session) for key, path in desk.paths.items()),
    ]


def book_targets(desk: Desk) -> list[Target]:
    """The floors, and the pages of the money of `books.PAGES`."""
    return [
        _page("H", "floor H: hello world", 200, lambda: "/bench/hello/", cookie=""),
        _page("C", "floor C: 20 bare cards", 60, lambda: "/bench/cards/", cookie=""),
        *(_desk_page(key, path, desk.session) for key, path in desk.paths.items()),
    ]


def search_targets() -> list[Target]:
    """The floors, and the pages of `words.KINDS`; each answers another text in turn, which was not asked before."""
    return [
        _page("H", "floor H: hello world", 200, lambda: "/bench/hello/", cookie=""),
        _page("C", "floor C: 20 bare cards", 60, lambda: "/bench/cards/", cookie=""),
        *(_search_page(kind) for kind in words.KINDS),
    ]


def _search_page(kind: str) -> Target:
    texts = words.addresses(kind)
    number = 60 if kind == "suggest" else 24
    return _page(kind, words.LABELS[kind], number, lambda: words.path(kind, next(texts)))


def _desk_page(key: str, path: str, session: str) -> Target:
    return _page(key, key, 20, lambda: path, cookie=f"sessionid={session}")


def _category() -> str:
    return f"/categories/{CATEGORY}/?max={_HIGHEST_BAHT + next(_names)}"


def _page(key: str, label: str, number: int, path: Callable[[], str], cookie: str = _MADE_ANEW) -> Target:
    def asked(**headers: str) -> Request:
        return request("GET", path(), Cookie=cookie, **headers)

    def acts(connection: Connection, wanted: int) -> list[Act]:
        return [_asker(asked()) for _ in range(wanted)]

    def count(connection: Connection) -> Cost:
        answer = connection.ask(asked(X_Bench_Count="1"))
        return Cost(int(answer.header("x-bench-queries")), len(answer.body), len(gzip.compress(answer.body, 6)))

    return Target(key, label, number, acts, count)


def _asker(one: Request) -> Act:
    return lambda on: on.ask(one)


def _visitor(connection: Connection, *, count: bool = False) -> Visitor:
    return Visitor(connection, name=f"guest-{next(_names)}", count=count)


def _basket(products: tuple[int, ...]) -> Callable[[Connection, int], list[Act]]:
    def acts(connection: Connection, wanted: int) -> list[Act]:
        visitor = _visitor(connection).fill(products)
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items() if name != "messages")
        one = request("GET", "/basket/", Cookie=cookies)
        return [lambda on: on.ask(one)] * wanted

    return acts


def _count_basket(products: tuple[int, ...]) -> Callable[[Connection], Cost]:
    def count(connection: Connection) -> Cost:
        visitor = _visitor(connection).fill(products)
        visitor.cookies.pop("messages", None)
        visitor.count = True
        body = visitor.get("/basket/").body
        return Cost(visitor.queries, len(body), len(gzip.compress(body, 6)))

    return count


def _add(product: int) -> Callable[[Connection, int], list[Act]]:
    def acts(connection: Connection, wanted: int) -> list[Act]:
        return [lambda on: _visitor(on).fill((product,))] * wanted

    return acts


def _count_add(product: int) -> Callable[[Connection], Cost]:
    return lambda connection: Cost(_visitor(connection, count=True).fill((product,)).queries, 0, 0)


def _buy(visitor: Visitor, products: tuple[int, ...], choice: Choice) -> Visitor:
    """The whole way of a guest: look, add three goods, basket, address, total, order, the order's page."""
    visitor.get("/products/")
    visitor.get(choice.product_path)
    visitor.fill(products)
    visitor.get("/basket/")
    visitor.give_address()
    visitor.get(visitor.place(visitor.look_at_total()))
    return visitor


def _purchase(products: tuple[int, ...], choice: Choice) -> Callable[[Connection, int], list[Act]]:
    def acts(connection: Connection, wanted: int) -> list[Act]:
        return [lambda on: _buy(_visitor(on), products, choice)] * wanted

    return acts


def _count_purchase(products: tuple[int, ...], choice: Choice) -> Callable[[Connection], Cost]:
    return lambda connection: Cost(_buy(_visitor(connection, count=True), products, choice).queries, 0, 0)


def _ready(connection: Connection, products: tuple[int, ...]) -> tuple[Visitor, dict[str, str]]:
    visitor = _visitor(connection).fill(products)
    visitor.give_address()
    return visitor, visitor.look_at_total()


def _place(products: tuple[int, ...]) -> Callable[[Connection, int], list[Act]]:
    def acts(connection: Connection, wanted: int) -> list[Act]:
        ready = [_ready(connection, products) for _ in range(wanted)]
        return [lambda on, who=visitor, form=form: who.on(on).place(form) for visitor, form in ready]

    return acts


def _count_place(products: tuple[int, ...]) -> Callable[[Connection], Cost]:
    def count(connection: Connection) -> Cost:
        visitor, form = _ready(connection, products)
        visitor.count = True
        visitor.place(form)
        return Cost(visitor.queries, 0, 0)

    return count
