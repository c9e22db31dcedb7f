"""The blocks of a story: everything typed is inert, everything chosen is as it is today, what is gone falls away."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale
from wagtail.rich_text import RichText

from catalogue.models import Lot
from catalogue.services import withdraw_product
from cms import live
from cms.blocks.words import ActBlock, LinkBlock, TableBlock, VideoBlock, WordsBlock, table_rows
from cms.links import safe_html, safe_link, video_of
from cms.models import Fair, FairPage, NewsPage
from cms.parts import read_body
from cms.services import cancel_fair, ensure_site, publish_news
from media.models import MarketImage
from shop.common import clock
from tests.market import PASSWORD, Market
from tests.unit.cms.fairs import make_fair
from tests.unit.cms.telling import make_document, make_image, make_story
from vendors.models import Certificate, Organisation

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("https://cpd.go.th/a?b=1", "https://cpd.go.th/a?b=1"),
        ("mailto:pr@cpd.go.th", "mailto:pr@cpd.go.th"),
        ("tel:+66 2281 3297", ""),
        ("tel:022813297", "tel:022813297"),
        ("/products/", "/products/"),
        ("//evil.test/", ""),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("java\tscript:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://example.test/", ""),
        ("https://user@evil.test/", ""),
        ("https:\\\\evil.test", ""),
        ("vbscript:x", ""),
        ("https://[", ""),
    ],
)
def test_only_links_that_may_be_followed_stay(typed: str, shown: str) -> None:
    assert safe_link(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("https://www.youtube.com/watch?v=abcDEF12345&list=x", "https://www.youtube.com/watch?v=abcDEF12345"),
        ("https://youtu.be/abcDEF12345?t=3", "https://www.youtube.com/watch?v=abcDEF12345"),
        ("https://m.youtube.com/shorts/abcDEF12345", "https://www.youtube.com/watch?v=abcDEF12345"),
        ("https://vimeo.com/123456", "https://vimeo.com/123456"),
        ("https://player.vimeo.com/video/123456", "https://vimeo.com/123456"),
        ("https://www.facebook.com/cpd/videos/123456/", "https://www.facebook.com/cpd/videos/123456/"),
        ("https://fb.watch/aB3_x/", "https://fb.watch/aB3_x/"),
        ("https://www.facebook.com/watch/?v=99", "https://www.facebook.com/watch/?v=99"),
        ("https://youtube.com.evil.test/watch?v=abcDEF12345", None),
        ("https://evil.test/?https://youtu.be/abcDEF12345", None),
        ("javascript://youtu.be/abcDEF12345", None),
        ("https://youtu.be/<script>", None),
        ("https://youtube.com@evil.test/watch?v=abcDEF12345", None),
        ("https://www.facebook.com/l.php?u=https://evil.test", None),
        ("https://youtu.be:8443/abcDEF12345", None),
    ],
)
def test_only_videos_of_known_providers_are_shown(typed: str, shown: str | None) -> None:
    video = video_of(typed)
    assert (video.url if video else None) == shown


def test_running_text_keeps_words_headings_lists_and_links() -> None:
    typed = (
        f'<h2 onclick="x()">หัวข้อ</h2><p data-block-key="k1">คำ {SCRIPT}<b>หนา</b> <a href="javascript:alert(1)">ก</a> '
        '<a href="https://cpd.go.th/" onmouseover="x()">ข</a><a linktype="page" id="3">ค</a></p>'
        '<iframe src="https://evil.test"></iframe><img src="x" onerror="y"><ul><li>หนึ่ง</li></ul><style>p{}</style>'
    )
    assert safe_html(typed) == (
        '<h2>หัวข้อ</h2><p data-block-key="k1">คำ <b>หนา</b> <a>ก</a> <a href="https://cpd.go.th/">ข</a>'
        '<a id="3" linktype="page">ค</a></p><ul><li>หนึ่ง</li></ul>'
    )
    assert WordsBlock().clean(RichText(f"<p>ก{SCRIPT}</p>")).source == "<p>ก</p>"


@pytest.mark.parametrize(
    ("block", "value"),
    [
        (LinkBlock(), "javascript:alert(1)"),
        (VideoBlock(), {"url": "https://evil.test/v", "title": "ก", "length": "", "image": None}),
        (ActBlock(), {"words": "ก", "lead": "", "page": None, "url": ""}),
        (ActBlock(), {"words": "ก", "lead": "", "page": None, "url": "data:text/html,x"}),
        (TableBlock(), {"caption": "ก", "rows": "\n".join(["ก|ข"] * 81), "has_head": True}),
    ],
)
def test_what_cannot_be_shown_is_refused_when_it_is_typed(block: Any, value: Any) -> None:
    given = block.to_python(value) if isinstance(value, dict) else value
    with pytest.raises(ValidationError):
        block.clean(given)


def test_a_table_is_typed_or_pasted() -> None:
    assert table_rows("ของ | บาท\n| ข้าว | 65 |\nเกลือ") == [["ของ", "บาท"], ["ข้าว", "65"], ["เกลือ", ""]]
    assert table_rows("ของ\tบาท\r\nข้าว\t65\r\n\r\n") == [["ของ", "บาท"], ["ข้าว", "65"]]


def test_every_block_is_shown(market: Market) -> None:
    make_story(market)
    html = Client().get("/news/whole/").content.decode()
    cut = MarketImage.objects.get(title="ภาพ 0").cut
    assert cut is not None
    for part in (
        "<p>คำแรก</p>",
        "<blockquote>คำพูด</blockquote>",
        "<h3>แกะกล่อง</h3>",
        '<th scope="col">บาท</th>',
        '<th scope="row">ข้าว</th><td>65</td>',
        "<b>557</b>",
        'href="tel:022813297"',
        'href="mailto:pr@example.test"',
        'alt="คนทอผ้า"',
        "ที่บ้านโนน",
        "กรมฯ",
        "บรรยากาศ",
        'href="https://www.youtube.com/watch?v=abcDEF12345"',
        "PDF · ",
        "https://www.google.com/maps/search/?api=1&amp;query=",
        ">ไปที่ข่าว</a>",
        f"/certificates/{market.certificates['north'].code}/",
        "/trace/K7T123/",
        'href="/fairs/lanna-fair/"',
        "งานของดีล้านนา",
        "อีก 30 วัน",
        "/groups/isan-group/",
        f"{cut.name}-",
        "ช่างภาพ",
        "0 2282 0889",
        "?topic=silk",
    ):
        assert part in html, part
    assert "original_images" not in html
    assert "/images/" not in html, "no rendition"
    assert "youtube.com/embed" not in html
    assert "<iframe" not in html


def test_what_may_not_be_shown_any_more_falls_away_with_its_box(market: Market) -> None:
    story = make_story(market)
    withdraw_product(product=market.products["hat"])
    withdraw_product(product=market.products["kratip"])
    Certificate.objects.filter(pk=market.certificates["north"].pk).update(state=Certificate.State.REVOKED)
    Organisation.objects.filter(pk=market.groups["isan"].pk).update(state=Organisation.State.SUSPENDED)
    Lot.objects.update(recalled_at=clock.now())
    cancel_fair(fair=Fair.objects.get(), reason="น้ำท่วม")
    kinds = [part.kind for part in read_body(NewsPage.objects.get(pk=story.pk).body, "th").parts]
    assert not {"goods", "groups", "certificates", "lots", "fairs"} & set(kinds)
    html = Client().get("/news/whole/").content.decode()
    for gone in ("story-goods", "story-groups", "story-certs", "story-lots", "story-fairs"):
        assert gone not in html
    assert "คำแรก" in html


def test_a_picture_that_is_not_made_yet_or_was_deleted_leaves_no_gap(market: Market) -> None:
    ensure_site()
    waiting = make_image("รอ", cut=False)
    gone = make_image("ลบ")
    body = [
        ("image", {"image": waiting, "alt_text": "รอ"}),
        ("gallery", {"title": "", "pictures": [{"image": gone, "alt_text": "ก"}, {"image": gone, "alt_text": "ข"}]}),
    ]
    story = publish_news(title="ก", summary="ข", body=body, published_on=clock.today(), slug="pictures")
    MarketImage.objects.filter(title="รอ").update(cut=None, cut_key="")
    MarketImage.objects.filter(pk=gone.pk).delete()
    assert read_body(NewsPage.objects.get(pk=story.pk).body, "th").parts == []
    assert Client().get("/news/pictures/").status_code == 200


def test_bodies_of_before_stay_valid(market: Market) -> None:
    """Lists without keys for their items, an image as the old block kept it, a block that is no more."""
    image = make_image()
    raw = [
        {"type": "image", "value": {"image": image.pk, "decorative": False, "alt_text": "เดิม"}, "id": "1"},
        {"type": "goods", "value": [market.products["hat"].pk], "id": "2"},
        {"type": "unknown", "value": "x", "id": "3"},
    ]
    page = NewsPage(body=[])
    page.body = NewsPage.body.field.stream_block.to_python(raw)
    shown = read_body(page.body, "th").parts
    assert [part.kind for part in shown] == ["image", "goods"]
    assert shown[0].value["alt_text"] == "เดิม"


def test_another_room_adds_a_kind_of_its_own() -> None:
    live.register_live("example", lambda keys, language: {key: f"{key}-{language}" for key in keys if key != 2})
    try:
        assert live.read("example", [1, 2], "en") == {1: "1-en"}
    finally:
        live._readers.pop("example")


def test_script_in_every_field_is_text(market: Market) -> None:
    ensure_site()
    image = make_image(SCRIPT, credit=SCRIPT)
    body: list[tuple[str, Any]] = [
        ("text", f"<p>{SCRIPT}</p>"),
        ("quote", SCRIPT),
        ("steps", [{"title": SCRIPT, "text": "", "image": None, "alt_text": ""}]),
        ("table", {"caption": SCRIPT, "rows": f"{SCRIPT}|{SCRIPT}", "has_head": False}),
        ("figures", [{"number": "<script>1", "words": SCRIPT}]),
        ("contact", {"name": SCRIPT, "phone": SCRIPT, "fax": SCRIPT, "email": "", "web": "javascript:alert(1)"}),
        ("image", {"image": image, "alt_text": f'"{SCRIPT}', "caption": SCRIPT, "credit": SCRIPT}),
        ("video", {"url": "javascript:alert(1)", "title": SCRIPT, "length": SCRIPT, "image": None}),
        ("map", {"name": SCRIPT, "address": SCRIPT, "latitude": None, "longitude": None}),
        ("act", {"words": SCRIPT, "lead": SCRIPT, "page": None, "url": "javascript:alert(1)"}),
    ]
    body.append(("attachments", [{"document": make_document(SCRIPT, name='"><img src=x onerror=y>.pdf'), "title": ""}]))
    body.append(("gallery", {"title": SCRIPT, "pictures": [{"image": image, "alt_text": SCRIPT}] * 2}))
    publish_news(title=SCRIPT, summary=SCRIPT, body=body, published_on=clock.today(), slug="hostile", image=image)
    for path in ("/news/hostile/", "/news/", "/news/feed/", "/"):
        answer = Client().get(path)
        assert answer.status_code == 200, path
        assert "<script>alert" not in answer.content.decode(), path
        assert "javascript:" not in answer.content.decode(), path
        assert "<img src=x" not in answer.content.decode(), path


@pytest.mark.parametrize(
    ("path", "word", "found"),
    [
        ("choose_certificate", "จักสาน", ""),
        ("choose_lot", "ใบลาน", "K7T123"),
        ("choose_lot", "k7t-1 23", "K7T123"),
        ("choose_fair", "ล้านนา", "งานของดีล้านนา"),
        ("choose_fair", "ท่าแพ", "งานของดีล้านนา"),
    ],
)
def test_certificates_lots_and_fairs_are_chosen_by_name(market: Market, path: str, word: str, found: str) -> None:
    make_story(market)
    editor, other = Client(), Client()
    assert editor.login(username="editor@example.test", password=PASSWORD)
    assert other.login(username="buyer@example.test", password=PASSWORD)
    answer = editor.get(f"/cms/{path}/results/", {"q": word}).content.decode()
    assert (found or market.certificates["north"].number) in answer
    assert (found or market.certificates["north"].number) not in editor.get(
        f"/cms/{path}/results/", {"q": "ไม่มีคำนี้"}
    ).content.decode()
    assert other.get(f"/cms/{path}/").status_code in (302, 403, 404)


def test_a_fair_called_off_or_without_a_page_cannot_be_chosen(market: Market) -> None:
    fair = make_fair()
    editor = Client()
    assert editor.login(username="editor@example.test", password=PASSWORD)
    found = "/cms/choose_fair/results/"
    assert "งานของดีล้านนา" in editor.get(found).content.decode()
    FairPage.objects.filter(fair=fair).update(live=False)
    assert "งานของดีล้านนา" not in editor.get(found).content.decode()
    FairPage.objects.filter(fair=fair).update(live=True)
    cancel_fair(fair=fair, reason="น้ำท่วม")
    assert "งานของดีล้านนา" not in editor.get(found).content.decode()


def test_links_to_pages_are_one_query_and_lead_to_the_readers_language(
    market: Market, django_assert_num_queries: Any
) -> None:
    """In running text, in steps and on buttons alike; a page that is not public any more is linked nowhere."""
    ensure_site()
    facts: dict[str, Any] = {"summary": "สั้น", "published_on": clock.today()}
    first, second = (publish_news(title=slug, body=[], slug=slug, **facts) for slug in ("first", "second"))
    english = first.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.save_revision().publish()
    body: list[tuple[str, Any]] = [
        ("text", f'<p><a linktype="page" id="{first.pk}">ก</a> <a id="{second.pk}" linktype="page">ข</a></p>'),
        (
            "steps",
            [{"title": "ค", "text": f'<a linktype="page" id="{second.pk}">ง</a>', "image": None, "alt_text": ""}],
        ),
        ("act", {"words": "จ", "lead": "", "page": first, "url": ""}),
    ]
    story = NewsPage.objects.get(pk=publish_news(title="เรื่อง", body=body, slug="links", **facts).pk)
    read_body(story.body, "th")
    with django_assert_num_queries(1):
        words, steps, act = read_body(story.body, "th").parts
    assert words.value == '<p><a href="/news/first/">ก</a> <a href="/news/second/">ข</a></p>'
    assert steps.value[0]["text"] == '<a href="/news/second/">ง</a>'
    assert act.value["url"] == "/news/first/"
    words, _steps, act = read_body(story.body, "en").parts
    assert words.value == '<p><a href="/en/news/first/">ก</a> <a href="/news/second/">ข</a></p>'
    assert act.value["url"] == "/en/news/first/"
    second.unpublish()
    first.unpublish()
    english.unpublish()
    words, steps = read_body(story.body, "th").parts
    assert words.value == "<p><a>ก</a> <a>ข</a></p>"
    assert steps.value[0]["text"] == "<a>ง</a>"
