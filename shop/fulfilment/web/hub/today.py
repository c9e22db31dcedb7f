"""What waits in the hubs, on the desk of the network that runs them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from shop.fulfilment import hub_selectors as read
from shop.theme.formats import local
from vendors.models import Organisation
from vendors.policies import Right
from vendors.web.workspace.registry import Card, Todo, register_card


def hubs(organisation: Organisation) -> list[Todo]:
    """Boxes to count, parcels that are ready, parcels past their day; by hub where there are several."""
    found: list[Todo] = []
    rows = read.work_of(organisation)
    for hub, sums in rows:
        name = local(hub, "name_th", get_language() or "th") if len(rows) > 1 else ""
        at = [organisation.slug, hub.code]
        boxes, parcels = sums.today + sums.late, sums.send + sums.shelve
        if boxes:
            words = ngettext("box comes today", "boxes come today", boxes)
            late = _("%(number)s of them are late.") % {"number": sums.late} if sums.late else ""
            note = " ".join(part for part in (name, late) if part)
            url = reverse("hub:today", args=at)
            found.append(Todo(boxes, words, url, _("Count them"), note, bool(sums.late)))
        if parcels:
            words = ngettext("parcel is put together", "parcels are put together", parcels)
            found.append(Todo(parcels, words, reverse("hub:parcels", args=at), _("Send or shelve"), name))
        if sums.past:
            words = ngettext("parcel was not collected in time", "parcels were not collected in time", sums.past)
            url = f"{reverse('hub:parcels', args=at)}?which=past"
            found.append(Todo(sums.past, words, url, _("Take the parcel back"), name, True))
    return found


register_card(
    Card(
        read=hubs, is_for=lambda organisation: organisation.kind in Organisation.NETWORKS, right=Right.PACK, position=9
    )
)
