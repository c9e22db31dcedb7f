"""A group edits its shop page: saved, looked at, published; what is typed is text, and two people lose nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalogue.models import Product
from cms import errors
from cms.models import GroupPage, PageReview
from cms.selectors import pages_of
from cms.shop_page import clean_facebook, clean_line, clean_video, to_html, to_text
from media.models import Picture
from shop.common.outbox import work_off
from tests.market import Market, make_product, make_user, photo
from tests.unit.cms.shop_pages import BASE, client_of, publish, rows_of, save, seen
from vendors import history
from vendors.models import Organisation
from vendors.services import add_member, give_grant
from vendors.services.organisations import suspend_group

pytestmark = pytest.mark.django_db


def public(address: str = "/groups/north-group/") -> str:
    cache.clear()
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_story_is_a_draft_until_it_is_published(market: Market) -> None:
    answer = save(market, "story", opening="สานด้วยมือทุกใบ", story="เริ่มปี ๒๕๓๐\n\n# บ้านเรา\n- ไม้ไผ่\n- หวาย")
    assert answer.url == BASE
    assert "สานด้วยมือทุกใบ" not in public()
    shown = client_of(market, "north").get(f"{BASE}preview/")
    assert "สานด้วยมือทุกใบ" in shown.content.decode()
    assert shown.headers["X-Robots-Tag"] == "noindex"
    index = client_of(market, "north").get(BASE).content.decode()
    assert "มีส่วนที่แก้แล้วแต่ลูกค้ายังไม่เห็น" in index
    assert publish(market).status_code == 302
    body = public()
    assert "สานด้วยมือทุกใบ" in body
    assert "<h3>บ้านเรา</h3><ul><li>ไม้ไผ่</li><li>หวาย</li></ul>" in body
    assert "สานด้วยมือทุกใบ" in public("/en/groups/north-group/"), "English falls back on Thai"
    page = GroupPage.objects.get(group=market.groups["north"], locale__language_code="th")
    assert page.revisions.count() == 2, "the one before is kept too"
    assert [entry.data.get("part") for entry in history.history_of(market.groups["north"])[:2]] == [None, "story"]


def test_english_words_stand_on_the_english_page(market: Market) -> None:
    save(market, "story", story="ไทย", story_en="All by hand")
    publish(market)
    assert "All by hand" in public("/en/groups/north-group/")
    assert "All by hand" not in public()


def test_html_and_scripts_are_text(market: Market) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    save(market, "story", story=f"# {evil}\n{evil}\n- {evil}", opening=evil)
    save(market, "contact", visit=evil, visit_en="", phone="", line_id="", facebook="")
    publish(market)
    body = public()
    assert "<script>alert" not in body
    assert "<img src=x" not in body
    assert body.count("&lt;script&gt;alert(1)") >= 4


@pytest.mark.parametrize(
    "text",
    ["หนึ่ง\n\nสอง", "# หัวข้อ\n\nคำ", "- ก\n- ข\n\nจบ", "a < b & c", "คำ"],
    ids=["two", "head", "list", "marks", "one"],
)
def test_what_is_typed_comes_back_as_it_was(text: str) -> None:
    assert to_text(to_html(text)) == text
    assert to_html(to_text(to_html(text))) == to_html(text)


def test_words_of_editors_keep_their_marks_until_they_are_changed(market: Market) -> None:
    page = GroupPage.objects.get(group=market.groups["north"], locale__language_code="th")
    page.story = "<p>เรา<b>ทอ</b>ผ้า</p>"
    page.save_revision().publish()
    save(market, "story", story="เราทอผ้า", opening="คำเปิด")
    assert pages_of(market.groups["north"].pk).draft["story"] == "<p>เรา<b>ทอ</b>ผ้า</p>"


def test_the_second_of_two_sees_the_firsts_change_and_loses_nothing(market: Market) -> None:
    add_member(organisation=market.groups["north"], user=make_user("daughter"), role="editor")
    old = seen(market, "story")
    assert save(market, "story", story="ของแม่").status_code == 302
    late = save(market, "story", story="ของลูก", seen=old)
    assert late.status_code == 422
    page = late.content.decode()
    assert "ของแม่" in page
    assert "ของลูก" in page
    assert pages_of(market.groups["north"].pk).draft["story"] == "<p>ของแม่</p>"
    assert save(market, "story", story="ของแม่\nของลูก", seen=late.context["seen"]).status_code == 302
    assert pages_of(market.groups["north"].pk).draft["story"] == "<p>ของแม่</p><p>ของลูก</p>"


def test_two_parts_do_not_disturb_each_other(market: Market) -> None:
    old = seen(market, "video")
    save(market, "story", story="เรื่อง")
    assert save(market, "video", video="https://youtu.be/dQw4w9WgXcQ", seen=old).status_code == 302
    draft = pages_of(market.groups["north"].pk).draft
    assert (draft["story"], draft["video"]) == ("<p>เรื่อง</p>", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://www.facebook.com/reel/123456", "https://www.facebook.com/reel/123456"),
        ("https://fb.watch/abcDEF-1/", "https://fb.watch/abcDEF-1/"),
        ("javascript:alert(1)", ""),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", ""),
        ("https://evil.example/?u=youtube.com", ""),
        ("https://www.facebook.com/l.php?u=https://evil.example", ""),
        ("http://[::1", ""),
    ],
)
def test_only_addresses_of_videos_are_taken(typed: str, kept: str) -> None:
    if kept:
        assert clean_video(typed) == kept
    else:
        with pytest.raises(errors.VideoNotKnown):
            clean_video(typed)


def test_contacts_are_taken_as_people_type_them(market: Market) -> None:
    assert clean_line(" @BanDoi ") == "@bandoi"
    assert clean_line("https://line.me/R/ti/p/%40bandoi") == "@bandoi"
    assert clean_facebook("facebook.com/bandoi") == "https://www.facebook.com/bandoi"
    assert clean_facebook("กลุ่มบ้านดอย-99") == "https://www.facebook.com/กลุ่มบ้านดอย-99"
    assert clean_facebook("https://m.facebook.com/profile.php?id=123") == "https://www.facebook.com/profile.php?id=123"
    for wrong in ("https://evil.example/x", "a b", "javascript:alert(1)", "javascript:alert(1)//x", "data:,x", "a&b=c"):
        with pytest.raises(errors.FacebookNotKnown):
            clean_facebook(wrong)
    bad = save(market, "contact", visit="โทรก่อน", phone="12", line_id="กลุ่ม", facebook="https://evil.example/")
    assert bad.status_code == 422
    assert sorted(bad.context["form"].errors) == ["facebook", "line_id", "phone"]
    assert "โทรก่อน" in bad.content.decode()
    save(market, "contact", visit="โทรก่อน", phone="๐๘๑ ๒๓๔ ๕๖๗๘", line_id="@bandoi", facebook="bandoi")
    publish(market)
    body = public()
    for words in ("tel:0812345678", "https://line.me/R/ti/p/@bandoi", "https://www.facebook.com/bandoi", "โทรก่อน"):
        assert words in body


def test_photos_are_checked_and_chosen_once(market: Market) -> None:
    broken = save(market, "banner", photo=SimpleUploadedFile("a.jpg", b"<script>"))
    assert (broken.status_code, "photo" in broken.context["form"].errors) == (422, True)
    assert save(market, "banner", photo=photo(size=(900, 400))).status_code == 302
    banner = pages_of(market.groups["north"].pk).draft["banner"]
    assert Picture.objects.filter(name=banner["name"]).exists()
    forged = save(market, "banner", picture="forged-token")
    assert (forged.status_code, list(forged.context["form"].errors)) == (422, ["photo"])
    assert pages_of(market.groups["north"].pk).draft["banner"] == banner, "a made-up token takes nothing away"


def face(number: int, **typed: Any) -> dict[str, Any]:
    return {f"r{number}-{name}": value for name, value in typed.items()}


def test_makers_are_added_moved_and_taken_out(market: Market) -> None:
    nameless = save(market, "faces", rows=rows_of(market, "faces"), **face(0, photo=photo()))
    assert nameless.status_code == 422
    row = nameless.context["form"].rows[0]
    assert "name" in row.errors
    again = {"rows": nameless.context["form"].rows_token, **face(0, picture=row.token, name="ป้าแก้ว", line="สานกระติบ")}
    assert save(market, "faces", **again).status_code == 302
    form = client_of(market, "north").get(f"{BASE}edit/faces/").context["form"]
    kept = face(0, picture=form.rows[0].token, name="ป้าแก้ว", line="สานกระติบ", place=1)
    save(market, "faces", rows=form.rows_token, **kept, **face(1, photo=photo(size=(500, 500)), name="ลุงคำ", place=1))
    assert [entry["name"] for entry in pages_of(market.groups["north"].pk).draft["faces"]] == ["ลุงคำ", "ป้าแก้ว"]
    publish(market)
    assert public().index("ลุงคำ") < public().index("ป้าแก้ว")
    form = client_of(market, "north").get(f"{BASE}edit/faces/").context["form"]
    rows = [face(n, picture=form.rows[n].token, name=form.rows[n]["name"].value()) for n in (0, 1)]
    save(market, "faces", rows=form.rows_token, **rows[0], **rows[1], **{"r0-drop": "on"})
    assert [entry["name"] for entry in pages_of(market.groups["north"].pk).draft["faces"]] == ["ป้าแก้ว"]


def test_a_form_that_was_not_sent_whole_takes_nothing_away(market: Market) -> None:
    group = market.groups["north"].pk
    save(market, "banner", photo=photo(size=(900, 400)))
    typed = face(0, photo=photo(), name="ป้าแก้ว", line="สานกระติบ")
    assert save(market, "faces", rows=rows_of(market, "faces"), **typed).status_code == 302
    save(market, "gallery", rows=rows_of(market, "gallery"), photos=[photo(size=(320, 300))])
    kept = pages_of(group).draft
    assert (len(kept["faces"]), len(kept["gallery"])) == (1, 1)
    client = client_of(market, "north")
    forms = {part: client.get(f"{BASE}edit/{part}/").context["form"] for part in ("faces", "gallery")}
    right = {
        part: {"rows": form.rows_token, **face(0, picture=form.rows[0].token, name="ป้าแก้ว", line="สานกระติบ")}
        for part, form in forms.items()
    }
    for part, sent in right.items():
        for rows in ("99999999", "-1", "abc", "0", "", forms["gallery" if part == "faces" else "faces"].rows_token):
            answer = save(market, part, **{**sent, "rows": rows})
            assert answer.status_code == 422, (part, rows)
            assert "ส่งมาไม่ครบ" in answer.content.decode()
        for picture in ("", "abc", sent["r0-picture"][:-1]):
            assert save(market, part, **{**sent, "r0-picture": picture}).status_code == 422, (part, picture)
        assert save(market, part, **{key: value for key, value in sent.items() if key == "rows"}).status_code == 422
        assert save(market, part).status_code == 422
    for picture in ({}, {"picture": ""}, {"picture": "abc"}):
        assert save(market, "banner", **picture).status_code == 422
    assert pages_of(group).draft == kept
    assert save(market, "faces", **right["faces"]).status_code == 302, "sent whole it is taken"
    assert save(market, "banner", drop="on").status_code == 302
    assert pages_of(group).draft["banner"] == {}


def test_a_photo_of_another_groups_page_is_not_taken(market: Market) -> None:
    save(market, "banner", photo=photo(size=(900, 400)))
    own = client_of(market, "north").get(f"{BASE}edit/banner/").context["form"].token
    there = "/workspace/isan-group/page/edit/banner/"
    isan = client_of(market, "isan")
    version = isan.get(there).context["seen"]
    assert isan.post(there, {"seen": version, "picture": own}).status_code == 422
    assert pages_of(market.groups["isan"].pk).draft["banner"] in ({}, "")


def test_a_gallery_takes_several_photos_at_once_and_has_an_end(market: Market) -> None:
    save(market, "gallery", rows=rows_of(market, "gallery"), photos=[photo(size=(300 + n, 300)) for n in range(3)])
    assert len(pages_of(market.groups["north"].pk).draft["gallery"]) == 3
    form = client_of(market, "north").get(f"{BASE}edit/gallery/").context["form"]
    rows: dict[str, Any] = {}
    for number in range(3):
        rows |= face(number, picture=form.rows[number].token, line=f"รูปที่ {number}")
    many = save(market, "gallery", rows=form.rows_token, **rows, photos=[photo(size=(400 + n, 300)) for n in range(18)])
    assert many.status_code == 422
    assert "ไม่เกิน 20" in many.content.decode()
    publish(market)
    assert public().count("<figure>") == 3


def test_featured_goods_are_own_ones_in_the_groups_order(market: Market) -> None:
    second = make_product(market, "second", "north", title="ตะกร้าใบที่สอง")
    member = client_of(market, "north")
    for product in (market.products["kratip"], second, market.products["hat"]):
        member.post(f"{BASE}edit/goods/", {"product": product.pk, "act": "add"})
    group = market.groups["north"].pk
    assert pages_of(group).draft["featured"] == [market.products["kratip"].pk, second.pk], "another group's is none"
    member.post(f"{BASE}edit/goods/", {"product": second.pk, "act": "up"})
    assert pages_of(group).draft["featured"] == [second.pk, market.products["kratip"].pk]
    publish(market)
    body = public()
    assert "ของที่อยากให้ลอง" in body
    assert body.index("ตะกร้าใบที่สอง") < body.index("กระติบข้าวเหนียว")
    assert member.post(f"{BASE}edit/goods/", {"product": "x", "act": "add"}).status_code == 404
    second.delete()
    assert "กระติบข้าวเหนียว" in public()
    assert member.get(BASE).status_code == 200


def test_only_what_is_on_sale_is_offered_to_be_put_first(market: Market) -> None:
    draft = make_product(market, "draft", "north", title="ตะกร้าที่ยังไม่ขาย")
    Product.objects.filter(pk=draft.pk).update(sellable_from=None, sellable_until=None)
    client, group = client_of(market, "north"), market.groups["north"].pk
    assert [product.title for product in client.get(f"{BASE}edit/goods/").context["found"]] == ["กระติบข้าวเหนียว"]
    for product in (draft, market.products["hat"]):
        answer = client.post(f"{BASE}edit/goods/", {"product": product.pk, "act": "add"}, follow=True)
        assert "เลือกได้เฉพาะสินค้าของกลุ่มที่วางขายอยู่ตอนนี้" in answer.content.decode()
    assert pages_of(group).draft["featured"] in ([], "")


def test_who_acts_by_grant_is_named(market: Market) -> None:
    give_grant(giver=market.groups["north"], taker=market.groups["north"].get_parent())
    page = client_of(market, "cooperative").get(f"{BASE}edit/story/").content.decode()
    assert "กำลังทำแทน" in page
    save(market, "story", "cooperative", story="โดยสหกรณ์")
    entry = history.history_of(market.groups["north"])[0]
    assert (entry.user, entry.data["part"]) == (market.people["cooperative"], "story")
    assert entry.data["through"]["id"] == market.groups["north"].get_parent().pk


def test_a_suspended_group_keeps_its_draft_and_publishes_nothing(market: Market) -> None:
    suspend_group(group=market.groups["north"], by=None, reason="ตรวจสอบ")
    assert save(market, "story", story="ร่าง").status_code == 302
    publish(market)
    pages = pages_of(market.groups["north"].pk)
    assert (pages.draft["story"], pages.live["story"]) == ("<p>ร่าง</p>", pages.live["story"])
    assert pages.live["story"] != "<p>ร่าง</p>"


def test_a_draft_that_somebody_changed_is_not_published_unseen(market: Market) -> None:
    save(market, "story", story="หนึ่ง")
    version = pages_of(market.groups["north"].pk).version
    save(market, "story", story="สอง")
    client_of(market, "north").post(f"{BASE}publish/", {"seen": version})
    assert pages_of(market.groups["north"].pk).live["story"] != "<p>สอง</p>"


def test_a_dropped_draft_is_as_published_again(market: Market) -> None:
    before = pages_of(market.groups["north"].pk).live
    save(market, "story", story="ไม่เอาแล้ว")
    version = pages_of(market.groups["north"].pk).version
    client_of(market, "north").post(f"{BASE}discard/", {"seen": version})
    assert pages_of(market.groups["north"].pk).draft == before


def test_its_own_photo_is_shared(market: Market) -> None:
    save(market, "banner", photo=photo(size=(900, 400)))
    before = public().split('property="og:image" content="')[1].split('"')[0]
    publish(market)
    after = public().split('property="og:image" content="')[1].split('"')[0]
    assert after != before


# --- where the department looks first ----------------------------------------------------------------------------
@pytest.fixture
def moderated(market: Market) -> Market:
    chief, office = make_user("chief"), Organisation.objects.get(kind="office", province=None)
    add_member(organisation=office, user=chief, role="manager")
    market.people["chief"] = chief
    answer = client_of(market, "chief").post("/office/pages/checking/", {"office": office.slug, "on": "yes"})
    assert answer.status_code == 302
    return market


def test_an_officer_looks_first_and_sends_back_with_a_reason(moderated: Market, mailoutbox: list[Any]) -> None:
    save(moderated, "story", story="ยังไม่ดี")
    publish(moderated)
    review = PageReview.objects.get()
    assert review.state == "submitted"
    assert "ยังไม่ดี" not in public()
    officer, path = client_of(moderated, "officer"), f"/office/pages/{review.pk}/"
    assert "ยังไม่ดี" in officer.get(path).content.decode()
    assert "ยังไม่ดี" in officer.get(f"{path}preview/").content.decode()
    version = officer.get(path).context["version"]
    assert officer.post(f"{path}send-back/", {"seen": version, "reason": " "}).status_code == 422
    officer.post(f"{path}send-back/", {"seen": version, "reason": "ขอรูปคนทำด้วย"})
    work_off()
    letters = {letter.to[0]: letter for letter in mailoutbox}
    assert "ขอรูปคนทำด้วย" in letters[moderated.people["north"].email].body
    assert "ขอรูปคนทำด้วย" in client_of(moderated, "north").get(BASE).content.decode()
    save(moderated, "story", story="ดีแล้ว")
    publish(moderated)
    again = PageReview.objects.get(state="submitted")
    path = f"/office/pages/{again.pk}/"
    officer.post(f"{path}approve/", {"seen": officer.get(path).context["version"]})
    assert "ดีแล้ว" in public()


def test_a_newer_version_is_not_approved_unseen(moderated: Market) -> None:
    save(moderated, "story", story="ฉบับแรก")
    publish(moderated)
    review, officer = PageReview.objects.get(), client_of(moderated, "officer")
    version = officer.get(f"/office/pages/{review.pk}/").context["version"]
    save(moderated, "story", story="ฉบับสอง")
    publish(moderated)
    assert PageReview.objects.count() == 1
    officer.post(f"/office/pages/{review.pk}/approve/", {"seen": version})
    review.refresh_from_db()
    assert review.state == "submitted"
    assert "ฉบับ" not in public()


def test_exactly_what_was_looked_at_is_published_while_the_draft_goes_on(moderated: Market) -> None:
    save(moderated, "story", story="ที่ส่งไป")
    publish(moderated)
    save(moderated, "story", story="เขียนต่อ")
    review, officer = PageReview.objects.get(), client_of(moderated, "officer")
    path = f"/office/pages/{review.pk}/"
    officer.post(f"{path}approve/", {"seen": officer.get(path).context["version"]})
    pages = pages_of(moderated.groups["north"].pk)
    assert (pages.live["story"], pages.draft["story"]) == ("<p>ที่ส่งไป</p>", "<p>เขียนต่อ</p>")


def test_a_province_may_leave_it_to_its_groups_and_only_the_department_says_so(moderated: Market) -> None:
    office = Organisation.objects.get(kind="office", province_id="TH-50")
    assert client_of(moderated, "officer").post("/office/pages/checking/", {"office": office.slug}).status_code == 404
    client_of(moderated, "chief").post("/office/pages/checking/", {"office": office.slug, "on": "no"})
    save(moderated, "story", story="ขึ้นเลย")
    publish(moderated)
    assert "ขึ้นเลย" in public()
