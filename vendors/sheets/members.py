"""Rows about people: an e-mail address, an organisation, a role. Who has an account gets the role, others are invited."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Protocol

from django.contrib.auth import get_user_model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vendors import history
from vendors.models import Membership, Organisation
from vendors.policies import Right, reach
from vendors.services.people import add_member
from vendors.sheets.columns import Entry
from vendors.sheets.fields import MEMBERS, ROLE_WORDS
from vendors.sheets.network import Known, Network, Reading
from vendors.sheets.plans import Act, Change, Plan, Saving, Seen, Sheet

Kind, Role = Organisation.Kind, Membership.Role
KINDS = (Kind.GROUP, *Organisation.PARENTS)
"""Never offices or networks: who serves there is not decided by a file."""
NO_ACCOUNT, INVITED = "no_account", "invited"
NOTES: dict[str, str | Promise] = {
    NO_ACCOUNT: _(
        "No account with this address yet: nothing happens. Ask the person to sign up, then send the sheet again."
    ),
    INVITED: _("Will be invited by e-mail."),
}


class Inviting(Protocol):
    """How people without an account are asked; whoever can do it plugs it in with `invite_by`."""

    def asked(self, organisations: Collection[int]) -> set[tuple[int, str, str]]:
        """Whom these organisations have asked already: (organisation, e-mail, role)."""

    def ask(self, *, organisation: Organisation, email: str, role: str, by: Any) -> None:
        """Asks one person, in the running transaction."""


_inviting: list[Inviting] = []


def invite_by(inviting: Inviting) -> None:
    """From now on, people without an account are invited."""
    _inviting[:] = [inviting]


def plan_members(entries: list[Entry], network: Network) -> Plan:
    """What the rows would do."""
    emails = {entry.get("email") for entry in entries}
    accounts = {row.email.lower(): row for row in get_user_model().objects.filter(email__in=emails)}
    held = set(Membership.objects.filter(user__in=accounts.values()).values_list("user_id", "organisation_id", "role"))
    plan, seen, rows = Plan(), Seen(), []
    for entry in entries:
        reading = Reading(entry, network)
        province = reading.ask("province", network.province)
        where = province.pk if province is not None else None
        found = reading.ask("organisation", network.named, KINDS, where, "organisation_unknown")
        email, role = entry.get("email"), entry.get("role")
        account = accounts.get(email)
        if account is not None and account.pk == network.user.pk:
            reading.wrong("email", "not_yourself")
        if found is not None and found.state == Organisation.State.CLOSED:
            reading.wrong("organisation", "closed", value=found.name)
        if found is not None and email and role and not reading.problems:
            other = seen.again((email, found.pk, role), entry.number)
            if other is None:
                rows.append((entry, found, account))
            else:
                reading.wrong("email", "twice", other=other)
        plan.problems += reading.problems
    asked = _inviting[0].asked({found.pk for _entry, found, _account in rows}) if _inviting else set()
    plan.changes = [_change(*row, held, asked) for row in rows]
    return plan


def _change(
    entry: Entry, found: Known, account: Any, held: set[tuple[int, int, str]], asked: set[tuple[int, str, str]]
) -> Change:
    email, role = entry.get("email"), entry.get("role")
    change = Change(entry.number, Act.NEW, email, found.name, key=found.pk)
    change.facts = {"role": role, "user_id": account.pk if account is not None else None}
    change.note = role
    if account is None:
        change.note = INVITED if _inviting else NO_ACCOUNT
        if not _inviting or (found.pk, email, role) in asked:
            change.act = Act.SAME
    elif (account.pk, found.pk, role) in held:
        change.act = Act.SAME
    return change


def note_of(note: str) -> str:
    """What a kept note says, in the page's language."""
    return str(NOTES.get(note) or Role(note).label)


def save_members(plan: Plan, saving: Saving) -> None:
    """Gives the roles in the running transaction. Raises NotYours when the person lost the right meanwhile."""
    new = [change for change in plan.changes if change.act == Act.NEW]
    organisations = Organisation.objects.in_bulk({change.key for change in new if change.key})
    for organisation in organisations.values():
        saving.must(organisation)
    people = get_user_model().objects.in_bulk({change.facts["user_id"] for change in new if change.facts["user_id"]})
    for number, change in enumerate(new, start=1):
        organisation, role = organisations[change.key or 0], change.facts["role"]
        person = people.get(change.facts["user_id"])
        act = "import.member" if person is not None else "import.invited"
        if person is not None:
            add_member(organisation=organisation, user=person, role=role, by=saving.by)
        else:
            _inviting[0].ask(organisation=organisation, email=change.title, role=role, by=saving.by)
        history.record(
            organisation=organisation,
            act=act,
            by=saving.by,
            what=change.title,
            role=role,
            file=saving.file_name,
        )
        saving.progress(number)


def member_rows(user: Any) -> Iterator[list[Any]]:
    """Who serves the organisations that the person may see."""
    seen = reach(user, Right.REVIEW).filter(kind__in=KINDS).exclude(state=Organisation.State.CLOSED)
    rows = Membership.objects.filter(organisation__in=seen, role__in=ROLE_WORDS).order_by("organisation__path", "pk")
    columns = ("user__email", "organisation__code", "organisation__province__name_th", "role")
    for email, code, province, role in rows.values_list(*columns).iterator(chunk_size=1000):
        yield [email, code, province, ROLE_WORDS[Role(role)][0]]


SHEET = Sheet(MEMBERS, plan_members, save_members, member_rows, note=note_of)
