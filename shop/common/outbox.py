"""The outbox: `announce` writes news in the running transaction, `work_off` brings it to the subscribers.

A subscriber must be idempotent: it may be called again after a crash. A failing message waits longer each time and
stays visible to staff after MAX_TRIES.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from shop.common import clock
from shop.common.models import OutboxMessage

log = logging.getLogger("market.outbox")
MAX_TRIES = 12
Subscriber = Callable[[dict[str, Any]], None]
_subscribers: dict[str, list[Subscriber]] = defaultdict(list)


def subscribe(topic: str) -> Callable[[Subscriber], Subscriber]:
    """Registers a subscriber of one topic; used by each room's `subscribers.py`."""

    def add(subscriber: Subscriber) -> Subscriber:
        if subscriber not in _subscribers[topic]:
            _subscribers[topic].append(subscriber)
        return subscriber

    return add


def announce(topic: str, payload: dict[str, Any], *, key: str = "") -> None:
    """Writes one message in the caller's transaction. With a `key`, the same news is written once only."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"{topic} must be announced inside the transaction of its change")
    moment = clock.now()
    OutboxMessage.objects.bulk_create(
        [OutboxMessage(topic=topic, payload=payload, key=key, created_at=moment, next_try_at=moment)],
        ignore_conflicts=bool(key),
    )


def work_off(limit: int = 200) -> int:
    """Works off waiting messages, oldest first; returns how many were brought. Several workers may run at once."""
    done = 0
    while done < limit and _work_one():
        done += 1
    return done


def _work_one() -> bool:
    with transaction.atomic():
        message = (
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(done_at=None, next_try_at__lte=clock.now(), tries__lt=MAX_TRIES)
            .order_by("next_try_at", "id")
            .first()
        )
        if message is None:
            return False
        message.tries += 1
        try:
            with transaction.atomic():
                for subscriber in _subscribers.get(message.topic, []):
                    subscriber(message.payload)
        except Exception as error:
            log.exception("outbox message %s (%s) failed", message.pk, message.topic)
            message.last_error = f"{type(error).__name__}: {error}"[:2000]
            message.next_try_at = clock.now() + dt.timedelta(seconds=5 * 2**message.tries)
        else:
            message.done_at = clock.now()
            message.last_error = ""
        message.save(update_fields=["tries", "last_error", "next_try_at", "done_at"])
    return True
