"""The benchmark's own figures: percentiles, ratios by round, budgets, and what the load generator reads."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator

import pytest

from tests.bench import budgets, cpu, load
from tests.bench.arithmetic import Figures, percentile, ratio
from tests.bench.report import write


def test_percentile_is_a_value_that_was_measured() -> None:
    values = [float(number) for number in range(100, 0, -1)]
    assert percentile(values, 50) == 50
    assert percentile(values, 99) == 99
    assert percentile(values, 100) == 100
    assert percentile([7.0], 99) == 7
    assert percentile([1.0, 2.0, 3.0], 50) == 2
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


def test_ratio_compares_within_each_round() -> None:
    """The second round ran on a machine half as fast: the ratio of medians would say 2, the rounds say 4."""
    assert ratio([4.0, 8.0, 4.0], [1.0, 2.0, 1.0]) == 4
    assert ratio([4.0, 8.0, 40.0], [1.0, 4.0, 10.0]) == 4
    with pytest.raises(ValueError, match="as many rounds"):
        ratio([1.0], [1.0, 2.0])
    with pytest.raises(ValueError, match="at least one"):
        ratio([], [])


def test_figures_are_medians_in_milliseconds() -> None:
    figures = Figures(cpu=[0.001, 0.1, 0.003], per_second=[10, 30, 20], each=[0.001] * 98 + [0.5, 0.9])
    assert figures.cpu_ms == 3
    assert figures.rate == 20
    assert figures.p50_ms == 1
    assert figures.p99_ms == 500


def figures(cpu_s: float, queries: int = 5) -> Figures:
    return Figures(cpu=[cpu_s] * 3, per_second=[1.0] * 3, each=[0.001] * 3, queries=queries)


def market(**changes: Figures) -> dict[str, Figures]:
    """Exactly at every budget within a size, so that each change alone misses one. Powers of two: no rounding."""
    usual = {
        "H": figures(1),
        "C": figures(8),
        "listing": figures(32, 8),
        "category": figures(36),
        "product": figures(20, 10),
        "kept": figures(2.5),
        "purchase": figures(100, 80),
        "place3": figures(20, 40),
        "place1": figures(16),
        "story": figures(32),
        "story_kept": figures(2.5),
        "stories": figures(32),
        **dict.fromkeys(budgets.HUB, figures(48, 15)),
    }
    return usual | changes


def missed(small: dict[str, Figures], large: dict[str, Figures]) -> set[str]:
    return {verdict.name for verdict in budgets.judge({"5k": small, "100k": large}) if not verdict.met}


def test_all_budgets_met_exactly() -> None:
    assert missed(market(), market()) == set()


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"listing": figures(32.1, 8)}, "CPU of listing ÷ C at 5k"),
        ({"listing": figures(32, 9)}, "statements of listing at 5k"),
        ({"category": figures(36.1)}, "CPU of category ÷ C at 5k"),
        ({"product": figures(20.1, 10)}, "CPU of product ÷ C at 5k"),
        ({"product": figures(20, 11)}, "statements of product at 5k"),
        ({"kept": figures(2.6)}, "CPU of kept ÷ H at 5k"),
        ({"purchase": figures(100, 81)}, "statements of purchase at 5k"),
        ({"place3": figures(20, 41)}, "statements of place3 at 5k"),
        ({"place3": figures(20.1, 40)}, "CPU of place3 ÷ place1 at 5k"),
    ],
)
def test_each_budget_is_missed_by_name(changes: dict[str, Figures], name: str) -> None:
    assert missed(market(**changes), market(**changes)) == {name, name.replace("5k", "100k")}


def test_growth_is_judged_between_the_sizes() -> None:
    """The floors may differ between the sizes: only pages are compared, and filter counts may grow twofold."""
    assert missed(market(), market(product=figures(21.9, 10), C=figures(9))) == set()
    assert missed(market(), market(product=figures(22.1, 10), C=figures(9))) == {"CPU of product, largest ÷ smallest"}
    assert missed(market(), market(category=figures(71.9), C=figures(16))) == set()
    assert missed(market(), market(category=figures(72.1), C=figures(17))) == {"CPU of category, largest ÷ smallest"}
    assert missed(market(), market(listing=figures(32, 7))) == {"statements of listing, largest − smallest"}


def test_the_report_names_what_was_missed() -> None:
    found = {"5k": market(kept=figures(10)), "100k": market()}
    text = write(found, budgets.judge(found))
    assert "| CPU of kept ÷ H at 5k | 10.00 | 2.5 | **missed** |" in text
    assert "| CPU of kept ÷ H at 100k | 2.50 | 2.5 | met |" in text
    assert "| product | 20000.00 | 20.0 | 2.5 | 10 |" in text
    assert "## 100k products" in text


def test_own_processor_time_grows_with_work() -> None:
    before = cpu.seconds([os.getpid()])
    sum(number * number for number in range(2_000_000))
    assert cpu.seconds([os.getpid()]) > before
    assert os.getpid() in cpu.tree(os.getppid())
    assert cpu.seconds([2**22 + 1]) == 0


ANSWERS = {
    b"GET /plain": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\nhello",
    b"GET /chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
    b"GET /missing": b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    b"GET /closing": b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
}


@pytest.fixture
def port() -> Iterator[int]:
    """A server of canned answers that knows two connections at most, one after the other."""
    listener = socket.create_server((load.HOST, 0))

    def serve() -> None:
        while True:
            try:
                one, _ = listener.accept()
            except OSError:
                return
            with one:
                while asked := one.recv(4096):
                    answer = next(value for key, value in ANSWERS.items() if asked.startswith(key))
                    one.sendall(answer)
                    if b"close" in answer:
                        break

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1]
    listener.close()


def test_answers_are_read_whole(port: int) -> None:
    connection = load.Connection(port)
    plain = connection.ask(load.request("GET", "/plain"))
    assert (plain.status, plain.body) == (200, b"hello")
    assert [value for name, value in plain.headers if name == "set-cookie"] == ["a=1", "b=2"]
    assert connection.ask(load.request("GET", "/chunked")).body == b"abcde"
    assert connection.ask(load.request("GET", "/closing")).body == b"ok"
    assert connection.ask(load.request("GET", "/plain")).body == b"hello"
    connection.close()


def test_a_wrong_status_stops_the_run(port: int) -> None:
    acts = [lambda on: on.ask(load.request("GET", "/missing"))] * 3
    with pytest.raises(load.BadAnswer, match=r"GET /missing HTTP/1[.]1 answered 404 instead of 200"):
        load.run(port, acts, at_once=1)


def test_a_run_does_every_act_once(port: int) -> None:
    timed = load.run(port, [lambda on: on.ask(load.request("GET", "/plain"))] * 7, at_once=1)
    assert len(timed.each) == 7
    assert 0 < max(timed.each) <= timed.whole
