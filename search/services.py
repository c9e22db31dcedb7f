"""Writes of search: documents in the embedded engine, words, what people sought, what staff decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from search import analysis, documents
from search.analysis import ANALYSIS_VERSION
from search.documents import Source
from search.models import Boost, Document, Kind, Synonym, Word
from search.terms import Field
from search.tokens import literal
from search.understanding import VERSION, near
from shop.common import clock, versions

AT_ONCE = 500
_LONGEST_WORD, _SHORTEST_WORD = 24, 3
_KEPT = (
    "product_id",
    "language",
    "shown",
    "title_th",
    "title_en",
    "head",
    "head_en",
    "length",
    "tokens",
    "digest",
    "analysis",
)


@transaction.atomic
def write_documents(*, kind: Kind, keys: Iterable[int]) -> list[Source]:
    """Brings the rows of these things up to date, unchanged ones untouched, vanished ones removed; returns what it read."""
    wanted = sorted(set(keys))
    sources = documents.read(kind, wanted)
    digests = dict(Document.objects.filter(kind=kind, object_id__in=wanted).values_list("object_id", "digest"))
    stale = [source for source in sources if digests.get(source.key) != source.digest]
    for first in range(0, len(stale), AT_ONCE):
        Document.objects.bulk_create(
            [_row(source) for source in stale[first : first + AT_ONCE]],
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=[name.removesuffix("_id") for name in _KEPT],
        )
    gone = set(digests) - {source.key for source in sources}
    if gone:
        Document.objects.filter(kind=kind, object_id__in=sorted(gone)).delete()
    if stale or gone:
        versions.bump()  # counts and pages that are kept
    return sources


def _row(source: Source) -> Document:
    return Document(
        kind=source.kind,
        object_id=source.key,
        product_id=source.key if source.kind == Kind.PRODUCT else None,
        language=source.language,
        shown=source.shown,
        title_th=source.title_th[:255],
        title_en=source.title_en[:255],
        head=analysis.head(analysis.normalize(source.title_th)),
        head_en=analysis.head(analysis.normalize(source.title_en)),
        length=len(source.title_th),
        tokens=literal(source.tokens),
        digest=source.digest,
        analysis=ANALYSIS_VERSION,
    )


_ADD_WORDS = """
INSERT INTO search_word (bare, text, count, near)
SELECT bare, text, 1, near::text[] FROM unnest(%s::text[], %s::text[], %s::text[]) AS new (bare, text, near)
ON CONFLICT (bare) DO NOTHING
"""


def learn_words(*, sources: Sequence[Source]) -> int:
    """Adds the words of names and places that are not known yet. Outside the change's transaction: rows are shared."""
    found = words_of(sources)
    known = set(Word.objects.filter(bare__in=found).values_list("bare", flat=True))
    fresh = sorted(set(found) - known)
    if fresh:
        arrays = ["{" + ",".join(f'"{entry}"' for entry in sorted(near(bare))) + "}" for bare in fresh]
        with connection.cursor() as cursor:
            cursor.execute(_ADD_WORDS, [fresh, [found[bare] for bare in fresh], arrays])
    return len(fresh)


_COUNT_WORDS = """
UPDATE search_word SET count = held.times FROM (
    SELECT substr(word, 3) AS bare, max(ndoc) AS times FROM ts_stat('SELECT tokens FROM search_document WHERE shown')
    WHERE word LIKE %s OR word LIKE %s GROUP BY 1
) held WHERE held.bare = search_word.bare AND search_word.count <> held.times
"""


@transaction.atomic
def count_words() -> int:
    """Counts in how many things each known word stands, as a name's word or a place's; returns how many numbers changed.

    Reads the whole index (about a minute at 100,000 goods). A word that was learned since counts 1 until the next time.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_WORDS, [f"{Field.BARE}:%", f"{Field.PLACE}:%"])
        return cursor.rowcount


def words_of(sources: Sequence[Source]) -> dict[str, str]:
    """Skeleton → text of the words and neighbouring words of names and places."""
    found: dict[str, str] = {}
    for source in sources:
        for name in (source.title_th, source.title_en, *source.names, *source.places, *source.above):
            for phrase in analysis.phrases(analysis.normalize(name)):
                bare = analysis.skeleton(phrase)
                if _SHORTEST_WORD <= len(bare) <= _LONGEST_WORD:
                    found.setdefault(bare, phrase[:80])
    return found


_NOTE = """
INSERT INTO search_sought (day, words, times, found) VALUES (%s, %s, 1, %s)
ON CONFLICT (day, words) DO UPDATE SET times = search_sought.times + 1, found = EXCLUDED.found
"""


def note_sought(*, words: str, found: int) -> None:
    """Counts words that were sought today and how many goods they found; nothing about who."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [clock.today(), words[:100], found])


@transaction.atomic
def keep_synonym(*, word: str, means: str, both_ways: bool = True) -> Synonym:
    """Adds or changes what a word finds as well; the next search knows it."""
    row, _fresh = Synonym.objects.update_or_create(word=word, defaults={"means": means, "both_ways": both_ways})
    versions.bump(VERSION)
    return row


@transaction.atomic
def drop_synonym(*, key: int) -> None:
    """Forgets a synonym."""
    Synonym.objects.filter(pk=key).delete()
    versions.bump(VERSION)


@transaction.atomic
def keep_boost(*, boost: Boost) -> Boost:
    """Saves a boost; it counts from its first day on, from the next search."""
    boost.full_clean()
    boost.save()
    versions.bump(VERSION)
    return boost


@transaction.atomic
def drop_boost(*, key: int) -> None:
    """Ends a boost before its days are over, or takes it from the list."""
    Boost.objects.filter(pk=key).delete()
    versions.bump(VERSION)
