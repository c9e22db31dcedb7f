"""Reads from the code what happens when: hooks, news, jobs and refusals, and writes docs/algorithms/events.md of it."""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import inspect
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.utils import translation

from shop.common import jobs, outbox
from shop.common.errors import MarketError
from tests.guards.rooms import ROOT, calls, module_of, parsed, python_files, room_of

DOCUMENT = ROOT / "docs" / "algorithms" / "events.md"
_INTRO = """# What happens when

Written by `WRITE_DOCS=1 make unit` from the code and compared with it by `tests/guards/test_moments.py`, so that a new
moment, follower, job or refusal shows as a line of a diff.

A **hook** runs in the transaction of the change: a follower that fails rolls all of it back. **News** is a row of the
outbox, written in that transaction and brought to idempotent followers afterwards, at least once. **Jobs** are started
by `manage.py clock`; each may run again without harm. A **refusal** is an error of a service with a stable code.
"""


def load_everything() -> None:
    """Imports every module of ours, so that nothing registers later."""
    for path in python_files():
        module = module_of(path)
        if module.startswith("shop.settings") or path.stem in ("wsgi", "launch"):
            continue
        importlib.import_module(module)


def _first_line(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").split("\n")[0]


def _ours(function: Any) -> bool:
    return room_of(function.__module__) is not None


def _name(function: Any) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def hooks() -> dict[str, tuple[str, str, list[Any]]]:
    """Hook name → (where it is defined, what its line says, receivers of ours)."""
    found = {}
    for path in python_files():
        for node, after in pairwise([*parsed(path).body, None]):
            if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Call):
                continue
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            if getattr(node.value.func, "id", "") != "Hook" or not isinstance(target, ast.Name):
                continue
            hook = getattr(importlib.import_module(module_of(path)), target.id)
            told = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            found[hook.name] = (module_of(path), str(told), [one for one in hook._receivers if _ours(one)])
    return dict(sorted(found.items()))


def topics_announced() -> dict[str, set[str]]:
    """Topic → the modules that announce it. A topic is always written as a plain string."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in python_files():
        for name, call in calls(path):
            if name == "announce" and call.args:
                topic = call.args[0]
                assert isinstance(topic, ast.Constant), f"{path}: write the topic as a plain string"
                found[str(topic.value)].add(module_of(path))
    return dict(sorted(found.items()))


def topics_followed() -> dict[str, list[Any]]:
    """Topic → the subscribers of ours."""
    followed = {topic: [one for one in known if _ours(one)] for topic, known in outbox._subscribers.items()}
    return {topic: known for topic, known in sorted(followed.items()) if known}


def our_jobs() -> list[jobs.Job]:
    """Every job of ours, by name."""
    return [job for job in jobs.all_jobs() if _ours(job.run)]


def refusals() -> list[type[MarketError]]:
    """Every error class of ours that declares a code."""

    def below(kind: type[MarketError]) -> Iterator[type[MarketError]]:
        yield kind
        for child in kind.__subclasses__():
            yield from below(child)

    return sorted(
        (kind for kind in set(below(MarketError)) if _ours(kind)), key=lambda kind: (kind.code, kind.__name__)
    )


def _every(span: dt.timedelta) -> str:
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    return f"{minutes} min" if minutes and not seconds else f"{int(span.total_seconds())} s"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def _followers(functions: list[Any]) -> str:
    return "<br>".join(f"`{_name(one)}`: {_first_line(one)}" for one in functions) or "nobody yet"


def document() -> str:
    """The whole page."""
    hook_rows = [(f"`{name}`", f"`{where}`", told, _followers(known)) for name, (where, told, known) in hooks().items()]
    followed = topics_followed()
    news_rows = [
        (f"`{topic}`", ", ".join(f"`{where}`" for where in sorted(places)), _followers(followed.get(topic, [])))
        for topic, places in topics_announced().items()
    ]
    job_rows = [(f"`{job.name}`", _every(job.every), _first_line(job.run)) for job in our_jobs()]
    with translation.override("en"):
        refusal_rows = [
            (f"`{kind.code}`", f"`{_name(kind)}`", str(kind.message)) for kind in refusals() if kind.message
        ]
    return "\n".join(
        [
            _INTRO,
            "## Hooks\n",
            _table(("hook", "defined in", "moment", "who acts"), hook_rows),
            "## News\n",
            _table(("topic", "announced by", "who is told"), news_rows),
            "## Jobs\n",
            _table(("job", "every", "what it does"), job_rows),
            "## Refusals\n",
            _table(("code", "class", "what it says"), refusal_rows),
        ]
    )
