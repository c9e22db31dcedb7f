"""Old releases come in from a folder as drafts: recognised in spite of noise, once each, never published, nothing unpacked."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cms import old_files
from cms.models import ImportedRelease, NewsPage
from cms.recognised import Release, recognise
from cms.scanned import clean_line, paragraphs_of, read_page
from tests.newsroom import NORTH, open_newsroom, section

TODAY = dt.date(2026, 11, 28)
OF_2554 = """ข่าวประชาสัมพันธ์
กลุ่มประชาสัมพันธ์  กรมส่งเสริมสหกรณ์  กระทรวงเกษตรและสหกรณ์
โทร. ๐ ๒๒๘๑ ๓๒๙๒, ๐ ๒๖๒๘ ๕๕๒๐ ต่อ ๑๒  โทรสาร ๐ ๒๒๘๒ ๖๐๗๘  www.cpd.go.th
วันที่ ๒๑ มิถุนายน ๒๕๕๔

กรมส่งเสริมสหกรณ์จับมือเครือข่ายกลุ่มอาชีพ ๔ ภาค
ตั้งจุดกระจายสินค้าทุกจังหวัด

        อธิบดีกรมส่งเสริมสหกรณ์ เปิดเผยว่า กรมฯ ได้พัฒนากลุ่มอาชีพในสหกรณ์และกลุ่มเกษตรกร
มาตั้งแต่ปี ๒๕๔๗ โดยมีมหาวิทยาลัยราชภัฏพระนครเป็นที่ปรึกษา ปัจจุบันมีกลุ่มผู้ผลิต ๕๕๗ กลุ่ม และตัวแทนเครือข่าย
ทั้ง ๔ ภาคได้เปิดบัญชีธนาคารในนามเครือข่าย
                                        - ๒ -
        “สินค ้าต้องได้มาตรฐาน และสมํ่าเสมอ” อธิบดีกล่าว
                                   -----------------------------
"""
OF_PROVINCE = """สำนักงานสหกรณ์จังหวัดเชียงใหม่
โทรศัพท์ 053-112-345 แฟกซ์ 053-112-346
E-mail: cpd_chiangmai@example.go.th
เรื่อง : ชวนซื้อผ้าทอจากกลุ่มอาชีพ

กลุ่มทอผ้าเปิดร้านทุกวันเสาร์ ที่ลานหน้าสำนักงาน มีของดังนี้
- ผ้าพันคอ
- ผ้าคลุมไหล่
ติดต่อสอบถามได้ที่ โทร. 053-112-345
5 ธ.ค. 54
"""
NOISE = """ก ร ม ส่ ง เ ส ริ ม ส ห ก ร ณ์  จั บ มื อ  เ ค รื อ ข่ า ย

