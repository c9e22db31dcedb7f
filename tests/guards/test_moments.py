"""What is announced is followed, what is refused has its own code, and docs/algorithms/events.md says all of it."""

from __future__ import annotations

import ast
import os
from collections import Counter

import pytest
from django.conf import settings

from tests.guards import moments
from tests.guards.rooms import calls, module_of, parsed, python_files, room_of

UNFOLLOWED_HOOKS = {
    "order.placed": "for the shares and the ledger, which come with the money issue",
    "payment.refund_succeeded": "for the shares, which come with the books",
}
"""Hooks that nobody follows on purpose; a line goes when the first follower comes."""
UNFOLLOWED_NEWS: dict[str, str] = {}


@pytest.fixture(autouse=True, scope="module")
def _everything_is_loaded() -> None:
    moments.load_everything()


def test_every_hook_is_followed_or_known_not_to_be() -> None:
    unfollowed = {name for name, (_where, _told, known) in moments.hooks().items() if not known}
    assert unfollowed == set(UNFOLLOWED_HOOKS)


def test_every_hook_is_run_somewhere() -> None:
    run = {
        call.func.value.id
        for path in python_files()
        for name, call in calls(path)
        if name == "run" and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
    }
    defined = {
        node.target.id if isinstance(node, ast.AnnAssign) else ""
        for path in python_files()
        if path.stem == "events"
        for node in parsed(path).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    } | {
        target.id
        for path in python_files()
        if path.stem == "events"
        for node in parsed(path).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    assert defined - run == set(), "a moment that never comes"


def test_every_hook_says_its_moment_and_stands_in_events() -> None:
    assert [name for name, (where, _told, _known) in moments.hooks().items() if not where.endswith(".events")] == []
    assert [name for name, (_where, told, _known) in moments.hooks().items() if not told] == []


def test_news_is_followed_and_what_is_followed_is_announced() -> None:
    announced, followed = set(moments.topics_announced()), set(moments.topics_followed())
    assert announced - followed == set(UNFOLLOWED_NEWS)
    assert followed - announced == set()


def test_jobs_have_names_of_their_own() -> None:
    named = [
        str(call.args[0].value)
        for path in python_files()
        for name, call in calls(path)
        if name == "job" and call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert [name for name, times in Counter(named).items() if times > 1] == []
    assert sorted(named) == [job.name for job in moments.our_jobs()], (
        "registered when its room starts, or it never runs"
    )


def test_every_refusal_has_its_own_code_and_says_something() -> None:
    kinds = moments.refusals()
    codes = Counter(kind.code for kind in kinds)
    assert [code for code, times in codes.items() if times > 1] == []
    silent = {kind.code for kind in kinds if not kind.message}
    assert silent == {"market.refused", "catalogue.refused"}, "only bases are silent"
    misplaced = [
        kind.code
        for kind in kinds
        if kind.__module__ != "shop.common.errors"
        and not kind.code.startswith(f"{room_of(kind.__module__)}.".removeprefix("shop."))
    ]
    assert misplaced == []


def test_settings_that_are_read_exist() -> None:
    """A misspelt name would be an AttributeError on the one page that reads it."""
    read = {
        (module_of(path), node.attr)
        for path in python_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "settings"
    }
    assert sorted(f"{module}: {name}" for module, name in read if not hasattr(settings, name)) == []


def test_on_commit_only_wakes() -> None:
    """What must not be lost is a row of the outbox; `on_commit` is for what may be (counters of caches)."""
    users = {module_of(path) for path in python_files() for name, _call in calls(path) if name == "on_commit"}
    assert users == {"shop.common.versions"}


def test_the_document_says_what_the_code_does() -> None:
    told = moments.document()
    if os.environ.get("WRITE_DOCS"):
        moments.DOCUMENT.parent.mkdir(parents=True, exist_ok=True)
        moments.DOCUMENT.write_text(told, encoding="utf-8")
    written = moments.DOCUMENT.read_text(encoding="utf-8") if moments.DOCUMENT.is_file() else ""
    assert written == told, "run WRITE_DOCS=1 make unit and look at the difference"
