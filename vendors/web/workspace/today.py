"""What the rooms of this package find to do today: certificates, and people who were invited."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.common import clock
from shop.theme.templatetags.market import be_date
from vendors.members import open_invitations
from vendors.models import Certificate, Organisation
from vendors.policies import Right
from vendors.web.workspace.registry import Card, Todo, is_group, register_card

State = Certificate.State
SOON_DAYS, URGENT_DAYS = 90, 7


def certificates(group: Organisation) -> list[Todo]:
    """Sent back, or ending soon without a renewal on its way."""
    today = clock.today()
    last = today + dt.timedelta(days=SOON_DAYS)
    renewed = Q(renewals__state__in=[State.SUBMITTED, State.VERIFIED])
    ending = Q(state=State.VERIFIED, expires_on__gte=today, expires_on__lte=last) & ~Q(
        pk__in=Certificate.objects.filter(renewed, holder=group).values("pk")
    )
    sums = Certificate.objects.filter(holder=group).aggregate(
        back=Count("pk", filter=Q(state=State.SENT_BACK)),
        ending=Count("pk", filter=ending),
        first=Min("expires_on", filter=ending),
    )
    url, found = reverse("workspace_certificates:list", args=[group.slug]), []
    if sums["back"]:
        title = ngettext("certificate was sent back", "certificates were sent back", sums["back"])
        found.append(
            Todo(sums["back"], title, url, _("Correct it"), _("An officer has written what is missing."), True)
        )
    if sums["ending"]:
        title = ngettext("certificate ends soon", "certificates end soon", sums["ending"])
        note = _("The first one on %(day)s; what hangs on it leaves sale then.") % {"day": be_date(sums["first"])}
        urgent = sums["first"] <= today + dt.timedelta(days=URGENT_DAYS)
        found.append(Todo(sums["ending"], title, url, _("Renew it"), note, urgent))
    return found


def invitations(organisation: Organisation) -> list[Todo]:
    """Letters that nobody has answered yet."""
    number = open_invitations(organisation).count()
    if not number:
        return []
    title = ngettext("invitation is open", "invitations are open", number)
    return [Todo(number, title, reverse("workspace:people", args=[organisation.slug]), _("See the people"))]


register_card(Card(read=certificates, is_for=is_group, right=Right.LIST, position=30))
register_card(Card(read=invitations, is_for=lambda organisation: True, right=Right.MANAGE, own_only=True, position=80))
