"""Editors' images: cut around their focus by the worker, checked like everybody's; files that visitors may fetch."""

from __future__ import annotations

import io
import zipfile
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from media import services
from media.models import MarketDocument, MarketImage, Picture
from tests.market import PASSWORD, Market
from tests.unit.cms.telling import PDF, jpeg, make_image

pytestmark = pytest.mark.django_db


def colours(picture: Picture) -> tuple[Any, Any]:
    with default_storage.open(f"pictures/{picture.name}-640.jpg") as file:
        pixels = Image.open(io.BytesIO(file.read())).convert("RGB")
    return pixels.getpixel((20, 200)), pixels.getpixel((pixels.width - 20, 200))


def is_red(pixel: Any) -> bool:
    return bool(pixel[0] > 150 and pixel[2] < 90)


def test_the_cut_is_three_to_two_around_the_middle() -> None:
    image = make_image(data=jpeg((1200, 600)))
    assert image.cut is not None
    assert (image.cut.width, image.cut.height) == (900, 600)
    left, right = colours(image.cut)
    assert is_red(left)
    assert not is_red(right)


def test_the_focus_moves_the_cut() -> None:
    image = make_image(data=jpeg((1200, 400)))
    before = image.cut
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 1150, 200, 40, 40
    image.save()
    image.refresh_from_db()
    assert image.cut is not None
    assert image.cut != before
    assert not any(map(is_red, colours(image.cut))), "only the right, blue half is left"


def test_saving_orders_the_cut_and_saving_again_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ordered: list[int] = []
    monkeypatch.setattr("media.services.images.cut_later", SimpleNamespace(enqueue=ordered.append))
    image = MarketImage.objects.create(title="ภาพ", file=ContentFile(jpeg(), name="photo.jpg"))
    assert ordered == [image.pk]
    cut = services.cut_image(key=image.pk)
    image.refresh_from_db()
    image.title = "ชื่อใหม่"
    image.save()
    assert ordered == [image.pk]
    assert services.cut_image(key=image.pk) == cut == image.cut
    assert Picture.objects.filter(images=image).count() == 1


def test_a_job_catches_up_what_the_worker_missed() -> None:
    image = make_image(cut=False)
    assert image.cut is None
    assert services.cut_late_images() == 1
    image.refresh_from_db()
    assert image.cut is not None
    assert services.cut_late_images() == 0


def test_what_is_no_picture_is_not_tried_again() -> None:
    image = make_image(cut=False)
    with default_storage.open(image.file.name, "wb") as file:
        file.write(b"GIF89a not really")
    Picture.objects.all().delete()
    assert services.cut_image(key=image.pk) is None
    assert services.cut_late_images() == 0


def _docx(*extra: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as whole:
        for name in ("[Content_Types].xml", "word/document.xml", *extra):
            whole.writestr(name, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("film.mp4", b"\0" * 100, "วิดีโอ"),
        ("plan.pdf", jpeg(), "ไม่ตรงกับนามสกุล"),
        ("plan.pdf", PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>"), "โปรแกรม"),
        ("plan.docx", b"PK not a zip", "ไม่ตรงกับนามสกุล"),
        ("plan.docx", _docx("word/vbaProject.bin"), "แมโคร"),
        ("plan.xlsx", _docx(), "ไม่ตรงกับนามสกุล"),
        ("tools.zip", _docx("setup.exe"), "โปรแกรม"),
        ("list.csv", b"a,b\0c", "ไม่ตรงกับนามสกุล"),
        ("page.html", b"<script>", "แนบได้เฉพาะ"),
    ],
)
def test_files_that_could_harm_are_refused_in_clear_words(market: Market, name: str, data: bytes, words: str) -> None:
    editor = Client()
    assert editor.login(username="administrator@example.test", password=PASSWORD)
    sent = {"title": "ไฟล์", "file": SimpleUploadedFile(name, data), "collection": "1"}
    answer = editor.post("/cms/documents/add/", sent, headers={"Accept-Language": "th"})
    assert words in answer.content.decode()
    assert not MarketDocument.objects.exists()


def test_a_plain_file_is_kept(market: Market) -> None:
    editor = Client()
    assert editor.login(username="administrator@example.test", password=PASSWORD)
    sent = {"title": "กำหนดการ", "file": SimpleUploadedFile("plan.docx", _docx()), "collection": "1"}
    assert editor.post("/cms/documents/add/", sent).status_code == 302
    assert MarketDocument.objects.get().file_size == len(_docx())


def test_a_video_of_200_megabytes_is_refused_without_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from media.errors import DocumentKindUnknown, DocumentTooHeavy

    class Heavy(io.BytesIO):
        name, size = "film.mp4", 200 * 1024 * 1024

        def read(self, *_args: Any) -> bytes:
            raise AssertionError("nobody reads it")

    with pytest.raises(DocumentKindUnknown):
        services.check_document(Heavy())
    heavy = Heavy()
    heavy.name = "film.zip"
    with pytest.raises(DocumentTooHeavy, match="25"):
        services.check_document(heavy)


@pytest.mark.parametrize("data", [b"<script>alert(1)</script>", b"\x89PNG\r\n\x1a\n broken"])
def test_an_image_that_is_none_is_refused(market: Market, data: bytes) -> None:
    editor = Client()
    assert editor.login(username="administrator@example.test", password=PASSWORD)
    sent = {"title": "ภาพ", "file": SimpleUploadedFile("photo.jpg", data), "collection": "1"}
    assert editor.post("/cms/images/add/", sent).status_code == 200
    assert not MarketImage.objects.exists()


def test_what_the_editor_sent_is_sent_to_nobody() -> None:
    image = make_image()
    assert default_storage.exists(image.file.name)
    assert Client().get(f"/media/{image.file.name}").status_code == 404
