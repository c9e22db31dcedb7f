"""The stand-in as one object: `with Standin(webhook_url=…) as stripe:` in a test, or served for a demo by __main__."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from shop.gateways.standin import acts, faults, sessions
from shop.gateways.standin.delivery import Delivery, Knobs
from shop.gateways.standin.engine import Engine
from shop.gateways.standin.handler import Handler
from shop.gateways.standin.memory import Memory, Thing

KEY, SECRET = "sk_test_standin", "whsec_standin"
_EVERYWHERE = ("0.0.0.0", "::", "")


class _Server(ThreadingHTTPServer):
    daemon_threads, request_queue_size, block_on_close = True, 256, False


class _Server6(_Server):
    address_family = socket.AF_INET6


class Standin:
    """Listens on a free port of this machine from `start` to `stop`.

    Without `webhook_url` events wait: `take_webhooks()` hands them out as (body, signature) for a test that posts them
    itself. All methods may be called from any thread.
    """

    def __init__(
        self,
        *,
        webhook_url: str = "",
        secret: str = SECRET,
        key: str = KEY,
        host: str = "127.0.0.1",
        port: int = 0,
        public_url: str = "",
        state: Path | None = None,
        least: int = 1_000,
        retry: float = 1.0,
        attempts: int = 10,
        workers: int = 1,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.key, self.secret, self.state = key, secret, state
        self.memory = Memory(least=least, clock=clock)
        if state:
            self.memory.load(state)
        self.engine = Engine(self.memory, key)
        self.delivery = Delivery(self.memory, webhook_url, secret, retry=retry, attempts=attempts, workers=workers)
        handler = type("StandinHandler", (Handler,), {"standin": self})
        self._server = (_Server6 if ":" in host else _Server)((host, port), handler)
        near = "127.0.0.1" if host in _EVERYWHERE else f"[{host}]" if ":" in host else host
        self.url = f"http://{near}:{self._server.server_address[1]}"
        self.memory.public_url = public_url or self.url
        self.hosts = () if host in _EVERYWHERE or public_url else ("127.0.0.1", "localhost", near)
        self._stopped, self._saved = threading.Event(), 0
        self._threads = [threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)]
        self._threads.append(threading.Thread(target=self._keep_house, daemon=True))

    def start(self) -> Self:
        """Listens and delivers."""
        self.delivery.start()
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        """Ends everything, and hanging requests with it."""
        self.engine.closing.set()
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self.delivery.stop()
        for thread in self._threads:
            thread.join(5)
        self._save()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _keep_house(self) -> None:
        while not self._stopped.wait(0.3):
            sessions.close_old(self.memory)
            self._save()

    def _save(self) -> None:
        if self.state and self._saved != self.memory.changes:
            self._saved = self.memory.changes
            self.memory.save(self.state)

    # --- at the other end -----------------------------------------------------------------------------------------

    def act(self, name: str, thing_id: str) -> Thing:
        """Does one of `acts.ACTS`."""
        return acts.act(self.memory, name, thing_id)

    def pay(self, thing_id: str) -> Thing:
        """The payer pays: an intent or a session."""
        return self.act("pay", thing_id)

    def pay_late(self, thing_id: str, answer: str = "refused") -> Thing:
        """The money arrives when we ask to cancel, which is then `refused`, or answered by an `error` that says nothing."""
        return self.act("pay_late_error" if answer == "error" else "pay_late", thing_id)

    def decline(self, thing_id: str) -> Thing:
        """The bank declines."""
        return self.act("decline", thing_id)

    def expire(self, thing_id: str) -> Thing:
        """The QR lapses, or the session's time is over."""
        return self.act("expire", thing_id)

    def refund_succeed(self, refund_id: str) -> Thing:
        """The money has reached the buyer."""
        return self.act("refund_succeed", refund_id)

    def refund_fail(self, refund_id: str) -> Thing:
        """The buyer's bank sent it back."""
        return self.act("refund_fail", refund_id)

    def dispute(self, intent_id: str) -> Thing:
        """The holder of the card disputes; answers with the dispute."""
        with self.memory.lock:
            self.act("dispute", intent_id)
            return self.memory.expand(next(self.memory.newest("dispute")), [])

    def get(self, thing_id: str) -> Thing:
        """A copy of any object."""
        with self.memory.lock:
            return self.memory.expand(self.memory.things[thing_id], [])

    def all(self, kind: str) -> list[Thing]:
        """Copies of all objects of a kind, the oldest first."""
        with self.memory.lock:
            return [self.memory.expand(thing, []) for thing in self.memory.newest(kind)][::-1]

    def events(self, *kinds: str) -> list[Thing]:
        """All events, or those of some types, the oldest first."""
        return [event for event in self.all("event") if not kinds or event["type"] in kinds]

    # --- trouble --------------------------------------------------------------------------------------------------

    def fault(self, kind: str, where: str = "*", times: int = 1, seconds: float = 30.0) -> None:
        """The next `times` requests whose "METHOD path" fits `where` go wrong; see `faults.KINDS`."""
        with self.memory.lock:
            self.engine.faults.orders.append(faults.Fault(kind, where, int(times), float(seconds)))

    def calm(self) -> None:
        """No more trouble: faults are forgotten, knobs are back; what was held leaves."""
        with self.memory.lock:
            self.engine.faults.orders.clear()
        held = self.delivery.knobs.hold
        self.delivery.turn(**{**vars(Knobs()), "hold": held})
        if held:
            self.delivery.release()

    def advance(self, seconds: float) -> None:
        """Moves the stand-in's clock on."""
        with self.memory.lock:
            self.memory.ahead += seconds
            sessions.close_old(self.memory)

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The requests of the API, the oldest first."""
        with self.memory.lock:
            return list(self.engine.requests)

    # --- messages -------------------------------------------------------------------------------------------------

    def resend(self, event_id: str) -> None:
        """Sends an event once more."""
        with self.memory.lock:
            self.memory.get("event", event_id)
        self.delivery.enqueue(event_id, attempt=self.delivery.attempts)

    def message(
        self, event_id: str, *, forge: bool = False, stale: bool = False, live: bool = False
    ) -> tuple[bytes, str]:
        """(body, header Stripe-Signature) of an event; odd where told."""
        return self.delivery.message(event_id, forge=forge, stale=stale, live=live)

    def take_webhooks(self) -> list[tuple[bytes, str]]:
        """The messages that nobody has brought yet, the oldest first; they count as brought."""
        with self.memory.lock:
            waiting = list(self.memory.undelivered)
            taken = [self.message(event) for event in waiting]
            for event in waiting:
                self.delivery.done(event)
        return taken

    def settle(self, seconds: float = 10.0) -> bool:
        """Waits until no message is on its way."""
        return self.delivery.idle(seconds)
