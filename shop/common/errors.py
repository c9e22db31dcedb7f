"""What every refusal of a service has in common: a code for machines and a sentence for people."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import Promise


class MarketError(Exception):
    """A rule said no. `code` names the rule; the message says how to put it right, in the visitor's language."""

    code: ClassVar[str] = "market.refused"
    message: ClassVar[str | Promise] = ""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.code)

    @property
    def text(self) -> str:
        """The sentence, with the facts filled in."""
        return str(self.message) % self.facts if self.facts else str(self.message)

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"