กลุ่่มอาชีพท่ี่ทํ างานอยู่ในเ กษตรกร เเละนํ้าตาล
หน้า ๑/๒
/กลุ่มอาชีพ...
โทร. O2-281-3292
31 มิถุนายน 2554
"""


def read(text: str) -> Release:
    return recognise(text.splitlines(), today=TODAY)


def test_the_release_of_2554() -> None:
    found = read(OF_2554)
    assert found.title == "กรมส่งเสริมสหกรณ์จับมือเครือข่ายกลุ่มอาชีพ ๔ ภาค ตั้งจุดกระจายสินค้าทุกจังหวัด"
    assert found.office == "กลุ่มประชาสัมพันธ์ กรมส่งเสริมสหกรณ์ กระทรวงเกษตรและสหกรณ์"
    assert (found.phone, found.fax) == ("0 2281 3292, 0 2628 5520 ต่อ 12", "0 2282 6078")
    assert (found.web, found.day, found.province) == ("http://www.cpd.go.th", dt.date(2011, 6, 21), "")
    assert len(found.paragraphs) == 2
    assert "กลุ่มเกษตรกรมาตั้งแต่ปี ๒๕๔๗" in found.paragraphs[0], "the margin broke the line, not the writer"
    assert found.paragraphs[1] == "“สินค้าต้องได้มาตรฐาน และสม่ำเสมอ” อธิบดีกล่าว"
    assert found.doubts == ["ตัดเลขหน้าและหัวกระดาษที่ซ้ำออก 1 บรรทัด"]


def test_the_release_of_a_province_with_its_day_at_the_end() -> None:
    found = read(OF_PROVINCE)
    assert (found.title, found.province) == ("ชวนซื้อผ้าทอจากกลุ่มอาชีพ", "เชียงใหม่")
    assert (found.phone, found.fax, found.email) == ("053-112-345", "053-112-346", "cpd_chiangmai@example.go.th")
    assert found.day == dt.date(2011, 12, 5)
    assert found.paragraphs[1:] == ["- ผ้าพันคอ", "- ผ้าคลุมไหล่"]
    assert found.doubts == []


def test_noise_of_scanning_is_undone_and_guesses_are_told() -> None:
    found = read(NOISE)
    assert found.title == "กรมส่งเสริมสหกรณ์ จับมือ เครือข่าย"
    assert found.paragraphs == ["กลุ่มอาชีพที่ทำงานอยู่ในเกษตรกร และน้ำตาล"]
    assert (found.phone, found.day) == ("02-281-3292", None)
    assert found.doubts == [
        "ตัวอักษรแยกห่างกัน 1 บรรทัด ต่อเข้าด้วยกันแล้ว",
        "ตัดเลขหน้าและหัวกระดาษที่ซ้ำออก 2 บรรทัด",
        "โปรดตรวจหมายเลข “02-281-3292”",
        "“31 มิถุนายน 2554” ไม่มีในปฏิทิน",
        "ไม่พบชื่อหน่วยงาน",
        "ไม่พบวันที่ ร่างจึงใช้วันนี้",
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("น ้ํา ตาล", "น้ำ ตาล"),
        ("ทํ า", "ทำ"),
        ("ท่ี", "ที่"),
        ("กลุ่่่ม", "กลุ่ม"),
        ("เ กษตร", "เกษตร"),
        ("กๅร", "การ"),
        ("ฤๅษี", "ฤๅษี"),
        ("ของ ดี", "ของ ดี"),
    ],
)
def test_marks_go_where_they_belong(typed: str, meant: str) -> None:
    assert clean_line(typed) == meant


def test_paragraphs_of_one_line_each_stay_apart_and_broken_ones_are_joined() -> None:
    long = "ก" * 250
    assert paragraphs_of(read_page([long, "สั้น", long]).lines) == [long, "สั้น", long]
    broken = ["ก" * 80, "ข" * 80, "ค" * 30, "ง" * 80]
    assert paragraphs_of(read_page(broken).lines) == ["ก" * 80 + "ข" * 80 + "ค" * 30, "ง" * 80]
    assert paragraphs_of(read_page(["ก" * 80, "FTA " * 5, "ข" * 80]).lines)[0] == "ก" * 80 + " FTA FTA FTA FTA FTA"


def test_a_head_that_stands_on_each_page_is_left_out_once_read() -> None:
    head = "กรมส่งเสริมสหกรณ์ กระทรวงเกษตรและสหกรณ์"
    lines = [head, "โทร. 02 281 3292", "", "หัวข่าวหนึ่ง", "", *(f"ข้อความย่อหน้าที่ {n}" for n in range(12)), head, "จบ"]
    found = recognise(lines, today=TODAY)
    assert not any(head in text for text in found.paragraphs)
    assert found.paragraphs[-1].endswith("จบ")


def test_what_is_not_there_is_not_made_up() -> None:
    found = read("ข้อความบรรทัดเดียว")
    assert (found.office, found.phone, found.day) == ("", "", None)
    assert found.title == "ข้อความบรรทัดเดียว"
    assert len(found.doubts) == 4
    far = read("หัวข่าว\n\nเนื้อข่าว\n1 มกราคม 2999")
    assert far.day is None
    assert any("ปีของวันที่ไม่น่าถูกต้อง" in doubt for doubt in far.doubts)


# --- files ----------------------------------------------------------------------------------------------------

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SAME = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def word(*paragraphs: str, raw: str = "", head: str = "", **parts: str) -> bytes:
    """A Word document with these paragraphs."""
    body = raw or "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        document = f"{_HEAD}<w:document {_SPACE} {_SAME}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", parts.get("document", document))
        if head:
            text = f"<w:p><w:r><w:t>{head}</w:t></w:r></w:p>"
            archive.writestr("word/header1.xml", f"{_HEAD}<w:hdr {_SPACE}>{text}</w:hdr>")
    return buffer.getvalue()


def test_a_word_document_is_read_with_its_letterhead() -> None:
    raw = (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>หนึ่ง</w:t><w:tab/><w:t>สอง</w:t><w:br/><w:t>สาม</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:t>ลบแล้ว</w:t></w:r></w:del><w:r><w:t>สี่</w:t></w:r></w:p>"
        "<w:p><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>กรอบ</w:t></w:r></w:p></mc:Choice>"
        "<mc:Fallback><w:p><w:r><w:t>กรอบ</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>"
    )
    lines = old_files.lines_in(word(raw=raw, head="กรมส่งเสริมสหกรณ์"))
    assert [line for line in lines if line] == ["กรมส่งเสริมสหกรณ์", "หนึ่ง\tสอง", "สาม", "สี่", "กรอบ"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874", "tis-620"])
def test_text_in_every_encoding_of_its_time(encoding: str) -> None:
    text = OF_2554.replace("“", '"').replace("”", '"') if encoding == "tis-620" else OF_2554
    assert read("\n".join(old_files.lines_in(text.encode(encoding)))).day == dt.date(2011, 6, 21)


@pytest.mark.parametrize(("right", "wrong"), [("cp874", "latin-1"), ("utf-8", "latin-1")])
def test_text_that_was_saved_in_a_wrong_encoding_is_put_right(right: str, wrong: str) -> None:
    text = "กรมส่งเสริมสหกรณ์"
    spoilt = "\n".join([text] * 4).encode(right).decode(wrong)
    assert old_files.lines_in(spoilt.encode()) == [text] * 4


def _hostile() -> dict[str, tuple[bytes, type[old_files.FileRefused]]]:
    entity = f'{_HEAD}<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document {_SPACE}>&b;</w:document>'
    outside = f'{_HEAD}<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document {_SPACE}>&a;</w:document>'
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return {
        "bomb": (word(document=f"{_HEAD}{' ' * 40_000_000}"), old_files.FileUnfoldsTooLarge),
        "entities": (word(document=entity), old_files.FileUnfoldsTooLarge),
        "a file of the server": (word(document=outside), old_files.FileUnfoldsTooLarge),
        "cut off": (word("ก" * 50)[:-40], old_files.FileDamaged),
        "no xml": (word(document="<w:document"), old_files.FileDamaged),
        "a workbook": (other.getvalue(), old_files.FileUnknown),
        "an old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, old_files.FileOfOldWord),
        "a program": (b"MZ\x00\x01\x02", old_files.FileUnknown),
        "nothing": (b" \n\t\n", old_files.FileEmpty),
        "a giant": (b"x" * (5 * 1024 * 1024 + 1), old_files.FileTooLarge),
        "a book": ("ก\n".encode() * 210_000, old_files.FileTooLarge),
    }


@pytest.mark.parametrize("name", list(_hostile()))
def test_hostile_files_are_refused(name: str) -> None:
    data, error = _hostile()[name]
    with pytest.raises(error):
        old_files.lines_in(data)


def test_a_deep_document_is_read_without_falling_over() -> None:
    deep = "<w:sdt>" * 20_000 + "<w:p><w:r><w:t>ลึก</w:t></w:r></w:p>" + "</w:sdt>" * 20_000
    assert "ลึก" in old_files.lines_in(word(raw=deep))


# --- the command ----------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2554-06-21.txt").write_bytes(OF_2554.encode("cp874"))
    (tmp_path / "chiangmai.docx").write_bytes(word(*OF_PROVINCE.splitlines()))
    (tmp_path / "script.txt").write_text("<script>alert(1)</script> ข่าว\n\nย่อหน้า <img src=x onerror=alert(2)> จบ\n")
    (tmp_path / "bomb.docx").write_bytes(_hostile()["bomb"][0])
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8")
    return tmp_path


def run(folder: Path, **options: object) -> str:
    out = io.StringIO()
    call_command("import_releases", str(folder), stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_a_folder_becomes_drafts_once_and_nothing_is_published(folder: Path) -> None:
    room = open_newsroom()
    report = folder / "report.csv"
    said = run(folder, by=room.people["publisher"].email, report=report)
    assert said.splitlines()[-1] == "สร้างร่างแล้ว: 3 · ไม่รับ: 1"
    assert "bomb.docx: ไม่รับ" in said
    assert NewsPage.objects.filter(live=True).count() == 0
    page = NewsPage.objects.get(title__startswith="กรมส่งเสริมสหกรณ์จับมือ")
    assert (page.published_on, page.slug, page.owner) == (
        dt.date(2011, 6, 21),
        "release-20110621",
        room.people["publisher"],
    )
    assert (page.contact_fax, page.contact_web) == ("0 2282 6078", "http://www.cpd.go.th")
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().body.raw_data[0]["type"] == "text"
    page.full_clean()
    rows = list(csv.DictReader(io.StringIO(report.read_text("utf-8-sig"))))
    assert [row["file"] for row in rows] == ["2554-06-21.txt", "bomb.docx", "chiangmai.docx", "script.txt"]
    assert rows[0]["day"] == "21 มิถุนายน 2554"
    again = run(folder)
    assert again.splitlines()[-1] == "เคยนำเข้าแล้ว: 3 · ไม่รับ: 1"
    assert NewsPage.objects.count() == 3


@pytest.mark.django_db
def test_an_office_of_a_province_finds_its_release_in_its_part(folder: Path) -> None:
    open_newsroom()
    run(folder)
    page = NewsPage.objects.get(title="ชวนซื้อผ้าทอจากกลุ่มอาชีพ")
    assert page.get_parent().pk == section(NORTH).pk
    assert page.province_id == NORTH
    assert "<ul><li>ผ้าพันคอ</li><li>ผ้าคลุมไหล่</li></ul>" in page.body.raw_data[0]["value"]


@pytest.mark.django_db
def test_what_stood_in_a_file_is_words(folder: Path) -> None:
    open_newsroom()
    run(folder)
    page = NewsPage.objects.get(title__contains="script")
    assert page.body.raw_data[0]["value"] == "<p>ย่อหน้า &lt;img src=x onerror=alert(2)&gt; จบ</p>"


@pytest.mark.django_db
def test_the_same_words_in_another_file_come_in_once_and_a_thrown_away_draft_stays_away(folder: Path) -> None:
    open_newsroom()
    run(folder)
    (folder / "copy.docx").write_bytes(word(*OF_2554.splitlines()))
    assert run(folder).splitlines()[-1] == "เคยนำเข้าแล้ว: 4 · ไม่รับ: 1"
    NewsPage.objects.get(title__startswith="กรมส่งเสริมสหกรณ์จับมือ").delete()
    assert "ร่างของไฟล์นี้ถูกลบไปแล้ว" in run(folder)
    assert NewsPage.objects.count() == 2
    assert ImportedRelease.objects.count() == 3


@pytest.mark.django_db
def test_looking_first_writes_nothing(folder: Path) -> None:
    open_newsroom()
    assert run(folder, look=True).splitlines()[-1] == "อ่านได้: 3 · ไม่รับ: 1"
    assert (NewsPage.objects.count(), ImportedRelease.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_links_out_of_the_folder_are_left_alone(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("ความลับของที่อื่น")
    (folder / "link.txt").symlink_to(secret)
    open_newsroom()
    assert "link.txt" not in run(folder)
    for wrong, options in ((folder / "nowhere", {}), (folder, {"by": "nobody@example.test"})):
        with pytest.raises(CommandError):
            run(wrong, **options)
