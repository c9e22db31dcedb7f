"""A group hands a certificate in from its workspace: what is checked, what is kept, what others never see."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from media.models import PrivateFile
from shop.common import clock
from tests.market import Market, photo
from tests.unit.vendors.papers import client_of, decide, hand_in, thai, values
from vendors import history
from vendors.models import Certificate

pytestmark = pytest.mark.django_db
State = Certificate.State


def newest() -> Certificate:
    return Certificate.objects.order_by("-pk")[0]


def test_it_is_handed_in_with_thai_digits_blanks_and_the_buddhist_era(market: Market) -> None:
    answer = hand_in(market, number=" มผช.  ๗๗/๒๕๖๓ ", issued_on="๑ ม.ค. ๒๕๖๗", expires_on="31/12/2026", sure="on")
    certificate = newest()
    assert answer.url == f"/workspace/north-group/certificates/{certificate.code}/"
    assert (certificate.state, certificate.scheme_id, certificate.scope) == (State.SUBMITTED, "TCPS", "products")
    assert (certificate.number, certificate.number_normalised) == ("มผช. ๗๗/๒๕๖๓", "มผช.77/2563")
    assert (certificate.issued_on, certificate.expires_on) == (dt.date(2024, 1, 1), dt.date(2026, 12, 31))
    assert list(certificate.products.all()) == [market.products["kratip"]]
    assert [event.state for event in certificate.events.all()] == ["draft", "submitted"]
    assert certificate.evidence.uploaded_by == market.people["north"]
    acts = [history.words_of(entry) for entry in history.history_of(market.groups["north"])]
    assert acts[0] == "ยื่นใบรับรอง"
    page = client_of(market, "north").get(answer.url).content.decode()
    assert "กระติบข้าวเหนียว" in page
    assert "1 มกราคม 2567" in page


def days(number: int) -> str:
    return thai(clock.today() + dt.timedelta(days=number))


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"number": "12345"}, "number", "มผช. 1555/2563"),
        ({"number": ""}, "number", ""),
        ({"issued_on": "1/13/2569"}, "issued_on", ""),
        ({"issued_on": "1/1/2469"}, "issued_on", "ย้อนไปไกลมาก"),
        ({"issued_on": "1/1/2596", "expires_on": ""}, "issued_on", "ล่วงหน้าเกินหนึ่งปี"),
        ({"issued_on": "1/1/1483"}, "issued_on", "ห่างจากวันนี้มากเกินไป"),
        ({"expires_on": "1/1/2560"}, "expires_on", ""),
        ({"products": ()}, "products", "อย่างน้อยหนึ่งรายการ"),
        ({"evidence": None}, "evidence", "แนบรูปถ่าย"),
        ({"evidence": SimpleUploadedFile("a.jpg", b"<script>")}, "evidence", "ใช้ไฟล์นี้ไม่ได้"),
        ({"scope": "everything"}, "scope", ""),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_saved(
    market: Market, changed: dict[str, Any], field: str, words: str
) -> None:
    before = Certificate.objects.count()
    answer = hand_in(market, **changed)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert field in form.errors
    assert words in " ".join(form.errors[field])
    assert Certificate.objects.count() == before
    page = answer.content.decode()
    assert 'id="errors"' in page
    if field != "number":
        assert "มผช. 77/2563" in page


def test_one_that_has_ended_is_not_handed_in(market: Market) -> None:
    answer = hand_in(market, issued_on=days(-400), expires_on=days(-1))
    assert "หมดอายุไปแล้ว" in answer.context["form"].errors["expires_on"][0]
    assert hand_in(market, issued_on=days(-400), expires_on=days(0)).status_code == 302


@pytest.mark.parametrize(
    ("first", "last", "question"),
    [
        (-10, 4000, "ปกติมีอายุ 3 ปี"),
        (-10, None, "ไม่ระบุวันหมดอายุจริงหรือ"),
        (20, 400, "ยังมาไม่ถึง"),
        (-5, 10, "ไม่ถึงหนึ่งเดือน"),
    ],
)
def test_odd_days_are_asked_about_and_taken_when_confirmed(
    market: Market, first: int, last: int | None, question: str
) -> None:
    odd = {"issued_on": days(first), "expires_on": "" if last is None else days(last)}
    before = Certificate.objects.count()
    asked = hand_in(market, **odd)
    assert asked.status_code == 422
    assert question in asked.content.decode()
    assert list(asked.context["form"].errors) == ["sure"]
    assert Certificate.objects.count() == before
    kept = asked.context["kept"]
    again = hand_in(market, **odd, sure="on", kept=kept, evidence=None)
    assert again.status_code == 302
    assert newest().state == State.SUBMITTED
    officer = client_of(market, "officer").get(f"/office/certificates/{newest().code}/").content.decode()
    assert question in officer


def test_usual_days_raise_no_question(market: Market) -> None:
    assert hand_in(market, issued_on=days(-10), expires_on=days(365 * 3 - 10)).status_code == 302


def test_a_photo_chosen_once_need_not_be_chosen_again(market: Market) -> None:
    wrong = hand_in(market, number="12345")
    assert PrivateFile.objects.count() == 1
    page = wrong.content.decode()
    assert "paper.jpg" in page
    stolen = hand_in(market, "isan", products=("hat",), kept=wrong.context["kept"], evidence=None)
    assert "evidence" in stolen.context["form"].errors
    right = hand_in(market, kept=wrong.context["kept"], evidence=None)
    assert right.status_code == 302
    assert newest().evidence == PrivateFile.objects.get()


def test_the_same_paper_is_not_handed_in_twice(market: Market) -> None:
    assert hand_in(market).status_code == 302
    answer = hand_in(market, number="มผช.๗๗/2563")
    assert "อยู่ในทะเบียนแล้ว" in answer.context["form"].errors["number"][0]
    assert Certificate.objects.filter(number_normalised="มผช.77/2563").count() == 1
    answer = hand_in(market, "isan", products=("hat",))
    assert answer.status_code == 302, "another group may have a paper of the same standard"


def test_goods_of_another_group_cannot_be_named(market: Market) -> None:
    before = Certificate.objects.count()
    answer = hand_in(market, products=("hat",))
    assert "products" in answer.context["form"].errors
    assert Certificate.objects.count() == before


def test_a_draft_needs_less_and_is_nobodys_business(market: Market) -> None:
    answer = hand_in(market, act="draft", evidence=None, products=())
    draft = newest()
    assert (answer.status_code, draft.state) == (302, State.DRAFT)
    assert client_of(market, "officer").get(f"/office/certificates/{draft.code}/").status_code == 404
    assert draft.code not in client_of(market, "officer").get("/office/certificates/").content.decode()
    edit = f"{draft.code}/edit/"
    form = client_of(market, "north").get(f"/workspace/north-group/certificates/{edit}").context["form"]
    assert form["issued_on"].value() == thai(draft.issued_on)
    done = hand_in(market, path=edit, seen=draft.version)
    assert done.status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.products.count()) == (State.SUBMITTED, 1)


def test_two_tabs_do_not_overwrite_each_other(market: Market) -> None:
    hand_in(market, act="draft")
    draft = newest()
    edit = f"{draft.code}/edit/"
    assert hand_in(market, path=edit, seen=draft.version, number="มผช. 78/2563", act="draft").status_code == 302
    late = hand_in(market, path=edit, seen=draft.version, number="มผช. 79/2563", act="draft")
    assert late.status_code == 422
    assert "มีคนแก้เรื่องนี้ไปแล้ว" in late.content.decode()
    assert "มผช. 79/2563" in late.content.decode()
    draft.refresh_from_db()
    assert draft.number == "มผช. 78/2563"


def test_it_may_be_taken_back_until_it_is_decided(market: Market) -> None:
    hand_in(market)
    certificate = newest()
    member = client_of(market, "north")
    path = f"/workspace/north-group/certificates/{certificate.code}"
    page = member.get(f"{path}/edit/")
    assert (page.status_code, page.url) == (302, f"{path}/")
    assert member.post(f"{path}/take-back/").url == f"{path}/edit/"
    certificate.refresh_from_db()
    assert certificate.state == State.DRAFT
    late = decide(market, certificate, "verify")
    certificate.refresh_from_db()
    assert (late.status_code, certificate.state) == (302, State.DRAFT)
    file = certificate.evidence_id
    assert member.post(f"{path}/withdraw/").url == "/workspace/north-group/certificates/"
    certificate.refresh_from_db()
    assert (certificate.state, certificate.evidence_id) == (State.WITHDRAWN, None)
    with clock.moved_to(clock.now() + dt.timedelta(days=2)):
        from media.services import forget_loose_files

        assert forget_loose_files() == 1
    assert not PrivateFile.objects.filter(pk=file).exists()
    assert hand_in(market).status_code == 302, "a withdrawn one does not stand in the way"
    assert member.post(f"/workspace/north-group/certificates/{newest().code}/withdraw/").status_code == 302
    assert newest().state == State.SUBMITTED, "what is handed in is taken back first"


def test_the_renewal_is_filled_from_the_old_one_which_stays(market: Market) -> None:
    old = market.certificates["north"]
    path = f"{old.code}/renew/"
    form = client_of(market, "north").get(f"/workspace/north-group/certificates/{path}").context["form"]
    assert (form["number"].value(), form["scope"].value(), form["issued_on"].value()) == (old.number, "group", None)
    answer = hand_in(market, path=path, number=old.number, scope="group", products=())
    renewal = newest()
    assert (answer.status_code, renewal.renews, renewal.state) == (302, old, State.SUBMITTED)
    old.refresh_from_db()
    assert old.state == State.VERIFIED


def test_the_list_says_what_hangs_on_each(market: Market) -> None:
    page = client_of(market, "north").get("/workspace/north-group/certificates/").content.decode()
    assert "มีผลอยู่" in page
    assert "เหลือ 300 วัน" in page
    assert "สินค้าที่ขายอยู่และใบนี้รับรอง: 1 รายการ" in page
    assert "จะหยุดขายเมื่อใบนี้หมดอายุ: 1 รายการ" in page


@pytest.mark.parametrize("who", ["isan", "buyer", "hub", "editor", "officer", "administrator"])
def test_others_neither_see_nor_change_anything(market: Market, who: str) -> None:
    hand_in(market)
    certificate = newest()
    client = client_of(market, who)
    base = "/workspace/north-group/certificates"
    for path in ("", "/new/", "/new/TCPS/", *(f"/{certificate.code}{end}" for end in ("", "/edit", "/evidence"))):
        assert client.get(f"{base}{path.rstrip('/')}/").status_code == 404, path
    before = (Certificate.objects.count(), PrivateFile.objects.count())
    for path in (
        "new/TCPS",
        f"{certificate.code}/edit",
        f"{certificate.code}/take-back",
        f"{certificate.code}/withdraw",
    ):
        assert client.post(f"{base}/{path}/", values(market)).status_code == 404, path
    certificate.refresh_from_db()
    assert certificate.state == State.SUBMITTED
    assert (Certificate.objects.count(), PrivateFile.objects.count()) == before


@pytest.mark.parametrize("who", ["north", "officer", "administrator"])
def test_the_photo_is_handed_over_safely(market: Market, who: str) -> None:
    hand_in(market, evidence=photo("ใบ มผช.jpg"))
    code = newest().code
    path = f"/workspace/north-group/certificates/{code}" if who == "north" else f"/office/certificates/{code}"
    answer = client_of(market, who).get(f"{path}/evidence/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("inline; filename*=utf-8''%E0%B9%83")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert Client().get(f"{path}/evidence/").status_code == 302
    file = PrivateFile.objects.get()
    assert Client().get(f"/media/{file.stored_name}").status_code == 404


def test_a_pdf_is_saved_and_not_shown_in_the_page(market: Market) -> None:
    from tests.unit.media.test_private_files import pdf

    hand_in(market, evidence=SimpleUploadedFile("a.pdf", pdf()))
    answer = client_of(market, "officer").get(f"/office/certificates/{newest().code}/evidence/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'
