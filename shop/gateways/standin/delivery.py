"""Signed messages: a thread brings each event to the shop, again after a failure, and can be told to misbehave."""

from __future__ import annotations

import dataclasses
import hashlib
import heapq
import hmac
import http.client
import itertools
import json
import random
import threading
import time
import urllib.request
from collections import deque
from typing import Any
from urllib.error import HTTPError, URLError

from shop.gateways.standin.memory import Memory
from shop.gateways.standin.refusal import Refusal

FOREVER = 1_000_000
TOO_OLD = 3_600


@dataclasses.dataclass
class Knobs:
    """How messages misbehave. Numbers without a unit count the next events that it happens to."""

    delay: float = 0.0  # seconds before each
    spread: float = 0.0  # each waits up to so many seconds more, so that they overtake each other
    repeat: int = 1  # how often each is sent
    lose: int = 0  # never sent, though Stripe would say it was
    forge: int = 0  # signed with another secret
    stale: int = 0  # signed an hour ago
    live: int = 0  # says that it is real money
    hold: bool = False  # nothing leaves until it is released


def signature(secret: str, body: bytes, stamp: int) -> str:
    """The value of the header Stripe-Signature."""
    mac = hmac.new(secret.encode(), str(stamp).encode() + b"." + body, hashlib.sha256)
    return f"t={stamp},v1={mac.hexdigest()}"


class Delivery:
    """Brings events. Ends with `stop`; what is not delivered stays in the memory's list.

    One worker keeps the order of events as long as nothing fails; several bring as many at the same time.
    """

    def __init__(
        self, memory: Memory, url: str, secret: str, *, retry: float = 1.0, attempts: int = 10, workers: int = 1
    ) -> None:
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(workers)]
        self.memory, self.url, self.secret = memory, url, secret
        self.retry, self.attempts = retry, attempts
        self.knobs, self.dice = Knobs(), random.Random(7)
        self.log: deque[dict[str, Any]] = deque(maxlen=2_000)
        self._due: list[tuple[float, int, str, int]] = []
        self._count, self._ready, self._stopped, self._busy = itertools.count(), threading.Condition(), False, 0
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Straight())
        memory.told.append(self.enqueue)

    def enqueue(self, event: str, attempt: int = 1, wait: float | None = None) -> None:
        """Plans one event."""
        with self._ready:
            knobs = self.knobs
            if not self.url:
                return
            for _ in range(knobs.repeat if attempt == 1 else 1):
                later = knobs.delay + self.dice.random() * knobs.spread if wait is None else wait
                heapq.heappush(self._due, (time.monotonic() + later, next(self._count), event, attempt))
            self._ready.notify()

    def release(self, order: str = "", repeat: int = 0) -> None:
        """Lets go what was held: as it came, `reversed` or `shuffled`, each `repeat` times."""
        with self._ready:
            waiting = [entry[2:] for entry in sorted(self._due)]
            if order == "reversed":
                waiting.reverse()
            waiting = [entry for entry in waiting for _ in range(repeat or 1)]
            if order == "shuffled":
                self.dice.shuffle(waiting)
            now = time.monotonic()
            self._due = [(now, next(self._count), event, attempt) for event, attempt in waiting]
            heapq.heapify(self._due)
            self.knobs.hold = False
            self._ready.notify()

    def turn(self, **changes: Any) -> None:
        """Turns knobs."""
        with self._ready:
            for name, value in changes.items():
                now = getattr(self.knobs, name, None)
                if now is None or not isinstance(value, int | float) or (value < 0):
                    raise Refusal(f"There is no knob {name} that takes {value!r}.")
                setattr(self.knobs, name, type(now)(value))
            self._ready.notify()

    def idle(self, seconds: float = 10.0) -> bool:
        """Waits until nothing is on its way or planned; False when it takes longer."""
        until = time.monotonic() + seconds
        with self._ready:
            while self._due or self._busy:
                if time.monotonic() > until:
                    return False
                self._ready.wait(0.02)
        return True

    def start(self) -> None:
        """Begins to bring, and takes up what an earlier run left."""
        for event in list(self.memory.undelivered):
            self.enqueue(event)
        for thread in self._threads:
            thread.start()

    def _run(self) -> None:
        while (entry := self._next()) is not None:
            try:
                self._bring(*entry)
            finally:
                with self._ready:
                    self._busy -= 1
                    self._ready.notify_all()

    def _next(self) -> tuple[str, int] | None:
        with self._ready:
            while not self._stopped:
                wait = self._due[0][0] - time.monotonic() if self._due and not self.knobs.hold else None
                if wait is not None and wait <= 0:
                    self._busy += 1
                    _, _, event, attempt = heapq.heappop(self._due)
                    return event, attempt
                self._ready.wait(wait)
        return None

    def stop(self) -> None:
        """Ends the threads."""
        with self._ready:
            self._stopped = True
            self._ready.notify_all()
        for thread in self._threads:
            thread.join(2)

    # --- one message -----------------------------------------------------------------------------------------------

    def message(self, event: str, **odd: bool) -> tuple[bytes, str]:
        """(body, signature header); `forge`, `stale`, `live` make it odd."""
        with self.memory.lock:
            told = dict(self.memory.get("event", event))
        if odd.get("live"):
            told["livemode"] = True
        body = json.dumps(told, ensure_ascii=False, indent=2).encode()
        stamp = self.memory.now() - (TOO_OLD if odd.get("stale") else 0)
        return body, signature("whsec_somebody_else" if odd.get("forge") else self.secret, body, stamp)

    def _spend(self) -> dict[str, bool]:
        spent = {}
        with self._ready:
            for name in ("lose", "forge", "stale", "live"):
                left = getattr(self.knobs, name)
                spent[name] = left > 0
                if 0 < left < FOREVER:
                    setattr(self.knobs, name, left - 1)
        return spent

    def _bring(self, event: str, attempt: int) -> None:
        odd = self._spend()
        status = 0 if odd["lose"] else self._send(*self.message(event, **odd))
        told = [name for name, on in odd.items() if on]
        self.log.append({"event": event, "attempt": attempt, "status": status, "odd": told, "at": self.memory.now()})
        if odd["lose"] or 200 <= status < 300:
            self.done(event)
        elif attempt < self.attempts and not self._stopped:
            self.enqueue(event, attempt + 1, wait=min(self.retry * 2 ** (attempt - 1), 60.0))

    def done(self, event: str) -> None:
        """The event has arrived."""
        with self.memory.lock:
            self.memory.undelivered.pop(event, None)
            self.memory.things[event]["pending_webhooks"] = 0
            self.memory.changes += 1

    def _send(self, body: bytes, header: str) -> int:
        heads = {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": header}
        heads["User-Agent"] = "Stripe/1.0 (stand-in)"
        request = urllib.request.Request(self.url, data=body, headers=heads, method="POST")
        try:
            with self._opener.open(request, timeout=15) as answer:
                return int(answer.status)
        except HTTPError as problem:
            return problem.code
        except (URLError, OSError, http.client.HTTPException):
            return 0


class _Straight(urllib.request.HTTPRedirectHandler):
    """A redirect is no answer to a message."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None
