"""Is this a plain PDF? Looked through without a PDF library, so that a hostile one meets as little code as possible.

Names may be written with #xx and hidden in packed streams; both are undone, within limits, before they are looked for.
What stands in pictures and fonts is never looked at: there, any three letters turn up by chance.
"""

from __future__ import annotations

import re
import zlib

from media.errors import PdfActive, PdfDamaged, PdfLocked

_HEAD, _TAIL = 1_024, 2_048
_MOST_UNPACKED = 40 * 1024 * 1024
_MOST_STREAMS = 20_000
_STREAM = re.compile(rb"\bstream\r?\n")
_END = b"endstream"
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b")
_LOCKED = re.compile(rb"/Encrypt\b")
_USUAL = re.compile(rb"/(?:Type|Length)\b")


def is_pdf(data: bytes) -> bool:
    """True when the file says that it is one, in its first kilobyte as readers accept it."""
    return b"%PDF-" in data[:_HEAD]


def check(data: bytes) -> None:
    """Raises PdfDamaged, PdfLocked or PdfActive; returns for a plain, whole document."""
    if b"%%EOF" not in data[-_TAIL:]:
        raise PdfDamaged
    words, packed = _parted(data)
    if not _USUAL.search(words):
        raise PdfDamaged
    if _LOCKED.search(words):
        raise PdfLocked
    if _ACTIVE.search(words) or any(_ACTIVE.search(_names_undone(part)) for part in packed):
        raise PdfActive


def _names_undone(data: bytes) -> bytes:
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), data)


def _parted(data: bytes) -> tuple[bytes, list[bytes]]:
    """Everything outside of streams, and the streams that hold objects, unpacked."""
    words: list[bytes] = []
    packed: list[bytes] = []
    at, left, seen = 0, _MOST_UNPACKED, 0
    while (match := _STREAM.search(data, at)) is not None:
        seen += 1
        end = data.find(_END, match.end())
        if end < 0 or seen > _MOST_STREAMS:
            raise PdfDamaged
        before = _names_undone(data[at : match.start()])
        words.append(before)
        if b"/ObjStm" in before.rpartition(b"obj")[2]:
            packed.append(_unpacked(data[match.end() : end], left))
            left -= len(packed[-1])
        at = end + len(_END)
    words.append(_names_undone(data[at:]))
    return b"\n".join(words), packed


def _unpacked(data: bytes, most: int) -> bytes:
    """An object stream that cannot be read the usual way is hidden on purpose, or broken."""
    reader = zlib.decompressobj()
    try:
        found = reader.decompress(data, max(1, most))
    except zlib.error as error:
        raise PdfDamaged from error
    if not reader.eof:
        raise PdfDamaged
    return found
