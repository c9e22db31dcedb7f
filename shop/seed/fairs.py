"""Three fairs: the one of International Co-operatives Day 2554, one that comes with booths in every state, one over New Year."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from catalogue.models import SHOWN, Product
from catalogue.selectors import on_sale
from cms import services
from cms.fair_selectors import free_booths
from cms.models import BoothApplication, BoothKind, Fair
from cms.services.editors import shared_collection
from media.models import MarketImage, Picture
from media.services import image_of
from shop.common import clock
from shop.seed.fair_words import KINDS, programme
from shop.seed.market import Demo
from vendors.models import Organisation, Place, Province

_OFFICES = Organisation.objects.filter(kind=Organisation.Kind.OFFICE)
_SEEN = {
    "scene-fair": (
        "แผงขายของในงานกับแม่ค้าสามคนใต้ราวไฟประดับ",
        "Stalls at a fair with three sellers below strings of lights",
    ),
    "category-basketry": ("แผงเครื่องจักสานในงาน", "A stall with basketry at a fair"),
    "scene-sea": ("คนค้าขายริมน้ำกับเรือประมงลำเล็ก", "A seller by the water and a small fishing boat"),
}


def make_fairs(demo: Demo, users: dict[str, Any], group_a: Organisation, group_b: Organisation) -> None:
    """Past, coming and over New Year."""
    stalls, baskets, sea = (_image(demo, name, *words) for name, words in _SEEN.items())
    groups = _groups_that_sell(group_a, group_b)
    _past(groups, baskets)
    _coming(groups, group_a, group_b, users, stalls)
    _new_year(users["officer.x@example.test"], group_a, sea)


def _image(demo: Demo, name: str, alt_th: str, alt_en: str) -> MarketImage | None:
    picture = demo.pictures.get(name)
    if not isinstance(picture, Picture):
        return None
    return image_of(picture, title=alt_th, alt_th=alt_th, alt_en=alt_en, collection=shared_collection())


def _alt(image: MarketImage | None, language: str) -> str:
    return (image.alt_en if language == "en" else image.alt_th) if image else ""


def _groups_that_sell(group_a: Organisation, group_b: Organisation) -> list[Organisation]:
    """A and B first, then others with goods, of all regions by turns."""
    keys = on_sale().exclude(group__in=[group_a, group_b]).values_list("group_id", flat=True).distinct()
    others = list(Organisation.objects.filter(pk__in=set(keys)).order_by("pk"))
    by_region: dict[Any, list[Organisation]] = {}
    for group in others:
        by_region.setdefault(group.region_id, []).append(group)
    turns = [row for number in range(8) for rows in by_region.values() for row in rows[number : number + 1]]
    return [group_a, group_b, *turns]


def _goods(group: Organisation) -> list[int]:
    goods: list[int] = list(Product.objects.filter(SHOWN, group=group).order_by("pk").values_list("pk", flat=True))
    return goods[:3]


def _kinds(fair: Fair) -> list[BoothKind]:
    names = ("letter", "name_th", "name_en", "number", "size", "price_satang", "has_power", "is_cold")
    facts: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in KINDS]
    return [services.set_kind(fair=fair, **each) for each in facts]


def _apply(fair: Fair, group: Organisation, kind: BoothKind, by: Any = None, words: str = "") -> BoothApplication:
    return services.apply_for_booth(
        fair=fair,
        group=group,
        kind_id=kind.pk,
        goods=_goods(group),
        words=words,
        contact_name=group.contact_name or "ประธานกลุ่ม",
        contact_phone=group.phone or "0810000000",
        by=by,
    )


def _give(application: BoothApplication, by: Any = None) -> None:
    free = free_booths(application.fair).filter(kind_id=application.kind_id).first()
    assert free is not None, "there are more booths than applications"
    services.give_booth(application=application, booth_id=free.pk, seen=application.version, by=by)


def _past(groups: list[Organisation], image: MarketImage | None) -> None:
    """28 June to 4 July 2554. Venue and figures are made up, and its page says so."""
    bangkok = clock.BANGKOK
    with clock.moved_to(dt.datetime(2011, 5, 20, 9, tzinfo=bangkok)):
        fair = services.create_fair(
            office=_OFFICES.get(province=None),
            name_th="งานวันสหกรณ์สากล 2554",
            name_en="International Co-operatives Day Fair 2011",
            slug="co-operatives-day-2554",
            summary_th="กลุ่มอาชีพในสหกรณ์และกลุ่มเกษตรกรจากทั้งสี่ภาคออกร้านร่วมกันเจ็ดวัน เปิดตัวเครือข่ายกลุ่มอาชีพและกองทุนการตลาดร่วม",
            summary_en=(
                "Occupational groups of cooperatives and farmer groups from all four regions kept shop together for seven "
                "days; their network and the joint marketing fund were presented."
            ),
            starts_at=dt.datetime(2011, 6, 28, 10, tzinfo=bangkok),
            ends_at=dt.datetime(2011, 7, 4, 20, tzinfo=bangkok),
            hours_th="ทุกวัน 10.00–20.00 น.",
            hours_en="Daily 10:00–20:00",
            venue_th="ลานแสดงสินค้า (สถานที่สมมุติ)",
            venue_en="Exhibition ground (made up)",
            province=Province.objects.get(pk="TH-10"),
            apply_from=dt.date(2011, 5, 1),
            apply_until=dt.date(2011, 6, 10),
            is_demo=True,
        )
        kinds = _kinds(fair)
        for number, group in enumerate(groups[2:11]):
            _give(_apply(fair, group, kinds[number % 3]))
    services.set_figures(fair=fair, visitors=48_200, sales_satang=1_284_550_000)
    words = {
        "th": "<p>กลุ่มที่มาออกร้านวันนั้น หลายกลุ่มขายอยู่ในตลาดร่วมวันนี้ เลือกซื้อต่อได้จากด้านล่าง</p>",
        "en": "<p>Many of the groups that came that week sell on this market today. Their goods stand below.</p>",
    }
    for language, text in words.items():
        alt = _alt(image, language)
        services.tell_fair(fair=fair, language=language, body=[("text", text)], image=image, picture_alt=alt)
    services.publish_fair(fair=fair)


def _coming(
    groups: list[Organisation], group_a: Organisation, group_b: Organisation, users: dict[str, Any], image: Any
) -> None:
    """The first Saturday three weeks ahead, for five days: booths given, waiting, refused, withdrawn, not answered yet."""
    chief = users["chief@example.test"]
    first = clock.today() + dt.timedelta(days=21)
    first += dt.timedelta(days=(5 - first.weekday()) % 7)
    khon_kaen = Province.objects.get(pk="TH-40")
    fair = services.create_fair(
        office=_OFFICES.get(province=None),
        name_th="งานของดีกลุ่มอาชีพสี่ภาค",
        name_en="Good Things of the Four Regions",
        slug="good-things-of-four-regions",
        summary_th="ผ้า ข้าว ของกิน ของใช้ จากกลุ่มอาชีพทั่วประเทศ พบคนทำตัวจริง ชิมก่อนซื้อ แล้วสั่งต่อออนไลน์ได้",
        summary_en="Cloth, rice, food and household goods of groups from everywhere. Meet the makers, taste first, order again online.",
        starts_at=_at(first, 10),
        ends_at=_at(first + dt.timedelta(days=4), 20),
        hours_th="ทุกวัน 10.00–20.00 น. เข้าฟรี",
        hours_en="Daily 10:00–20:00, free entry",
        venue_th="ศูนย์ประชุมและแสดงสินค้าขอนแก่น",
        venue_en="Khon Kaen convention centre",
        address_th="ถนนมิตรภาพ อ.เมือง",
        address_en="Mittraphap Road",
        latitude=Decimal("16.432200"),
        longitude=Decimal("102.823600"),
        province=khon_kaen,
        apply_from=clock.today() - dt.timedelta(days=14),
        apply_until=first - dt.timedelta(days=7),
        place=Place.objects.filter(province=khon_kaen, has_pickup_counter=True, is_open=True).first(),
        is_demo=True,
        by=chief,
    )
    _fill_coming(fair, groups, group_a, group_b, users)
    for language in ("th", "en"):
        alt = _alt(image, language)
        services.tell_fair(
            fair=fair, language=language, programme=programme(first, language), image=image, picture_alt=alt
        )
    services.publish_fair(fair=fair, by=chief)
    _announce(fair, image)


_ANNOUNCED = {
    "th": (
        "เปิดตัวงานของดีกลุ่มอาชีพสี่ภาค ที่ขอนแก่น",
        "ห้าวันเต็มกับกลุ่มอาชีพจากทั่วประเทศ ดูผังบูธและสั่งของไว้ก่อน แล้วมารับในงานได้",
        "<p>ปีนี้งานของดีกลุ่มอาชีพสี่ภาคมาที่ขอนแก่น กลุ่มทอผ้า กลุ่มแปรรูปอาหาร และกลุ่มจักสานจะมาออกร้านด้วยตัวเอง "
        "ผังบูธและรายชื่อกลุ่มอยู่ในหน้าของงานแล้ว</p>",
        "<p>ใครอยากได้ของแน่ ๆ สั่งไว้ก่อนในตลาดร่วม แล้วเลือกรับเองที่จุดรับของในงาน</p>",
    ),
    "en": (
        "Good things of the four regions come to Khon Kaen",
        "Five days with groups from everywhere. Look at the plan of booths, order ahead and collect at the fair.",
        "<p>This year the fair comes to Khon Kaen. Weavers, food makers and basket makers keep their stalls themselves; the plan "
        "and the list of groups are on the fair's page.</p>",
        "<p>Who wants to be sure orders on the market before and collects at the counter of the fair.</p>",
    ),
}


def _announce(fair: Fair, image: MarketImage | None) -> None:
    """A story in which the fair stands as it is on the day of reading."""
    thai = None
    for language, (title, summary, first, second) in _ANNOUNCED.items():
        page = services.publish_news(
            title=title,
            summary=summary,
            body=[("text", first), ("fairs", [fair]), ("text", second)],
            published_on=clock.today() - dt.timedelta(days=2),
            language=language,
            slug="good-things-come-to-khon-kaen",
            translation_of=thai,
            image=image,
            picture_alt=_alt(image, language),
            province=fair.province,
        )
        thai = thai or page


def _fill_coming(
    fair: Fair, groups: list[Organisation], group_a: Organisation, group_b: Organisation, users: dict[str, Any]
) -> None:
    """A has a booth, B waits, ten more come, one was refused, one withdrew, two are not answered yet."""
    chief, manager_a = users["chief@example.test"], users["manager.a@example.test"]
    kinds = _kinds(fair)
    _give(_apply(fair, group_a, kinds[1], manager_a, "สาธิตการตากปลาทูและชงน้ำตาลมะพร้าวสด"), chief)
    manager_b = users["manager.b@example.test"]
    waiting = _apply(fair, group_b, kinds[2], manager_b, "ขอต่อไฟสำหรับเครื่องชงหนึ่งเครื่อง")
    services.put_on_waiting_list(application=waiting, seen=waiting.version, reason="บูธแบบมีตู้เย็นเต็มแล้ว", by=chief)
    for number, group in enumerate(groups[2:12]):
        _give(_apply(fair, group, kinds[number % 2]), chief)
    refused, withdrawn = (_apply(fair, group, kinds[0]) for group in groups[12:14])
    services.refuse_application(application=refused, seen=1, reason="ขอรูปสินค้าจริงก่อน แล้วสมัครใหม่ได้", by=chief)
    services.withdraw_application(application=withdrawn, by=None)
    for group in groups[14:16]:
        _apply(fair, group, kinds[0])


def _at(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=clock.BANGKOK)


def _new_year(officer: Any, group_a: Organisation, image: MarketImage | None) -> None:
    """A night market of A's province over New Year, past midnight every night; groups may still apply."""
    today = clock.today()
    eve = dt.date(today.year if today < dt.date(today.year, 12, 15) else today.year + 1, 12, 30)
    province = group_a.province
    assert province is not None, "a group stands in a province"
    fair = services.create_fair(
        office=_OFFICES.get(province=province),
        name_th=f"ตลาดค่ำส่งท้ายปี จังหวัด{province.name_th}",
        name_en=f"New Year Night Market of {province.name_en}",
        slug="new-year-night-market",
        summary_th="เดินตลาดกลางคืน กินของอร่อยของกลุ่มอาชีพในภาค นับถอยหลังข้ามปีด้วยกันริมน้ำ",
        summary_en="A night market by the river with the food of the region's groups, and the countdown into the new year.",
        starts_at=_at(eve, 16),
        ends_at=_at(eve + dt.timedelta(days=3), 2),
        hours_th="ทุกคืน 16.00–02.00 น.",
        hours_en="Every night 16:00–02:00",
        venue_th="ลานริมน้ำหน้าศาลากลาง",
        venue_en="Riverside ground at the provincial hall",
        province=province,
        regions=[province.region],
        apply_from=today - dt.timedelta(days=3),
        apply_until=max(today + dt.timedelta(days=3), eve - dt.timedelta(days=10)),
        is_demo=True,
        by=officer,
    )
    _kinds(fair)
    for language in ("th", "en"):
        alt = _alt(image, language)
        services.tell_fair(fair=fair, language=language, image=image, picture_alt=alt)
    services.publish_fair(fair=fair, by=officer)
