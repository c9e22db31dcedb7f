"""Does the cause of an entry exist? Rooms above register who knows the causes of a prefix; the nightly check asks them.

@causes.knows("capture")
def captures(causes: Sequence[str]) -> set[str]: ...      returns those of the given causes that exist

They also say what they have posted about an order, so that its whole books can be read in one place.

@causes.tells_of_orders
def of_order(number: str) -> Iterable[str]: ...           returns the causes that belong to the order
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from shop.ledger.models import Entry

Resolver = Callable[[Sequence[str]], set[str]]
Trail = Callable[[str], Iterable[str]]
_resolvers: dict[str, Resolver] = {}
_trails: list[Trail] = []


def knows(prefix: str) -> Callable[[Resolver], Resolver]:
    """Registers the resolver of the causes `prefix:…`; one each."""

    def add(resolver: Resolver) -> Resolver:
        if _resolvers.setdefault(prefix, resolver) is not resolver:
            raise ValueError(f"two rooms know the causes of {prefix}")
        return resolver

    return add


def prefix_of(cause: str) -> str:
    """What stands before the colon."""
    return cause.partition(":")[0]


def resolver_of(prefix: str) -> Resolver | None:
    """Who knows the causes of a prefix; None when nobody does."""
    return _resolvers.get(prefix)


def cause_exists(cause: str) -> bool:
    """Asks for one cause. False also when nobody knows its prefix."""
    resolver = resolver_of(prefix_of(cause))
    return resolver is not None and cause in resolver([cause])


def tells_of_orders(trail: Trail) -> Trail:
    """Registers a room that posts about orders."""
    if trail not in _trails:
        _trails.append(trail)
    return trail


def of_order(number: str) -> set[str]:
    """Every cause that belongs to an order, whether it was posted or not."""
    return {cause for trail in _trails for cause in trail(number)}


@knows("reversal")
def _reversals(causes: Sequence[str]) -> set[str]:
    """A reversal exists by the entry that it takes back."""
    rows = Entry.objects.filter(cause__in=causes, reverses__isnull=False)
    return set(rows.values_list("cause", flat=True))
