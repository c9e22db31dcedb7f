"""Orders that wait for the group's hands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from shop.common import clock
from shop.fulfilment.digests import Run, work_of
from shop.order.models import VendorOrder
from shop.shipping.calendars import read_promises
from shop.theme import formats
from shop.theme.templatetags.market import be_date_short
from vendors.models import Organisation
from vendors.policies import Right
from vendors.web.workspace.registry import Card, Todo, is_group, register_card

State = VendorOrder.State
_RUNS = 3
"""So many days ahead are named on the desk; the list has all."""
_ACTS: dict[str, Any] = {
    State.TO_ACCEPT: gettext_lazy("Accept it"),
    State.TO_PACK: gettext_lazy("Pack now"),
    State.PACKED: gettext_lazy("Hand over"),
}


def orders(group: Organisation) -> list[Todo]:
    """To accept, to pack, to hand over, each with the age of the oldest and the day that buyers were told; then what goes to hubs."""
    (work, runs), found = work_of(group.pk), []
    days = {state: each.oldest.astimezone(clock.BANGKOK).date() for state, each in work.items() if state in _ACTS}
    promised = read_promises(since=min(days.values()), on=clock.today()) if days else None
    for state, act in _ACTS.items():
        if state in work and promised:
            oldest, number = work[state].oldest, work[state].number
            due = promised.pack_by(days[state])
            note = f"{_age(clock.now() - oldest)} {_('Promised to leave by %(day)s.') % {'day': be_date_short(due)}}"
            url = f"{reverse('vendor_orders:list', args=[group.slug])}?state={state}"
            found.append(Todo(number, _title(state, number), url, str(act), note, due <= clock.today()))
    return [*found, *(_to_bring(group, run) for run in runs[:_RUNS])]


def _to_bring(group: Organisation, run: Run) -> Todo:
    hub = formats.pick(run.hub_th, run.hub_en, get_language() or "th")
    title = ngettext("box to bring to the hub", "boxes to bring to the hub", run.boxes)
    note = _("%(hub)s, on %(day)s") % {"hub": hub, "day": be_date_short(run.due)}
    address = reverse("vendor_orders:bring", args=[group.slug])
    return Todo(run.boxes, title, address, _("See the list"), note, run.due <= clock.today())


def _title(state: str, number: int) -> str:
    if state == State.TO_ACCEPT:
        return ngettext("new order to accept", "new orders to accept", number)
    if state == State.TO_PACK:
        return ngettext("order to pack", "orders to pack", number)
    return ngettext("parcel waits for the carrier", "parcels wait for the carrier", number)


def _age(waited: dt.timedelta) -> str:
    hours = max(int(waited.total_seconds()) // 3600, 0)
    if hours < 1:
        return _("The oldest has just come.")
    if hours < 48:
        return _("The oldest has waited for %(hours)s hours.") % {"hours": hours}
    return _("The oldest has waited for %(days)s days.") % {"days": hours // 24}


register_card(Card(read=orders, is_for=is_group, right=Right.PACK, position=10))
