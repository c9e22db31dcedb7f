"""The one door to a search with words: understand, ask an engine, and read the words again when nothing was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from search.contract import Asked, Engine, Found, Others
from search.embedded import EmbeddedEngine
from search.filters import Chosen
from search.query import Counts, Query
from search.shortening import shorten
from search.terms import Node
from search.understanding import Understood, boosted, looks_known, mend, retype, understand, unknown_units
from shop.common import clock

NOTHING = Found((), Counts(), 1)
embedded = EmbeddedEngine()


@dataclass(frozen=True)
class Answer:
    """What an engine found, how the words were read, and which engine it was."""

    found: Found
    understood: Understood
    engine: str
    node: Node | None = None
    """The conditions that found something."""


def find(query: Query, chosen: Chosen, engine: Engine = embedded, *, others_in: str = "") -> Answer:
    """Finds goods by words, reading them more widely until something is found; with `others_in`, a language, also
    everything else that holds the words as they were read at last.

    What the filters leave nothing of is no reason to read the words anew. An engine is not asked for all the words when
    nothing in the market is like one of them.
    """
    plain = understand(query.text)
    seek = partial(_first, query=query, chosen=chosen, engine=engine, others_in=others_in)
    unknown = unknown_units(plain) if plain.nodes and not looks_known(plain) else None
    hopeless = bool(unknown) and not plain.by_other_names
    found, node = (NOTHING, None) if hopeless else seek(plain.nodes[:1])
    if node is None and plain.nodes:
        unknown = unknown_units(plain) if unknown is None else unknown
        if not unknown or plain.by_other_names:  # otherwise reading more widely finds nothing either
            found, node = seek(plain.nodes[1:])
        if node is None and unknown and (retyped := retype(plain)):
            found, node = seek(retyped.nodes)
            if node is not None:
                return Answer(found, retyped, engine.name, node)
        if node is None and (mended := mend(plain, unknown)):
            found, node = seek(mended.nodes)
            if node is not None:
                return Answer(found, mended, engine.name, node)
        if node is None and (shorter := shorten(plain)):
            found, node = seek(shorter.nodes)
            if node is not None:
                return Answer(found, shorter, engine.name, node)
    return Answer(found, plain, engine.name, node)


def find_others(answer: Answer, language: str, engine: Engine = embedded) -> Others:
    """Everything but goods, by the words as they were read for goods, or as widely as it takes; not asked twice."""
    if answer.node and answer.found.others is not None:
        return answer.found.others
    for node in [answer.node] if answer.node else answer.understood.nodes:
        found = engine.find_others(node, language)
        if found.keys:
            return found
    return Others()


def _first(
    nodes: tuple[Node, ...], *, query: Query, chosen: Chosen, engine: Engine, others_in: str
) -> tuple[Found, Node | None]:
    """The first conditions that find anything, filters aside; None when none does."""
    for node in nodes:
        asked = Asked(query, chosen, node, clock.now(), boosted(), others_in)
        found = engine.find(asked)
        if found.counts.total or (query.is_filtered and engine.find(unfiltered(asked)).counts.total):
            return found, node
    return NOTHING, None


def unfiltered(asked: Asked) -> Asked:
    """The same words on the same shelf without any filter."""
    query = asked.query
    return replace(
        asked,
        query=Query(text=query.text, shelf=query.shelf, sort=query.sort),
        chosen=replace(asked.chosen, categories=(), groups=()),
        others_in="",
    )
