"""A workbook is looked through before anything of it is built in memory: a zip of XML that strangers made.

Sizes come first (zipfile never yields more than an entry's declared size, so the sum of the declared sizes is the most
there can be), then one pass of expat over every XML part: no document type (hence no entity, inside or outside), no more
rows, cells and strings than a sheet may have. The pass stops at the first excess, so a million rows cost what the first
50,000 do.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.parsers import expat

from shop.common.sheets import errors

MEGABYTES = 5
ROWS = 20_000
"""Rows with something in them."""
LINES = 50_000
"""Rows at all, empty ones that only carry a format included."""
COLUMNS = 40
CELLS = 1_000_000
_ENTRIES = 300
_UNFOLDED = 80 * 1024 * 1024
_SMALL = 4 * 1024 * 1024
_RATIO = 100
"""A part larger than _SMALL may be this much larger than its packed form; real sheets stay below 30."""
_CELLS_IN_ROW = 17_000
_TEXT = 33_000
"""Characters of one text or formula; Excel's own cells hold 32,767."""
_DEPTH = 60
_STEP = 1 << 16


def check_workbook(data: bytes) -> None:
    """Raises SheetRefused in one of its forms unless the workbook is small, plain and whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_names({entry.filename for entry in entries})
            _check_sizes(entries)
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_xml(archive, entry)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise errors.SheetDamaged from error
    except RuntimeError as error:  # zipfile's word for a password
        raise errors.SheetOld from error


def _check_names(names: set[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise errors.SheetHasMacros
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise errors.SheetKindUnknown


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _ENTRIES or sum(entry.file_size for entry in entries) > _UNFOLDED:
        raise errors.SheetUnfoldsTooLarge
    for entry in entries:
        if entry.file_size > _SMALL and entry.file_size > _RATIO * max(entry.compress_size, 1):
            raise errors.SheetUnfoldsTooLarge


def _check_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    counting = _Counting()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = counting.doctype
    parser.EntityDeclHandler = counting.doctype
    parser.StartElementHandler = counting.start
    parser.EndElementHandler = counting.end
    parser.CharacterDataHandler = counting.text
    try:
        with archive.open(entry) as part:
            while piece := part.read(_STEP):
                parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise errors.SheetDamaged from error


class _Counting:
    """What one XML part holds so far; raises as soon as it is too much."""

    def __init__(self) -> None:
        self.depth = self.rows = self.cells = self.in_row = self.letters = 0

    def doctype(self, *_facts: object) -> None:
        raise errors.SheetForbiddenXml

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.depth += 1
        self.letters = 0
        if self.depth > _DEPTH:
            raise errors.SheetUnfoldsTooLarge
        tag = name.rpartition(":")[2]
        if tag == "row":
            self.rows += 1
            self.in_row = 0
            if self.rows > LINES:
                raise errors.SheetTooLong(rows=f"{ROWS:,}")
        elif tag in ("c", "si"):
            self.cells += 1
            self.in_row += tag == "c"
            if self.in_row > _CELLS_IN_ROW:
                raise errors.SheetTooWide(columns=COLUMNS)
            if self.cells > CELLS:
                raise errors.SheetTooLong(rows=f"{ROWS:,}")

    def end(self, _name: str) -> None:
        self.depth -= 1
        self.letters = 0

    def text(self, text: str) -> None:
        self.letters += len(text)
        if self.letters > _TEXT:
            raise errors.SheetUnfoldsTooLarge
