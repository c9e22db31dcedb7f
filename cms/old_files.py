"""The text of an old release, from a text file or a Word document. The kind is told by the content, never by the name.

Text: UTF-8 with or without its mark, UTF-16 with it, else Windows-874 (TIS-620); what was once read in the wrong one of
them and saved like that is put right. Word: the letterhead and the body of a .docx, words only. Nothing is unpacked to
the disk, and no part is read that is larger than a release can be.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError

MEGABYTES = 5
_UNFOLDED = 8 * 1024 * 1024
"""One part of a document, unpacked; the words of a release are a hundredth of that."""
_ENTRIES, _HEADERS = 2_000, 3
_LETTERS = 200_000
_CONTROL = bytes(sign for sign in range(32) if sign not in b"\t\n\x0b\x0c\r")
_THAI = re.compile("[\u0e01-\u0e5b]")
_MISREAD = re.compile("เธ|เน")
"""Thai in UTF-8 that was read as Windows-874: every letter begins with one of these."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What Word writes a second time for programs that know less."""


class FileRefused(MarketError):
    """A file that is no release that can be read; nothing of it was taken."""

    code = "cms.release_file_refused"
    message = _("The file cannot be read.")


class FileTooLarge(FileRefused):
    """More bytes or letters than a release has."""

    code = "cms.release_too_large"
    message = _("The file is larger than %(megabytes)s MB. A release is not: save its words alone.")


class FileUnfoldsTooLarge(FileRefused):
    """A bomb, or a document with definitions of its own."""

    code = "cms.release_unfolds_too_large"
    message = _("Unpacked, the document is far larger than a release. It was left alone.")


class FileDamaged(FileRefused):
    """Cut off, not XML, or with a password."""

    code = "cms.release_damaged"
    message = _("The document is damaged or has a password.")


class FileOfOldWord(FileRefused):
    """The binary format before 2007."""

    code = "cms.release_of_old_word"
    message = _("This is a document of an old Word (.doc). Save it as .docx or as text.")


class FileUnknown(FileRefused):
    """A picture, a program, a workbook."""

    code = "cms.release_unknown"
    message = _("This is neither text nor a Word document.")


class FileEmpty(FileRefused):
    """Nothing that can be seen."""

    code = "cms.release_empty"
    message = _("There are no words in it.")


def lines_of(path: Path) -> list[str]:
    """The lines or paragraphs of a file. Raises FileRefused in one of its forms."""
    if path.stat().st_size > MEGABYTES * 1024 * 1024:
        raise FileTooLarge(megabytes=MEGABYTES)
    return lines_in(path.read_bytes())


def lines_in(data: bytes) -> list[str]:
    """The same of what a file holds."""
    if len(data) > MEGABYTES * 1024 * 1024:
        raise FileTooLarge(megabytes=MEGABYTES)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileOfOldWord
    lines = _paragraphs(data) if data.startswith(b"PK") else _decoded(data).splitlines()
    if not any(line.strip() for line in lines):
        raise FileEmpty
    if sum(map(len, lines)) > _LETTERS:
        raise FileTooLarge(megabytes=MEGABYTES)
    return lines


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        if data.translate(None, _CONTROL) != data:  # pictures, PDFs, programs
            raise FileUnknown
        encodings = ["utf-8-sig", "cp874"]
    for encoding in encodings:
        try:
            return _put_right(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return data.decode("cp874", "replace")


def _put_right(text: str) -> str:
    """Thai that was once read in a wrong encoding, as it was meant: the reading that leaves the most Thai wins."""
    if len(_MISREAD.findall(text)) * 4 > len(_THAI.findall(text)):
        return _again(text, "cp874", "utf-8") or text
    if _THAI.search(text):
        return text
    for wrong, right in (("cp1252", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "cp874")):
        found = _again(text, wrong, right)
        if found and len(_THAI.findall(found)) * 2 > len(found.split()):
            return found
    return text


def _again(text: str, wrong: str, right: str) -> str:
    try:
        return text.encode(wrong).decode(right)
    except UnicodeError:
        return ""


def _paragraphs(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) > _ENTRIES:
                raise FileUnfoldsTooLarge
            if "word/document.xml" not in names:
                raise FileUnknown
            headers = sorted(name for name in names if re.fullmatch(r"word/header\d{1,2}\.xml", name))[:_HEADERS]
            read: list[str] = []
            for name in (*headers, "word/document.xml"):
                own = list(_lines(_part(archive, name)))
                read += own if name not in headers else [line for line in own if line not in read]
            return read
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ParseError, ValueError) as error:
        if isinstance(error, DefusedXmlException):
            raise FileUnfoldsTooLarge from error
        raise FileDamaged from error
    except RuntimeError as error:  # zipfile's word for a password
        raise FileDamaged from error


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    """One part as elements. zipfile never yields more than the declared size."""
    if archive.getinfo(name).file_size > _UNFOLDED:
        raise FileUnfoldsTooLarge
    return fromstring(archive.read(name), forbid_dtd=True)


def _lines(root: Any) -> Iterator[str]:
    """One line for each paragraph and each break in it, in order, without calling itself: a made-up document may be deep."""
    line: list[str] = []
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        element, is_over = waiting.pop()
        tag = element.tag
        if is_over or tag in (f"{_WORD}br", f"{_WORD}cr"):
            yield "".join(line)
            line.clear()
        elif tag == f"{_WORD}t":
            line.append(element.text or "")
        elif tag == f"{_WORD}tab":
            line.append("\t")
        elif tag not in (_FALLBACK, f"{_WORD}del", f"{_WORD}instrText", f"{_WORD}pPr", f"{_WORD}rPr"):
            if tag == f"{_WORD}p":
                waiting.append((element, True))
            waiting.extend((child, False) for child in reversed(list(element)))
