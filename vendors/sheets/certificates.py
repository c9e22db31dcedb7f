"""Rows about certificates. They come in as handed in: an officer verifies each with the paper beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vendors import errors, history
from vendors.models import Certificate, CertificationScheme, Organisation
from vendors.policies import Right, reach
from vendors.services.certificates import check_number, normalise_number, submit_certificate
from vendors.sheets.columns import Entry
from vendors.sheets.fields import CERTIFICATES, SCOPE_WORDS
from vendors.sheets.network import Known, Network, Reading
from vendors.sheets.plans import Act, Change, Plan, Saving, Seen, Sheet, changed
from vendors.sheets.problems import Wrong
from vendors.sheets.values import name_key, shown

Kind, State, Scope = Organisation.Kind, Certificate.State, Certificate.Scope
_OPEN = (State.DRAFT, State.SUBMITTED, State.SENT_BACK)


class Schemes:
    """Standards by code, short name and name."""

    def __init__(self) -> None:
        self.all = list(CertificationScheme.objects.all())
        self._known = {
            name_key(word): scheme
            for scheme in reversed(self.all)
            for word in (scheme.name_th, scheme.name_en, scheme.short_th, scheme.short_en, scheme.pk)
        }

    def named(self, typed: str) -> CertificationScheme:
        """Raises Wrong with what is allowed."""
        found = self._known.get(name_key(typed))
        if found is None:
            raise Wrong("choice", value=typed[:40], allowed=", ".join(scheme.short_th for scheme in self.all))
        return found


def plan_certificates(entries: list[Entry], network: Network) -> Plan:
    """What the rows would do. One that is there is known by holder, scheme, number and day of issue."""
    plan, seen, schemes = Plan(), Seen(), Schemes()
    meant = []
    for entry in entries:
        reading = Reading(entry, network)
        holder, scheme = _holder(reading), reading.ask("scheme", schemes.named)
        number, issued_on = entry.get("number"), entry.get("issued_on")
        if scheme is not None:
            reading.ask("number", _check_number, scheme)
        if issued_on and entry.get("expires_on") and entry.get("expires_on") < issued_on:
            reading.wrong("expires_on", "dates_swapped")
        if holder is not None and scheme is not None and number and issued_on and not reading.problems:
            identity = (holder.pk, scheme.pk, normalise_number(number), issued_on)
            other = seen.again(identity, entry.number)
            if other is None:
                meant.append((entry, holder.name, identity))
            else:
                reading.wrong("number", "twice", other=other)
        plan.problems += reading.problems
    _compare(plan, meant)
    return plan


def _holder(reading: Reading) -> Known | None:
    province = reading.ask("province", reading.network.province)
    where = province.pk if province is not None else None
    holder: Known | None = reading.ask("holder", reading.network.named, (Kind.GROUP,), where, "group_unknown")
    if holder is not None and holder.state == Organisation.State.CLOSED:
        reading.wrong("holder", "closed", value=holder.name)
    return holder


def _check_number(number: str, scheme: CertificationScheme) -> None:
    try:
        check_number(scheme, number)
    except errors.NumberNotValid as refusal:
        raise Wrong("number", value=number[:40], **refusal.facts) from refusal


def _compare(plan: Plan, meant: list[tuple[Entry, str, tuple[Any, ...]]]) -> None:
    holders = {identity[0] for _entry, _name, identity in meant}
    columns = ("holder_id", "scheme_id", "number_normalised", "issued_on")
    rows = Certificate.objects.filter(holder_id__in=holders).exclude(state=State.WITHDRAWN)
    rows = rows.values("pk", "state", "expires_on", "scope", *columns)
    there = {tuple(row[column] for column in columns): row for row in rows}
    for entry, holder, identity in meant:
        change = Change(entry.number, Act.NEW, entry.get("number"), holder)
        found = there.get(identity)
        if found is None:
            change.facts = {"holder_id": identity[0], "scheme_id": identity[1], "issued_on": identity[3]}
            change.facts |= {key: entry.get(key) or None for key in ("expires_on", "scope")}
        else:
            change.key, change.before = found["pk"], found
            change.facts = changed(entry, ("expires_on", "scope"), found, {"expires_on": None})
            change.act = Act.CHANGED if change.facts else Act.SAME
        if change.act == Act.CHANGED and found is not None and found["state"] not in _OPEN:
            plan.problems.append(entry.problem("expires_on", "verified_stays"))
        else:
            plan.changes.append(change)


def save_certificates(plan: Plan, saving: Saving) -> None:
    """Hands in the new ones and changes those not verified yet, in the running transaction."""
    holders = Organisation.objects.in_bulk(
        {change.facts["holder_id"] for change in plan.changes if change.act == Act.NEW}
    )
    for holder in holders.values():
        saving.must(holder)
    schemes = CertificationScheme.objects.in_bulk()
    done = 0
    for change in plan.changes:
        if change.act == Act.SAME:
            continue
        if change.act == Act.NEW:
            facts = change.facts
            holder = holders[facts["holder_id"]]
            submit_certificate(
                holder=holder,
                scheme=schemes[facts["scheme_id"]],
                number=change.title,
                issued_on=facts["issued_on"],
                expires_on=facts["expires_on"],
                scope=facts["scope"] or Scope.PRODUCTS,
                by=saving.by,
            )
        else:
            holder = _correct(change, saving)
        act = "import.certificate" if change.act == Act.NEW else "import.certificate_changed"
        history.record(organisation=holder, act=act, by=saving.by, what=change.title, file=saving.file_name)
        done += 1
        saving.progress(done)


def _correct(change: Change, saving: Saving) -> Organisation:
    certificate = Certificate.objects.select_for_update().get(pk=change.key or 0)
    if certificate.state not in _OPEN:
        raise errors.WrongState
    holder = Organisation.objects.get(pk=certificate.holder_id)
    saving.must(holder)
    for name, value in change.facts.items():
        setattr(certificate, name, value)
    certificate.version += 1  # an officer who has it open looks again before deciding
    certificate.save(update_fields=[*change.facts, "version", "updated_at"])
    return holder


def certificate_rows(user: Any) -> Iterator[list[Any]]:
    """The certificates of the groups that the person may see."""
    seen = reach(user, Right.REVIEW).filter(kind=Kind.GROUP).exclude(state=Organisation.State.CLOSED)
    columns = (
        "holder__code",
        "holder__province__name_th",
        "scheme__short_th",
        "number",
        "issued_on",
        "expires_on",
        "scope",
    )
    rows = Certificate.objects.filter(holder__in=seen).exclude(state__in=[State.DRAFT, State.WITHDRAWN])
    rows = rows.order_by("holder__path", "pk")
    for *head, issued_on, expires_on, scope in rows.values_list(*columns).iterator(chunk_size=1000):
        yield [*head, shown(issued_on), shown(expires_on), SCOPE_WORDS[Scope(scope)][0]]


SHEET = Sheet(CERTIFICATES, plan_certificates, save_certificates, certificate_rows)
