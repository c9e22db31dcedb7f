"""What an upper room tells of a network on its page; this room may not ask it itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from vendors.models import Organisation


@dataclass(frozen=True)
class Told:
    """Ready HTML, and one sentence for machines and shared links."""

    html: SafeString
    summary: str = ""
    poster: str = ""


Teller = Callable[[Organisation, str], Told | None]
_tellers: list[Teller] = []


def register_teller(teller: Teller) -> None:
    """`teller(network, language)` gives what stands on a network's page."""
    if teller not in _tellers:
        _tellers.append(teller)


def told_of(network: Organisation, language: str) -> Told | None:
    """What the first teller that knows the network says."""
    return next((told for teller in _tellers if (told := teller(network, language)) is not None), None)
