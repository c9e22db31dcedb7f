"""The sheet of goods takes its place among the kinds of sheets, and its words among those of history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.partner.sheets.columns import COLUMNS, MOST
from shop.partner.sheets.ground import ground_of
from shop.partner.sheets.planning import WAITS, plan_goods
from shop.partner.sheets.saving import save_goods
from vendors import history
from vendors.models import ImportRun
from vendors.sheets.kinds import add_sheet
from vendors.sheets.plans import Sheet


def _note(note: str) -> str:
    return _("An officer looks at it first; buyers see what they saw before.") if note == WAITS else note


def _no_rows(user: Any) -> Iterator[list[Any]]:
    """Goods are exported for one group: see `template`."""
    return iter(())


add_sheet(
    ImportRun.Kind.GOODS,
    Sheet(COLUMNS, plan_goods, save_goods, _no_rows, ground=ground_of, note=_note, shows_again=True, most=MOST),
)
history.register({"goods.sheet": gettext_lazy("Brought goods in by a file")})
