"""What groups, cooperatives and officers are told about applications and decisions, and the words of these acts in a history."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.common.outbox import subscribe
from vendors import history, mails
from vendors.models import GroupApplication, Membership, Organisation
from vendors.selectors import parent_of

Role = Membership.Role
history.register(
    {
        "application.handed_in": _("Handed in the application"),
        "application.again": _("Handed in the application again"),
        "record.changed": _("Changed the record"),
        "record.account": _("Changed account or tax"),
        "support.noted": _("Noted capital or knowledge received"),
        "support.removed": _("Removed an entry about capital or knowledge"),
        "training.noted": _("Noted a training"),
        "training.removed": _("Removed a training"),
        "group.taken": _("Began to look at the application"),
        "group.sent_back": _("Sent the application back"),
        "group.approved": _("Approved the group"),
        "group.suspended": _("Suspended the group"),
        "group.lifted": _("Lifted the suspension"),
        "group.closed": _("Closed the group"),
        "group.checked_identity": _("Confirmed with the cooperative who the group is"),
        "group.checked_site": _("Saw the workshop"),
        "group.unchecked_identity": _("Took back the confirmation by the cooperative"),
        "group.unchecked_site": _("Took back that the workshop was seen"),
    }
)
SUBJECTS: dict[str, str | Promise] = {
    "taken": _("An officer is looking at your application: %(group)s"),
    "sent_back": _("Please put something right in your application: %(group)s"),
    "approved": _("Welcome to the market: %(group)s is approved"),
    "suspended": _("Your shop is closed for now: %(group)s"),
    "lifted": _("Your shop is open again: %(group)s"),
    "closed": _("The file of %(group)s is closed"),
}
WORDS: dict[str, str | Promise] = {
    "taken": _(
        "An officer of the provincial office has begun to look at your application. You need not do anything now."
    ),
    "sent_back": _("The officer needs a few things put right before the group can be approved:"),
    "approved": _("Your group is approved and has a shop on the market. Next: put up your first product."),
    "suspended": _(
        "The officer has suspended the group. Its goods are off sale from now on; what was ordered is still sent. The reason:"
    ),
    "lifted": _("The suspension has ended. Goods that were on sale before are on sale again."),
    "closed": _(
        "The officer has closed the group on the market. Nothing can be sold any more; what was sold stays in the books. "
        "The reason:"
    ),
}
BUTTONS: dict[str, str | Promise] = {
    "sent_back": _("Put it right and hand it in again"),
    "approved": _("Open the workspace"),
    "lifted": _("Open the workspace"),
}


def _site(address: str) -> str:
    return settings.SITE_URL + address


def _workspace(group: Organisation) -> str:
    return _site(reverse("workspace:desk", args=[group.slug]))


def link_for(group: Organisation, act: str) -> str:
    """Where the group goes on after a decision."""
    application = GroupApplication.objects.filter(organisation=group).first()
    if act == "sent_back" and application is not None:
        return _site(reverse("apply:check", args=[application.code]))
    return _workspace(group)


def _parts(group: Organisation, act: str) -> dict[str, Any]:
    return {
        "subject_line": str(SUBJECTS[act]) % {"group": group.name_th},
        "words": WORDS[act],
        "button": BUTTONS.get(act, _("Look at the group's page in the workspace")),
        "link": link_for(group, act),
    }


@subscribe("group.decided")
def tell_decision(payload: dict[str, Any]) -> None:
    """Each decision to the group's managers, and a copy to its cooperative."""
    group = Organisation.objects.filter(pk=payload["group"]).first()
    if group is None:
        return
    with translation.override("th"):
        context = {"group": group, "reason": payload["reason"], **_parts(group, payload["act"])}
    mails.to_members(organisation=group, template="group_decided", roles=(Role.MANAGER,), for_group=True, **context)
    parent = parent_of(group)
    if parent is not None:
        mails.to_members(
            organisation=parent, template="group_decided", roles=(Role.MANAGER, Role.EDITOR), for_group=False, **context
        )


@subscribe("group.handed_in")
def tell_handed_in(payload: dict[str, Any]) -> None:
    """The officers get work, the applicant a receipt, the cooperative learns who applies in its name."""
    group = Organisation.objects.select_related("province").filter(pk=payload["group"]).first()
    if group is None:
        return
    parent = parent_of(group)
    context = {"group": group, "again": payload["again"], "parent": parent}
    office = _site(reverse("vendors_office:group", args=[group.slug]))
    mails.to_officers(organisation=group, template="group_waits", link=office, **context)
    mails.to_members(
        organisation=group, template="group_received", roles=(Role.MANAGER,), link=_workspace(group), **context
    )
    if parent is not None and not payload["again"]:
        desk = _site(reverse("workspace:desk", args=[parent.slug]))
        mails.to_members(
            organisation=parent, template="group_named_you", roles=(Role.MANAGER, Role.EDITOR), link=desk, **context
        )


@subscribe("group.account_changed")
def tell_account_changed(payload: dict[str, Any]) -> None:
    """Whoever answers for the money learns that it will go elsewhere, in case it was not them."""
    group = Organisation.objects.filter(pk=payload["group"]).first()
    if group is not None:
        link = _site(reverse("record:show", args=[group.slug]))
        roles = (Role.MANAGER, Role.TREASURER)
        mails.to_members(
            organisation=group, template="group_account", roles=roles, link=link, group=group, last=payload["last"]
        )
