"""A text that found nothing, without the words that say nothing of the good: talk of buying, and what no good is called.

"ข้าว หอม ราคาถูก", "OTOP 5 ดาว", "ของฝากเชียงราย": people write to a search as they speak to a seller.
"""

from __future__ import annotations

import functools
from dataclasses import replace

from search import analysis
from search.terms import Best, Field, Leaf
from search.understanding import Stage, Understood, runs_of, synonyms, understand, unheld

_TALK = """
ราคาถูก ราคาส่ง ราคาประหยัด ราคาดี ราคา ขายส่ง ขายปลีก ซื้อ ขาย หาซื้อ ส่งฟรี พร้อมส่ง ส่งด่วน สินค้า ของดี ของแท้ ของฝาก ของขวัญ ร้าน ร้านค้า
ออนไลน์ แนะนำ อร่อย คุณภาพ คุณภาพดี ยี่ห้อ รีวิว ลดราคา โปรโมชั่น อยากได้ กิโล กก กรัม ขวด ถุง ชิ้น ไซส์ ขนาด
cheap buy price prices sale online shop best quality original gift gifts free shipping from for of the in and with kg size large small
"""


def shorten(plain: Understood) -> Understood | None:
    """The text by the words that remain; None when nothing is left out, or more of it than remains, talk not counted."""
    known = synonyms().keys()
    units = [runs_of(analysis.words(unit), _talk() | known) for unit in plain.units]
    said = [run for unit in units for run in unit if run not in _talk()]
    if not said:
        return None
    queries = [Best((Leaf(1, Field.WORD, run), Leaf(1, Field.PLACE, analysis.skeleton(run)))) for run in said]
    strange = {said[place] for place in unheld(queries, by_goods=True) if analysis.skeleton(said[place]) not in known}
    kept = [run for run in said if run not in strange]
    if not kept or sum(map(len, kept)) < sum(map(len, strange)):
        return None
    text = " ".join(filter(None, ("".join(run for run in unit if run in kept) for unit in units)))
    meant = understand(text)
    if not meant.nodes or meant.units == plain.units:
        return None
    return replace(meant, text=plain.text, stage=Stage.MENDED, said=text)


@functools.cache
def _talk() -> frozenset[str]:
    """Normalised, with the words that carry Thai grammar (ที่, นี้, มี), as PyThaiNLP lists them."""
    from pythainlp.corpus import (
        thai_stopwords,
    )  # here, as the dictionary: a process that only draws pages does not need it

    return frozenset(map(analysis.normalize, [*_TALK.split(), *thai_stopwords()]))
