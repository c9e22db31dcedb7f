"""Files of the CMS that visitors may fetch: the content must be what the name says, and nothing in it may run."""

from __future__ import annotations

import zipfile
from pathlib import PurePath
from typing import IO, Any

from media import pdf
from media.errors import DocumentActive, DocumentKindUnknown, DocumentNotWhatItSays, DocumentTooHeavy, FileEmpty

DOCUMENT_MEGABYTES = 25
KINDS = ("pdf", "docx", "xlsx", "csv", "zip")
_OFFICE = {"docx": "word/", "xlsx": "xl/"}
_RUNS = (".exe", ".bat", ".cmd", ".com", ".js", ".jse", ".vbs", ".ps1", ".scr", ".msi", ".jar", ".lnk", ".hta", ".html")
_MOST_FILES, _MOST_BYTES = 2_000, 400 * 1024 * 1024


def check_document(file: IO[bytes]) -> None:
    """Raises DocumentTooHeavy, DocumentKindUnknown, FileEmpty, DocumentNotWhatItSays, DocumentActive or what a PDF raises."""
    kind = PurePath(str(getattr(file, "name", ""))).suffix.lower().lstrip(".")
    size = int(getattr(file, "size", 0) or 0)
    if kind not in KINDS:
        raise DocumentKindUnknown
    if size > DOCUMENT_MEGABYTES * 1024 * 1024:
        raise DocumentTooHeavy(megabytes=DOCUMENT_MEGABYTES)
    file.seek(0)
    data = file.read()
    file.seek(0)
    if not data:
        raise FileEmpty
    if kind == "pdf":
        if not pdf.is_pdf(data):
            raise DocumentNotWhatItSays
        pdf.check(data)
    elif kind == "csv":
        _check_text(data)
    else:
        _check_zip(file, kind)
        file.seek(0)


def _check_text(data: bytes) -> None:
    if b"\0" in data:
        raise DocumentNotWhatItSays
    for name in ("utf-8", "cp874"):
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return
    raise DocumentNotWhatItSays


def _check_zip(file: Any, kind: str) -> None:
    try:
        with zipfile.ZipFile(file) as whole:
            entries = whole.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DocumentNotWhatItSays from error
    names = [entry.filename.lower() for entry in entries]
    if kind in _OFFICE and ("[content_types].xml" not in names or not any(n.startswith(_OFFICE[kind]) for n in names)):
        raise DocumentNotWhatItSays
    if any(name.endswith("vbaproject.bin") or name.endswith(_RUNS) for name in names):
        raise DocumentActive
    if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > _MOST_BYTES:
        raise DocumentTooHeavy(megabytes=DOCUMENT_MEGABYTES)
