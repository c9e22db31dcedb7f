"""Which engine answers: Elasticsearch while it does so in time, otherwise the embedded one, which finds the same.

A breaker per process remembers that Elasticsearch failed, so that not every visitor waits for it; after a pause one
question is tried again, and when it is answered all go there again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from search import elastic
from search.contract import Engine
from search.finding import embedded

log = logging.getLogger("market.search")
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 60.0
"""Seconds without asking after a failure; doubled with each further one."""
Answer = TypeVar("Answer")


class Breaker:
    """Open: not asked. After the pause, one question at a time is let through."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.now, self.pause, self.until = now, 0.0, 0.0

    def lets_through(self) -> bool:
        """Whether to ask; whoever asks after the pause puts the others off until the answer is there."""
        if not self.pause:
            return True
        if self.now() < self.until:
            return False
        self.until = self.now() + self.pause
        return True

    def failed(self) -> None:
        """Opens, or opens for longer."""
        self.pause = min(LONGEST_PAUSE, self.pause * 2 or FIRST_PAUSE)
        self.until = self.now() + self.pause

    def answered(self) -> None:
        """Closes."""
        self.pause = self.until = 0.0


breaker = Breaker()


def ask(question: Callable[[Engine], Answer]) -> Answer:
    """Puts the question to the engine of the moment; what fails in Elasticsearch is asked of the embedded engine."""
    if elastic.is_used() and breaker.lets_through():
        try:
            answer = question(elastic.ElasticEngine())
        except elastic.FAILURES as error:
            breaker.failed()
            log.warning("Elasticsearch does not answer (%s); the embedded engine does", type(error).__name__)
        else:
            breaker.answered()
            return answer
    return question(embedded)
