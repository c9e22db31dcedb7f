"""The organisations that a person may write about, by code, name and province; read once for a whole file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shop.common import codes
from vendors.models import Organisation, Province
from vendors.policies import Right, forget_standing, reach
from vendors.sheets.columns import Entry
from vendors.sheets.problems import Problem, Wrong
from vendors.sheets.values import name_key

Kind = Organisation.Kind
_KINDS = (Kind.PROVINCIAL, *Organisation.PARENTS, Kind.GROUP)
_ALSO = {
    "TH-10": ("กทม", "กรุงเทพ", "กรุงเทพฯ", "BKK"),
    "TH-14": ("อยุธยา", "Ayutthaya"),
    "TH-30": ("โคราช", "Korat"),
}
_LIMITED = name_key("จำกัด")


@dataclass(frozen=True, slots=True)
class Known:
    """One organisation, as far as rows ask for it."""

    pk: int
    code: str
    kind: str
    state: str
    name: str
    province_id: str | None
    path: str

    @property
    def above(self) -> str:
        """The path of what it stands under."""
        return self.path[: -Organisation.steplen]


class Network:
    """What lies within a person's REVIEW: an officer's province, or everything."""

    def __init__(self, user: Any) -> None:
        forget_standing(user)
        self.user = user
        self.provinces = {province.pk: province for province in Province.objects.all()}
        self._province_by_name = {
            name_key(word): province
            for province in self.provinces.values()
            for word in (province.name_th, province.name_en, province.pk, province.pk[3:], *_ALSO.get(province.pk, ()))
        }
        self.by_code: dict[str, Known] = {}
        self.by_path: dict[str, Known] = {}
        self.networks: dict[str | None, Known] = {}
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        columns = ("pk", "code", "kind", "state", "name_th", "province_id", "path")
        rows = reach(user, Right.REVIEW).filter(kind__in=_KINDS).order_by("pk")
        for row in rows.values_list(*columns):
            self._add(Known(*row))

    def _add(self, known: Known) -> None:
        if known.kind == Kind.PROVINCIAL:
            self.networks[known.province_id] = known
            return
        self.by_code[known.code] = known
        self.by_path[known.path] = known
        key = name_key(known.name)
        self._by_name[key].append(known)
        if known.kind in Organisation.PARENTS and key.endswith(_LIMITED):
            self._by_name[key.removesuffix(_LIMITED)].append(known)

    def province(self, typed: str) -> Province:
        """By Thai or English name, code or number. Raises Wrong when it is none, or not in the person's care."""
        key = name_key(typed)
        for prefix in ("", "จังหวัด", "จ"):
            found = self._province_by_name.get(key.removeprefix(prefix))
            if found is not None:
                break
        else:
            raise Wrong("province", value=typed[:40])
        if found.pk not in self.networks:
            raise Wrong("province_not_yours", value=found.name_th)
        return found

    def named(self, typed: str, kinds: Sequence[str], province_id: str | None, unknown: str) -> Known:
        """One organisation by code or name, in a province or anywhere. Raises Wrong `unknown`, or that there are several."""
        by_code = self.by_code.get(codes.normalise(typed))
        if by_code is not None and by_code.kind in kinds:
            return by_code
        found = [row for row in self.all_named(typed, kinds) if province_id in (None, row.province_id)]
        if not found:
            raise Wrong(unknown, value=typed[:80])
        if len(found) > 1:
            raise Wrong("parent_several", value=typed[:80])
        return found[0]

    def all_named(self, typed: str, kinds: Sequence[str]) -> list[Known]:
        """Everything of these kinds that has this name."""
        return [row for row in self._by_name.get(name_key(typed), []) if row.kind in kinds]

    def coded(self, typed: str, kinds: Sequence[str]) -> Known:
        """One organisation by its code alone. Raises Wrong."""
        found = self.by_code.get(codes.normalise(typed))
        if found is None:
            raise Wrong("code_unknown", value=typed[:20])
        if found.kind not in kinds:
            raise Wrong("code_elsewhere", value=typed[:20])
        return found

    def province_name(self, known: Known) -> str:
        """In Thai, as sheets write it."""
        return self.provinces[known.province_id].name_th if known.province_id else ""


class Reading:
    """One row on its way to what it means; everything that is wrong on the way is gathered."""

    def __init__(self, entry: Entry, network: Network) -> None:
        self.entry, self.network = entry, network
        self.problems: list[Problem] = []

    def wrong(self, column: str, code: str, **facts: Any) -> None:
        """Notes what is wrong with a cell."""
        self.problems.append(self.entry.problem(column, code, **facts))

    def ask(self, column: str, act: Callable[..., Any], *args: Any) -> Any:
        """What `act` finds for a cell; None when the cell is empty or was wrong already, or when nothing is found."""
        if not self.entry.get(column):
            return None
        try:
            return act(self.entry.get(column), *args)
        except Wrong as wrong:
            self.wrong(column, wrong.code, **wrong.facts)
            return None
