"""The rights tests share one market per file: made once in an outer transaction that tests are undone in."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.outside import as_worker
from tests.unit.rights.world import World, build_world


@pytest.fixture(autouse=True)
def _our_own_transactions() -> Iterator[None]:
    """The transactions that pages are asked in here are those of the tests: a page that asks a provider opens none."""
    with as_worker():
        yield


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The market of the file; making one costs a second."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> World:
    """One person of each kind, each with an order, a basket and an address; and what belongs to others."""
    clients, built.clients = built.clients, {}
    world = copy.deepcopy(built)
    built.clients = clients
    world.clients = {kind: _again(client) for kind, client in clients.items()}
    return world


def _again(client: Client) -> Client:
    fresh = Client(raise_request_exception=False)
    fresh.cookies = copy.deepcopy(client.cookies)
    return fresh
