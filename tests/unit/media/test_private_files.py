"""Papers of groups: checked by content, kept under a name of ours, gone when nothing needs them."""

from __future__ import annotations

import datetime as dt
import io
import zlib

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from media.errors import FileEmpty, FileRefused, FileTooHeavy, PdfActive, PdfDamaged, PdfLocked
from media.models import PrivateFile
from media.services import PRIVATE_MEGABYTES, forget_loose_files, store_private_file
from shop.common import clock
from shop.common.errors import MarketError
from tests.market import Market, photo
from vendors.models import ImportRun
from vendors.services import submit_certificate

pytestmark = pytest.mark.django_db


def pdf(*, words: bytes = b"", packed: bytes | None = None, trailer: bytes = b"") -> bytes:
    """A small PDF; `packed` stands inside an object stream, as most of a modern PDF does."""
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + words + b" >>\nendobj\n"
    if packed is not None:
        stream = zlib.compress(packed)
        body += b"3 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\n" % len(stream)
        body += b"stream\r\n" + stream + b"\r\nendstream\nendobj\n"
    return body + b"trailer\n<< /Root 1 0 R " + trailer + b" >>\nstartxref\n9\n%%EOF\n"


def upload(data: bytes, name: str = "paper.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")


def stored(data: bytes, name: str = "paper.pdf") -> PrivateFile:
    return store_private_file(file=upload(data, name), by=None, folder="evidence")


def test_a_photo_is_written_anew_without_its_notes() -> None:
    file = store_private_file(file=photo("IMG 1.JPG", size=(4000, 3000), text=b"house 88"), by=None, folder="evidence")
    with storages["private"].open(file.stored_name) as kept:
        data = kept.read()
    assert b"house 88" not in data
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size) == ("JPEG", (2400, 1800))
    assert (file.content_type, file.shown_name, file.size) == ("image/jpeg", "IMG 1.jpg", len(data))
    assert file.stored_name.startswith("evidence/")
    assert "IMG" not in file.stored_name


def test_a_plain_pdf_is_kept_as_it_is() -> None:
    data = pdf(packed=b"4 0 << /Type /Page /Resources << >> >>")
    file = stored(data, "../../ใบ อย.%00.pdf")
    with storages["private"].open(file.stored_name) as kept:
        assert kept.read() == data
    assert (file.content_type, file.shown_name) == ("application/pdf", "ใบ อย.00.pdf")


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", FileEmpty),
        (b"<html><script>alert(1)</script></html>", FileRefused),
        (b"MZ\x90\x00 a program called paper.pdf", FileRefused),
        (b"GIF89a" + b"\x00" * 40, FileRefused),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", FileRefused),
        (pdf()[:-8], PdfDamaged),
        (b"%PDF-1.7 nothing %%EOF", PdfDamaged),
        (pdf(trailer=b"/Encrypt 5 0 R"), PdfLocked),
        (pdf(words=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), PdfActive),
        (pdf(words=b"/OpenAction << /S /J#61vaScript >>"), PdfActive),
        (pdf(words=b"/Names << /EmbeddedFiles 7 0 R >>"), PdfActive),
        (pdf(packed=b"4 0 << /S /Launch /F (cmd.exe) >>"), PdfActive),
        (pdf(packed=b"4 0 << /S /#4a#53 (x) >>"), PdfActive),
        (pdf(packed=b"x").replace(b"x\x9c", b"zz", 1), PdfDamaged),
    ],
)
def test_what_is_no_plain_paper_is_refused_and_not_kept(data: bytes, refusal: type[MarketError]) -> None:
    with pytest.raises(refusal):
        stored(data)
    assert not PrivateFile.objects.exists()


def test_three_letters_in_a_picture_of_a_pdf_are_chance() -> None:
    noise = (
        b"2 0 obj\n<< /Type /XObject /Length 30 >>\nstream\n\x00/JS \x01/Launch \x02/Encrypt \x03\nendstream\nendobj\n"
    )
    assert stored(pdf().replace(b"trailer", noise + b"trailer", 1)).content_type == "application/pdf"


def test_a_small_file_that_unfolds_into_much_is_refused() -> None:
    with pytest.raises(PdfDamaged):
        stored(pdf(packed=b"\x00" * (60 * 1024 * 1024)))


def test_too_heavy_a_file_is_refused_before_it_is_read() -> None:
    file = upload(pdf() + b" " * (PRIVATE_MEGABYTES * 1024 * 1024))
    with pytest.raises(FileTooHeavy):
        store_private_file(file=file, by=None, folder="evidence")


def test_files_that_nothing_needs_are_deleted_after_a_day(market: Market) -> None:
    kept, sheet, loose = stored(pdf()), stored(pdf()), stored(pdf())
    ImportRun.objects.create(code="T", kind="groups", file=sheet, created_at=clock.now(), touched_at=clock.now())
    submit_certificate(
        holder=market.groups["north"],
        scheme=market.certificates["north"].scheme,
        number="มผช. 7/2563",
        issued_on=clock.today(),
        expires_on=None,
        evidence=kept,
    )
    assert forget_loose_files() == 0
    with clock.moved_to(clock.now() + dt.timedelta(hours=25)):
        assert forget_loose_files() == 1
    assert list(PrivateFile.objects.order_by("pk")) == [kept, sheet], "keys without a name on this side count too"
    assert not storages["private"].exists(loose.stored_name)
    assert storages["private"].exists(kept.stored_name)
