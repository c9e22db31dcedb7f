"""Rows about people: an e-mail address, an organisation, a role. Who has an account gets the role, others are invited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth import get_user_model

from vendors import history
from vendors.models import Membership, Organisation
from vendors.policies import Right, reach
from vendors.services.people import add_member
from vendors.sheets.columns import Entry
from vendors.sheets.fields import MEMBERS, ROLE_WORDS
from vendors.sheets.network import Network
from vendors.sheets.plans import Act, Change, Plan, Saving, Seen, Sheet
from vendors.sheets.problems import Wrong

Kind, Role = Organisation.Kind, Membership.Role
KINDS = (Kind.GROUP, *Organisation.PARENTS)
"""Never offices or networks: who serves there is not decided by a file."""
Invite = Callable[[Organisation, str, str, Any], None]
"""(organisation, e-mail, role, the person who invites)"""
INVITED = "invited"


def plan_members(entries: list[Entry], network: Network) -> Plan:
    """What the rows would do."""
    emails = {entry.get("email") for entry in entries}
    accounts = {row.email.lower(): row for row in get_user_model().objects.filter(email__in=emails)}
    held = set(Membership.objects.filter(user__in=accounts.values()).values_list("user_id", "organisation_id", "role"))
    plan, seen = Plan(), Seen()
    for entry in entries:
        column = "province"
        try:
            typed = entry.get("province")
            province_id = network.province(typed).pk if typed else None
            column = "organisation"
            found = network.named(entry.get("organisation"), KINDS, province_id, "organisation_unknown")
        except Wrong as wrong:
            plan.problems.append(entry.problem(column, wrong.code, **wrong.facts))
            continue
        email, role = entry.get("email"), entry.get("role")
        other = seen.again((email, found.pk, role), entry.number)
        account = accounts.get(email)
        if other is not None:
            plan.problems.append(entry.problem("email", "twice", other=other))
        elif account is not None and account.pk == network.user.pk:
            plan.problems.append(entry.problem("email", "not_yourself"))
        else:
            has = account is not None and (account.pk, found.pk, role) in held
            change = Change(entry.number, Act.SAME if has else Act.NEW, email, found.name, key=found.pk)
            change.facts = {"role": role, "user_id": account.pk if account else None}
            change.note = role if account or has else INVITED
            plan.changes.append(change)
    return plan


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
        if person is None:
            continue
        add_member(organisation=organisation, user=person, role=role, by=saving.by)
        history.record(
            organisation=organisation,
            act="import.member",
            by=saving.by,
            what=change.title,
            role=role,
            file=saving.file_name,
        )
        saving.progress(number)


def member_rows(user: Any) -> Iterator[list[Any]]:
    """Who serves the organisations that the person may see."""
    seen = reach(user, Right.REVIEW).filter(kind__in=KINDS)
    rows = Membership.objects.filter(organisation__in=seen, role__in=ROLE_WORDS).order_by("organisation__path", "pk")
    columns = ("user__email", "organisation__code", "organisation__province__name_th", "role")
    for email, code, province, role in rows.values_list(*columns).iterator(chunk_size=1000):
        yield [email, code, province, ROLE_WORDS[Role(role)][0]]


SHEET = Sheet(MEMBERS, plan_members, save_members, member_rows)
