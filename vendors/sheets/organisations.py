"""Rows about cooperatives, farmer groups and groups.

One that is there is known by its code, else by province (and cooperative) and name; blanks, dots and the kind of digits
do not make another name. A name changes only where the code is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from vendors import history
from vendors.models import Organisation
from vendors.policies import Right, reach
from vendors.services.bulk import NewOrganisation, create_organisations, update_organisation
from vendors.sheets.columns import Entry
from vendors.sheets.fields import COOPERATIVES, GROUPS, KIND_WORDS
from vendors.sheets.network import Known, Network, Reading
from vendors.sheets.plans import Act, Change, Plan, Saving, Seen, Sheet, changed
from vendors.sheets.problems import Problem
from vendors.sheets.values import name_key, shown

Kind, State = Organisation.Kind, Organisation.State
_EMPTY = {"founded_on": None, "members_count": None}
_PLAIN = ("name_en", "contact_name", "phone", "email", "line_id", "founded_on", "members_count", "tax_id")
_OF_GROUP = (*_PLAIN, "summary_th", "summary_en")


def plan_cooperatives(entries: list[Entry], network: Network) -> Plan:
    """What the rows of a sheet of cooperatives and farmer groups would do."""
    found, problems = _resolve(entries, network, _cooperative)
    plan = _plan(found, _PLAIN, network)
    plan.problems[:0] = problems
    _tax_numbers_once(plan, found, network)
    return plan


def plan_groups(entries: list[Entry], network: Network) -> Plan:
    """What the rows of a sheet of groups would do."""
    found, problems = _resolve(entries, network, _group)
    plan = _plan(found, _OF_GROUP, network)
    plan.problems[:0] = problems
    return plan


# --- which one is meant ---------------------------------------------------------------------------------------


class _Meant:
    """A row with what it stands under, and the organisation that it means, if that is there already."""

    def __init__(self, entry: Entry, kind: str, under: Known, there: Known | None) -> None:
        self.entry, self.kind, self.under, self.there = entry, kind, under, there


def _resolve(
    entries: list[Entry], network: Network, one: Callable[[Reading], _Meant | None]
) -> tuple[list[_Meant], list[Problem]]:
    found, problems, seen = [], [], Seen()
    for entry in entries:
        reading = Reading(entry, network)
        meant = one(reading)
        if meant is not None and not reading.problems:
            meanings = [(meant.under.pk, name_key(entry.get("name_th")))]
            if meant.there is not None:
                meanings.append((0, str(meant.there.pk)))
            earlier = [row for row in (seen.again(meaning, entry.number) for meaning in meanings) if row is not None]
            if earlier:
                reading.wrong("name_th", "twice", other=earlier[0])
            elif meant.there is not None and meant.there.state == State.CLOSED:
                reading.wrong("name_th", "closed", value=meant.there.name)
            else:
                found.append(meant)
        problems += reading.problems
    return found, problems


def _cooperative(reading: Reading) -> _Meant | None:
    entry, network = reading.entry, reading.network
    province = reading.ask("province", network.province)
    there = reading.ask("code", network.coded, Organisation.PARENTS)
    if province is None or entry.get("name_th") is None or entry.get("kind") is None:
        return None
    if there is not None and there.province_id != province.pk:
        reading.wrong("province", "province_moves", value=network.province_name(there))
        return None
    named = network.all_named(entry.get("name_th"), Organisation.PARENTS)
    there = _one(reading, there, [row for row in named if row.province_id == province.pk])
    if there is not None and there.kind != entry.get("kind"):
        reading.wrong("kind", "kind_moves", value=KIND_WORDS[Kind(there.kind)][0])
    return _Meant(entry, entry.get("kind"), network.networks[province.pk], there)


def _group(reading: Reading) -> _Meant | None:
    entry, network = reading.entry, reading.network
    province = reading.ask("province", network.province)
    there = reading.ask("code", network.coded, (Kind.GROUP,))
    where = province.pk if province is not None else None
    under = reading.ask("parent", network.named, Organisation.PARENTS, where, "parent_unknown")
    if under is None or entry.get("name_th") is None:
        return None
    if where not in (None, under.province_id):
        reading.wrong("province", "province_moves", value=network.province_name(under))
    if under.state == State.CLOSED:
        reading.wrong("parent", "closed", value=under.name)
    if there is not None and there.above != under.path:
        above = network.by_path.get(there.above)
        reading.wrong("parent", "parent_moves", value=above.name if above else "")
        return None
    named = network.all_named(entry.get("name_th"), (Kind.GROUP,))
    return _Meant(entry, Kind.GROUP, under, _one(reading, there, [row for row in named if row.above == under.path]))


def _one(reading: Reading, there: Known | None, same: Sequence[Known]) -> Known | None:
    """By code, else by name. A name that another one of the same place has is refused."""
    others = [row for row in same if there is None or row.pk != there.pk]
    if there is None:
        return others[0] if others else None
    if others:
        reading.wrong("name_th", "name_taken", value=others[0].name, known=others[0].code)
    return there


# --- what it changes ------------------------------------------------------------------------------------------


def _plan(found: list[_Meant], keys: Sequence[str], network: Network) -> Plan:
    columns = ("name_th", *keys)
    wanted = [meant.there.pk for meant in found if meant.there is not None]
    there = {row["pk"]: row for row in Organisation.objects.filter(pk__in=wanted).values("pk", *columns)}
    plan = Plan()
    for meant in found:
        entry = meant.entry
        where = network.province_name(meant.under) if meant.kind != Kind.GROUP else meant.under.name
        change = Change(entry.number, Act.NEW, entry.get("name_th"), where)
        if meant.there is None:
            details = {key: entry.get(key) for key in keys if entry.get(key) not in (None, "")}
            change.facts = {"kind": meant.kind, "parent_id": meant.under.pk, "details": details}
        else:
            change.key, change.before = meant.there.pk, there[meant.there.pk]
            renames = ("name_th",) if entry.get("code") else ()
            change.facts = changed(entry, (*renames, *keys), change.before, _EMPTY)
            change.act = Act.CHANGED if change.facts else Act.SAME
        plan.changes.append(change)
    return plan


def _tax_numbers_once(plan: Plan, found: list[_Meant], network: Network) -> None:
    """No two cooperatives have one tax number; groups may share that of their cooperative."""
    typed = {meant.entry.get("tax_id") for meant in found} - {None, ""}
    rows = Organisation.objects.filter(kind__in=Organisation.PARENTS, tax_id__in=typed).values_list(
        "tax_id", "pk", "code"
    )
    owners = {tax_id: (key, code) for tax_id, key, code in rows}
    seen = Seen()
    for meant in found:
        tax_id = meant.entry.get("tax_id")
        if not tax_id:
            continue
        owner = owners.get(tax_id)
        if owner is not None and (meant.there is None or owner[0] != meant.there.pk):
            known = network.by_code.get(owner[1])
            name = known.name if known else "…"
            plan.problems.append(meant.entry.problem("tax_id", "tax_id_taken", value=name))
        elif (other := seen.again(tax_id, meant.entry.number)) is not None:
            plan.problems.append(meant.entry.problem("tax_id", "twice", other=other))


# --- saving ---------------------------------------------------------------------------------------------------


def save_organisations(plan: Plan, saving: Saving) -> None:
    """Writes the plan in the running transaction. Raises NotYours when the person lost the right meanwhile."""
    new = [change for change in plan.changes if change.act == Act.NEW]
    parents = Organisation.objects.in_bulk({change.facts["parent_id"] for change in new})
    for parent in parents.values():
        saving.must(parent)
    made = create_organisations(wanted=[_wanted(change, saving) for change in new], progress=saving.progress)
    approved = [organisation for organisation in made if organisation.is_selling]
    others = [organisation for organisation in made if not organisation.is_selling]
    for act, rows in (("import.approved", approved), ("import.created", others)):
        history.record_new(organisations=rows, act=act, by=saving.by, what=saving.file_name)
    done = len(made)
    for change in plan.changes:
        if change.act == Act.CHANGED and change.key is not None:
            organisation = update_organisation(key=change.key, changes=change.facts)
            saving.must(organisation)
            history.record(
                organisation=organisation,
                act="import.changed",
                by=saving.by,
                what=saving.file_name,
                fields=sorted(change.facts),
            )
            done += 1
            saving.progress(done)


def _wanted(change: Change, saving: Saving) -> NewOrganisation:
    facts = change.facts
    is_group = facts["kind"] == Kind.GROUP
    state = State.APPLIED if is_group and not saving.approves else State.APPROVED
    return NewOrganisation(facts["kind"], facts["parent_id"], change.title, state, facts["details"])


# --- the other way --------------------------------------------------------------------------------------------


def _export(user: Any, kinds: Sequence[str]) -> Iterator[dict[str, Any]]:
    columns = ("code", "kind", "name_th", "path", "province__name_th", *_OF_GROUP)
    rows = reach(user, Right.REVIEW).filter(kind__in=kinds).exclude(state=State.CLOSED)
    return rows.order_by("path").values(*columns).iterator(chunk_size=1000)


def cooperative_rows(user: Any) -> Iterator[list[Any]]:
    """What the person may see of cooperatives and farmer groups, as rows of the sheet."""
    for row in _export(user, Organisation.PARENTS):
        kind = KIND_WORDS[Kind(row["kind"])][0]
        head = [row["code"], kind, row["name_th"], row["name_en"], row["province__name_th"]]
        yield [*head, *(shown(row[column.key]) for column in COOPERATIVES[len(head) :])]


def group_rows(user: Any) -> Iterator[list[Any]]:
    """What the person may see of groups; the cooperative stands there by its code, which is never ambiguous."""
    parents = reach(user, Right.REVIEW).filter(kind__in=Organisation.PARENTS)
    codes = dict(parents.values_list("path", "code"))
    for row in _export(user, (Kind.GROUP,)):
        parent = codes.get(row["path"][: -Organisation.steplen], "")
        head = [row["code"], row["name_th"], row["name_en"], parent, row["province__name_th"]]
        yield [*head, *(shown(row[column.key]) for column in GROUPS[len(head) :])]


COOPERATIVE_SHEET = Sheet(COOPERATIVES, plan_cooperatives, save_organisations, cooperative_rows)
GROUP_SHEET = Sheet(GROUPS, plan_groups, save_organisations, group_rows)
