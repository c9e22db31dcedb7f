"""What a stop of the tour is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.tour.visit import Visit

GUEST = ""


@dataclass(frozen=True)
class Stop:
    """One page in one state. `who` signs in before; `status` is what the page answers when it is opened by address."""

    name: str
    go: Callable[[Visit], None]
    who: str = GUEST
    only_thai: bool = False


def at(name: str, path: str | Callable[[Visit], str], who: str = GUEST, *, status: int = 200) -> Stop:
    """A stop that is reached by its address alone."""

    def go(visit: Visit) -> None:
        address = path if isinstance(path, str) else path(visit)
        answer = visit.open(address)
        assert answer.status == status, f"{address}: {answer.status}"

    office = isinstance(path, str) and path.startswith("/office/")
    return Stop(name, go, who, only_thai=office)


def _sheet(name: str) -> Callable[[Visit], None]:
    """One of the sheets that the demo's officer sent in, once it was looked through."""

    def go(visit: Visit) -> None:
        visit.open("/office/import/")
        visit.page.get_by_role("link", name=name).click()
        visit.page.locator("#run .note").wait_for()

    return go
