"""What is sought in the benchmark: names that the bulk market holds, as people type them, and questions with many filters."""

from __future__ import annotations

import itertools
from urllib.parse import urlencode

WORDS = ("น้ำผึ้ง", "กระเป๋า", "กาแฟ", "ปลา", "หมอนขิด", "ไข่เค็ม", "เครื่องแกง", "ผ้าขาวม้า")
PHRASES = ("กล้วยตาก บางกระทุ่ม", "กาแฟ ดอยช้าง", "ผ้าไหม มัดหมี่", "ข้าวหอมมะลิ ทุ่งกุลา", "กระเป๋ากระจูด")
MISSPELT = ("สัปปะรด", "กะเป๋ากระจูด", "กระทิบข้าวเหนียว", "น้ำพลิก", "pinaple", "honny")
BEGINNINGS = ("ก", "กร", "กระ", "ผ้า", "น้ำ", "ข้าวห", "มัดหมี่", "เครื่อ", "co", "silk")
FILTERS = {
    "region": ("north", "northeast", "central"),
    "scheme": ("TCPS", "OTOP_STAR", "FDA"),
    "storage": ("ambient", "chilled"),
    "delivery": ("direct",),
    "stock": "1",
}
TEXTS = {"word": WORDS, "phrase": PHRASES, "misspelt": MISSPELT, "facets": WORDS}
KINDS = ("word", "phrase", "misspelt", "facets", "suggest")
LABELS = {
    "word": "a word",
    "phrase": "words of a name",
    "misspelt": "a misspelt word",
    "facets": "a word with nine filters",
    "suggest": "a beginning, for suggestions",
}
_numbers = itertools.count(1)
_HIGHEST_BAHT = 200_000


def addresses(kind: str) -> itertools.cycle[str]:
    """The texts of a kind, over and over."""
    return itertools.cycle(BEGINNINGS if kind == "suggest" else TEXTS[kind])


def unseen(text: str) -> str:
    """The text with signs behind it that mean nothing and were never asked for: nothing is kept for it."""
    return f"{text} {next(_numbers):b}".replace("0", "!").replace("1", "?")


def path(kind: str, text: str) -> str:
    """The address of the page, never asked for before."""
    if kind == "suggest":
        return f"/search/suggest/?{urlencode({'q': text})}"
    filters = {**FILTERS, "max": _HIGHEST_BAHT} if kind == "facets" else {}
    return f"/search/?{urlencode({'q': unseen(text), **filters}, doseq=True)}"
