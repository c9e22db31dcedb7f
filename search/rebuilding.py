"""Makes an index anew while people buy, and compares indices with the database.

A new index is entered in `EngineIndex` before anything is read, so every change from then on is written into it as well as
into the one that is asked. When all is written, one request moves the alias; the old index stays until the next time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from search import elastic
from search.analysis import ANALYSIS_VERSION
from search.documents import all_keys, read
from search.following import draw_version, follow_all
from search.matching import Score
from search.models import Change, Document, EngineIndex, Kind, Rejected
from search.services import count_words, learn_words, write_documents
from search.terms import Node
from shop.common import clock, versions

AT_ONCE = 500
Tell = Callable[[str], None]


@dataclass
class Difference:
    """What is wrong in one index: keys that are missing, that nothing stands behind, or that hold an older text."""

    index: str
    missing: dict[str, list[int]] = field(default_factory=dict)
    extra: dict[str, list[int]] = field(default_factory=dict)
    stale: dict[str, list[int]] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """How many things are wrong."""
        return sum(len(keys) for part in (self.missing, self.extra, self.stale) for keys in part.values())


def rebuild_embedded(tell: Tell = print) -> int:
    """Brings every row of the embedded index and all words up to date; returns how many things there are."""
    total = 0
    for kind in Kind:
        keys = all_keys(kind)
        for batch in _batches(keys):
            learn_words(sources=[source for source in write_documents(kind=kind, keys=batch) if source.shown])
        _forget_gone(kind, keys)
        total += len(keys)
        tell(f"embedded: {kind} {len(keys)}")
    tell(f"embedded: {count_words()} words are counted anew")
    versions.bump()
    return total


def rebuild_elastic(tell: Tell = print) -> str:
    """Makes a new index in Elasticsearch, moves the alias to it in one step, and returns its name.

    Raises when Elasticsearch does not answer; the index that is asked stays as it was, and the unfinished one is removed
    by the next rebuild.
    """
    _remove_leftovers()
    name = f"{elastic.ALIAS}-{clock.now():%Y%m%d%H%M%S%f}"
    entry = EngineIndex.objects.create(
        name=name,
        state=EngineIndex.State.BUILDING,
        started_at=clock.now(),
        total=sum(len(all_keys(kind)) for kind in Kind),
    )
    elastic.create(name)
    for kind in Kind:
        for batch in _batches(all_keys(kind)):
            version = draw_version()
            elastic.write(name, kind, read(kind, batch), version=version)
            entry.done += len(batch)
            entry.save(update_fields=["done"])
            tell(f"{name}: {entry.done} of {entry.total}")
    follow_all()
    _swap(entry)
    tell(f"{name}: asked from now on; {Rejected.objects.filter(index=name).count()} documents refused")
    return name


def _swap(entry: EngineIndex) -> None:
    elastic.move_alias(entry.name)
    with transaction.atomic():
        EngineIndex.objects.filter(state=EngineIndex.State.LIVE).update(state=EngineIndex.State.RETIRED)
        entry.state, entry.swapped_at = EngineIndex.State.LIVE, clock.now()
        entry.save(update_fields=["state", "swapped_at"])
    versions.bump()


def _remove_leftovers() -> None:
    """Indices that were asked before, and those that were never finished."""
    for old in EngineIndex.objects.exclude(state=EngineIndex.State.LIVE):
        elastic.remove(old.name)
        Rejected.objects.filter(index=old.name).delete()
        old.delete()


def verify_embedded() -> Difference:
    """Compares the embedded index with the things themselves."""
    found = Difference("embedded")
    for kind in Kind:
        rows = Document.objects.filter(kind=kind).values_list("object_id", "digest", "analysis")
        kept = {key: digest if analysis == ANALYSIS_VERSION else "" for key, digest, analysis in rows}
        _compare(found, kind, kept, {key: digest for key, digest in _digests(kind)})
    return found


def verify_elastic() -> Difference:
    """Compares the index that is asked with the things themselves."""
    found = Difference(elastic.ALIAS)
    kept = elastic.digests()
    for kind in Kind:
        wanted: dict[int, str] = {}
        for batch in _batches(all_keys(kind)):
            wanted |= {key: body["digest"] for key, body in elastic.bodies(kind, read(kind, batch)).items()}
        _compare(found, kind, kept.get(kind, {}), wanted)
    return found


def _digests(kind: Kind) -> Iterator[tuple[int, str]]:
    for batch in _batches(all_keys(kind)):
        yield from ((source.key, source.digest) for source in read(kind, batch))


def _compare(found: Difference, kind: Kind, kept: dict[int, str], wanted: dict[int, str]) -> None:
    sorts = {
        "missing": sorted(wanted.keys() - kept.keys()),
        "extra": sorted(kept.keys() - wanted.keys()),
        "stale": sorted(key for key in wanted.keys() & kept.keys() if wanted[key] != kept[key]),
    }
    for name, keys in sorts.items():
        if keys:
            getattr(found, name)[str(kind)] = keys


def _forget_gone(kind: Kind, keys: list[int]) -> None:
    gone = set(Document.objects.filter(kind=kind).values_list("object_id", flat=True)) - set(keys)
    Document.objects.filter(kind=kind, object_id__in=gone).delete()


def _batches(keys: list[int]) -> Iterator[list[int]]:
    for first in range(0, len(keys), AT_ONCE):
        yield keys[first : first + AT_ONCE]


def mend(differences: list[Difference]) -> None:
    """Notes everything that differs as changed; the worker indexes it again."""
    wrong = {
        (kind, key)
        for entry in differences
        for part in (entry.missing, entry.extra, entry.stale)
        for kind, keys in part.items()
        for key in keys
    }
    Change.objects.bulk_create([Change(kind=kind, object_id=key) for kind, key in sorted(wrong)], batch_size=1_000)


def points(keys: tuple[int, ...], node: Node | None) -> list[tuple[int, int, str]]:
    """Key, points and name of goods in this order, for an explanation."""
    if node is None:
        return []
    rows = Document.objects.filter(kind=Kind.PRODUCT, object_id__in=keys).annotate(points=Score("tokens", node))
    found = {key: (key, number, title) for key, number, title in rows.values_list("object_id", "points", "title_th")}
    return [found[key] for key in keys if key in found]
