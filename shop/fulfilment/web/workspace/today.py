"""Orders that wait for the group's hands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shop.common import clock
from shop.order.models import VendorOrder
from shop.order.selectors import work_of
from shop.shipping.selectors import pack_by
from shop.theme.templatetags.market import be_date_short
from vendors.models import Organisation
from vendors.policies import Right
from vendors.web.workspace.registry import Card, Todo, is_group, register_card

State = VendorOrder.State
_ACTS: dict[str, Any] = {
    State.TO_ACCEPT: gettext_lazy("Accept it"),
    State.TO_PACK: gettext_lazy("Pack now"),
    State.PACKED: gettext_lazy("Hand over"),
}


def orders(group: Organisation) -> list[Todo]:
    """To accept, to pack, to hand over, each with the age of the oldest and the day that buyers were told."""
    work, found = work_of(group.pk), []
    for state, act in _ACTS.items():
        if state in work:
            oldest, number = work[state].oldest, work[state].number
            due = pack_by(oldest.astimezone(clock.BANGKOK).date())
            note = f"{_age(clock.now() - oldest)} {_('Promised to leave by %(day)s.') % {'day': be_date_short(due)}}"
            url = f"{reverse('vendor_orders:list', args=[group.slug])}?state={state}"
            found.append(Todo(number, _title(state, number), url, str(act), note, due <= clock.today()))
    return found


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
