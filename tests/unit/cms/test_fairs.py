"""Fairs: groups apply, an office gives booths, what happens when things change on either side."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail

from cms import fair_errors as errors
from cms import services
from cms.fair_pages import own_days
from cms.fair_selectors import open_to
from cms.fair_subscribers import forget_contacts, remind
from cms.models import BoothApplication, BoothEvent, Fair
from shop.common import clock, outbox
from tests.market import Market, make_user
from tests.unit.cms.fairs import add_kind, apply, at, booth, give, make_fair
from vendors import history
from vendors.errors import NotYours
from vendors.models import Region
from vendors.services import close_group, lift_suspension, suspend_group

pytestmark = pytest.mark.django_db
State = BoothApplication.State


def letters() -> list[tuple[str, str]]:
    """(to, subject) of what was sent since the last look."""
    mail.outbox.clear()
    outbox.work_off()
    return [(letter.to[0], str(letter.subject)) for letter in mail.outbox]


def test_a_group_applies_and_gets_a_booth(market: Market) -> None:
    fair = make_fair()
    application = apply(market, fair, "north", "kratip", words="สาธิตจักตอก")
    assert (application.state, application.booth) == (State.SUBMITTED, None)
    letters()
    give(application, "ก2", market.people["officer"])
    assert (application.state, str(application.booth)) == (State.ACCEPTED, "ก2")
    steps = [(step.state, step.booth_code, step.by) for step in BoothEvent.objects.all()]
    assert steps == [
        ("submitted", "", market.people["north"]),
        ("accepted", "ก2", market.people["officer"]),
    ]
    assert letters() == [("north@example.test", "บูธ ก2 ในงานของดีล้านนา เป็นของคุณแล้ว")]
    acts = [history.words_of(entry) for entry in history.history_of(market.groups["north"])]
    assert acts[:2] == ["ให้บูธในงาน", "สมัครออกบูธในงาน"]


def test_twice_is_once(market: Market) -> None:
    fair = make_fair()
    apply(market, fair, "north")
    with pytest.raises(errors.AppliedAlready):
        apply(market, fair, "north")
    assert BoothApplication.objects.count() == 1


@pytest.mark.parametrize("state", ["refused", "withdrawn"])
def test_after_an_end_one_may_apply_again(market: Market, state: str) -> None:
    fair = make_fair()
    first = apply(market, fair, "north")
    if state == "refused":
        services.refuse_application(application=first, seen=1, reason="ขอรูป")
    else:
        services.withdraw_application(application=first, by=market.people["north"])
    assert apply(market, fair, "north").pk != first.pk


def test_who_may_not_apply(market: Market) -> None:
    south = Region.objects.get(pk="south")
    fair = make_fair()
    with pytest.raises(NotYours):
        services.apply_for_booth(
            fair=fair,
            group=market.groups["north"],
            kind_id=fair.kinds.all()[0].pk,
            goods=[],
            words="",
            contact_name="ก",
            contact_phone="0812345678",
            by=market.people["isan"],
        )
    with pytest.raises(errors.UnknownGoods):
        apply(market, fair, "north", "hat")
    with pytest.raises(errors.UnknownKind):
        apply(market, fair, "north", kind_id=add_kind(make_fair(name_en="Other"), "ค", 1).pk)
    fair.regions.set([south])
    with pytest.raises(errors.NotInvited):
        apply(market, fair, "north")
    suspend_group(group=market.groups["south"], by=None, reason="ตรวจสอบ")
    with pytest.raises(errors.GroupNotSelling):
        apply(market, fair, "south")
    assert BoothApplication.objects.count() == 0


def test_only_within_the_days_of_applying(market: Market) -> None:
    fair = make_fair()
    for moment, open_ in (
        (clock.start_of_day(fair.apply_from) - dt.timedelta(seconds=1), False),
        (clock.start_of_day(fair.apply_from), True),
        (clock.end_of_day(fair.apply_until) - dt.timedelta(seconds=1), True),
        (clock.end_of_day(fair.apply_until), False),
        (fair.ends_at + dt.timedelta(days=1), False),
    ):
        with clock.moved_to(moment):
            assert fair.takes_applications is open_, moment
    with clock.moved_to(clock.end_of_day(fair.apply_until)), pytest.raises(errors.NotOpenForApplications):
        apply(market, fair, "north")
    assert BoothApplication.objects.count() == 0


def test_what_a_group_brings_may_change(market: Market) -> None:
    application = apply(market, make_fair(), "north")
    facts: dict[str, Any] = {"words": " ", "contact_name": "คำแก้ว", "contact_phone": "0899999999"}
    goods = [market.products["kratip"].pk]
    services.change_application(application=application, goods=goods, by=market.people["north"], **facts)
    application.refresh_from_db()
    assert (application.contact_name, list(application.products.all())) == ("คำแก้ว", [market.products["kratip"]])
    with pytest.raises(errors.UnknownGoods):
        services.change_application(
            application=application, goods=[market.products["hat"].pk], by=market.people["north"], **facts
        )
    with pytest.raises(NotYours):
        services.change_application(application=application, goods=[], by=market.people["isan"], **facts)
    with clock.moved_to(application.fair.ends_at), pytest.raises(errors.FairOver):
        services.change_application(application=application, goods=[], by=market.people["north"], **facts)


def test_a_booth_is_moved_taken_back_and_refused(market: Market) -> None:
    fair, officer = make_fair(), market.people["officer"]
    application = apply(market, fair, "north")
    give(application, "ก1", officer)
    give(application, "ข1", officer)
    assert str(application.booth) == "ข1"
    with pytest.raises(errors.BoothReasonMissing):
        services.put_on_waiting_list(application=application, seen=application.version, by=officer)
    services.put_on_waiting_list(application=application, seen=application.version, reason="ไฟไม่พอ", by=officer)
    application.refresh_from_db()
    assert (application.state, application.booth) == (State.WAITING, None)
    with pytest.raises(errors.BoothReasonMissing):
        services.refuse_application(application=application, seen=application.version, reason=" ", by=officer)
    services.refuse_application(application=application, seen=application.version, reason="เต็ม", by=officer)
    assert [subject for _to, subject in letters()] == ["งานของดีล้านนา: ครั้งนี้ยังไม่มีบูธให้"], "the last answer alone"
    with pytest.raises(errors.NotPossibleNow):
        give(application, "ก1", officer)


def test_a_given_booth_is_given_once(market: Market) -> None:
    fair = make_fair()
    give(apply(market, fair, "north"), "ก1")
    second = apply(market, fair, "isan")
    with pytest.raises(errors.BoothTaken):
        give(second, "ก1")
    with pytest.raises(errors.UnknownBooth):
        services.give_booth(application=second, booth_id=booth(make_fair(name_en="Other"), "ก1"), seen=1)
    second.refresh_from_db()
    assert second.state == State.SUBMITTED


def test_who_saw_an_older_application_decides_nothing(market: Market) -> None:
    fair = make_fair()
    application = apply(market, fair, "north")
    services.put_on_waiting_list(application=application, seen=1, by=market.people["officer"])
    with pytest.raises(errors.AnsweredMeanwhile):
        services.refuse_application(application=application, seen=1, reason="เต็ม", by=market.people["officer"])
    application.refresh_from_db()
    assert application.state == State.WAITING


def test_an_officer_of_another_province_decides_nothing(market: Market) -> None:
    fair = make_fair(province="TH-40")
    application = apply(market, fair, "north")
    for act in (
        lambda: services.give_booth(
            application=application, booth_id=booth(fair, "ก1"), seen=1, by=market.people["officer"]
        ),
        lambda: services.refuse_application(application=application, seen=1, reason="x", by=market.people["officer"]),
        lambda: services.cancel_fair(fair=fair, reason="x", by=market.people["officer"]),
        lambda: services.publish_fair(fair=fair, by=market.people["officer"]),
    ):
        with pytest.raises(NotYours):
            act()
    application.refresh_from_db()
    fair.refresh_from_db()
    assert (application.state, fair.cancelled_at) == (State.SUBMITTED, None)


def test_a_suspended_group_keeps_its_booth_and_a_closed_one_does_not(market: Market) -> None:
    fair, group = make_fair(), market.groups["north"]
    application = apply(market, fair, "north")
    give(application, "ก1")
    suspend_group(group=group, by=None, reason="ตรวจสอบ")
    application.refresh_from_db()
    assert application.state == State.ACCEPTED
    with pytest.raises(errors.GroupNotSelling):
        give(application, "ก2")
    lift_suspension(group=group, by=None)
    close_group(group=group, by=None, reason="เลิกกลุ่ม")
    application.refresh_from_db()
    assert (application.state, application.booth) == (State.WITHDRAWN, None)
    give(apply(market, fair, "isan"), "ก1")


def test_a_closed_group_stays_in_the_books_of_a_past_fair(market: Market) -> None:
    fair = make_fair()
    application = apply(market, fair, "north")
    give(application, "ก1")
    with clock.moved_to(fair.ends_at + dt.timedelta(days=1)):
        close_group(group=market.groups["north"], by=None)
    application.refresh_from_db()
    assert application.state == State.ACCEPTED


def change(fair: Fair, **facts: Any) -> None:
    fair.refresh_from_db()
    services.change_fair(fair=fair, seen=fair.version, regions=[], by=None, **facts)


def test_a_moved_fair_is_told_to_who_has_applied(market: Market) -> None:
    fair = make_fair()
    apply(market, fair, "north")
    services.withdraw_application(application=apply(market, fair, "isan"), by=market.people["isan"])
    letters()
    change(fair, name_th="งานของดีล้านนา ครั้งที่ 2")
    assert letters() == [], "a name is no news"
    before = fair.starts_at
    change(fair, starts_at=before + dt.timedelta(days=7), ends_at=fair.ends_at + dt.timedelta(days=7))
    assert letters() == [("north@example.test", "งานของดีล้านนา ครั้งที่ 2 เปลี่ยนวันหรือสถานที่")]
    fair.refresh_from_db()
    assert fair.moved_from == before


def test_two_change_a_fair(market: Market) -> None:
    fair = make_fair()
    change(fair, venue_th="ข่วงเมือง")
    with pytest.raises(errors.FairChangedMeanwhile):
        services.change_fair(fair=fair, seen=1, regions=[], by=None, venue_th="สนามกีฬา")
    fair.refresh_from_db()
    assert fair.venue_th == "ข่วงเมือง"


def test_a_cancelled_fair_decides_nothing_more(market: Market) -> None:
    fair = make_fair()
    application = apply(market, fair, "north")
    letters()
    with pytest.raises(errors.BoothReasonMissing):
        services.cancel_fair(fair=fair, reason=" ")
    services.cancel_fair(fair=fair, reason="น้ำท่วม", by=market.people["officer"])
    assert letters() == [("north@example.test", "ยกเลิก: งานของดีล้านนา")]
    for act in (
        lambda: apply(market, fair, "isan"),
        lambda: give(application, "ก1"),
        lambda: services.cancel_fair(fair=fair, reason="อีกครั้ง"),
    ):
        with pytest.raises((errors.FairOver, errors.NotOpenForApplications)):
            act()
    assert BoothApplication.objects.get().state == State.SUBMITTED


def test_a_week_before_everybody_with_a_booth_is_reminded_once(market: Market) -> None:
    fair = make_fair(days=8)
    give(apply(market, fair, "north"), "ก1")
    apply(market, fair, "isan")
    letters()
    assert remind() == "0 groups reminded"
    with clock.moved_to(clock.now() + dt.timedelta(days=2)):
        assert remind() == "1 groups reminded"
        assert remind() == "0 groups reminded"
        assert letters() == [("north@example.test", "งานของดีล้านนา ใกล้เริ่มแล้ว บูธของคุณคือ ก1")]
        fair.refresh_from_db()
        change(fair, starts_at=fair.starts_at - dt.timedelta(days=1), ends_at=fair.ends_at)
        assert remind() == "1 groups reminded", "moved, so the day is told again"


def test_kinds_and_their_booths(market: Market) -> None:
    fair = make_fair()
    kind = fair.kinds.get(letter="ก")
    names = {"letter": "ก", "name_th": "แบบ", "name_en": "", "size": "", "price_satang": 0, "has_power": False}
    give(apply(market, fair, "north"), "ก2")
    with pytest.raises(errors.BoothsInUse):
        services.set_kind(fair=fair, kind=kind, **names, is_cold=False, number=1)
    services.set_kind(fair=fair, kind=kind, **names, is_cold=False, number=10)
    cells = [(one.code, one.x, one.y) for one in fair.booths.order_by("y", "x")]
    assert cells[:2] + cells[-3:] == [("ก1", 0, 0), ("ก2", 1, 0), ("ก9", 0, 1), ("ก10", 1, 1), ("ข1", 0, 2)]
    with pytest.raises(errors.LetterTaken):
        add_kind(fair, "ก", 1)
    with pytest.raises(errors.KindInUse):
        services.drop_kind(fair=fair, kind=kind)
    services.drop_kind(fair=fair, kind=fair.kinds.get(letter="ข"))
    assert fair.booths.count() == 10


def test_figures_are_told_afterwards(market: Market) -> None:
    fair = make_fair()
    with pytest.raises(errors.FairNotOver):
        services.set_figures(fair=fair, visitors=10, sales_satang=100)
    with clock.moved_to(fair.ends_at):
        services.set_figures(fair=fair, visitors=10, sales_satang=100, by=make_user("admin", is_superuser=True))
    fair.refresh_from_db()
    assert (fair.visitors, fair.sales_satang) == (10, 100)


@pytest.mark.parametrize(
    ("first", "last", "thai", "english"),
    [
        ((2026, 12, 5, 9), (2026, 12, 9, 20), "5–9 ธันวาคม 2569", "5–9 December 2026"),
        ((2026, 12, 30, 16), (2027, 1, 2, 2), "30 ธันวาคม 2569 – 1 มกราคม 2570", "30 December 2026 – 1 January 2027"),
        ((2026, 12, 31, 18), (2027, 1, 1, 2), "31 ธันวาคม 2569", "31 December 2026"),
        ((2026, 12, 31, 18), (2027, 1, 1, 0), "31 ธันวาคม 2569", "31 December 2026"),
        ((2026, 11, 28, 8), (2026, 12, 2, 8), "28 พฤศจิกายน 2569 – 2 ธันวาคม 2569", "28 November 2026 – 2 December 2026"),
        ((2026, 12, 5, 1), (2026, 12, 5, 4), "5 ธันวาคม 2569", "5 December 2026"),
    ],
)
def test_days_over_midnight_and_new_year(
    first: tuple[int, ...], last: tuple[int, ...], thai: str, english: str
) -> None:
    fair = Fair(starts_at=at(dt.date(*first[:3]), first[3]), ends_at=at(dt.date(*last[:3]), last[3]))
    assert (own_days(fair, "th"), own_days(fair, "en")) == (thai, english)


def test_the_phase_changes_on_the_minute() -> None:
    fair = Fair(starts_at=at(dt.date(2026, 12, 31), 18), ends_at=at(dt.date(2027, 1, 1), 2))
    for moment, phase, left in (
        (at(dt.date(2026, 12, 29), 23), "next", 2),
        (at(dt.date(2026, 12, 31), 0), "next", 0),
        (at(dt.date(2026, 12, 31), 18), "running", 0),
        (at(dt.date(2027, 1, 1), 1), "running", 0),
        (at(dt.date(2027, 1, 1), 2), "past", 0),
    ):
        with clock.moved_to(moment):
            assert (fair.phase, fair.days_left) == (phase, left)


def test_who_could_be_called_is_forgotten_half_a_year_later(market: Market) -> None:
    application = apply(market, make_fair(), "north")
    for days, name in ((179, "สมศรี"), (181, "")):
        with clock.moved_to(application.fair.ends_at + dt.timedelta(days=days)):
            forget_contacts()
        application.refresh_from_db()
        assert application.contact_name == name


def test_what_a_group_can_apply_to_today(market: Market) -> None:
    fair, group = make_fair(regions=[Region.objects.get(pk=market.groups["north"].region_id)]), market.groups["north"]
    make_fair(name_en="Draft", shown=False)
    assert open_to(group) == [fair]
    assert open_to(market.groups["south"]) == []
    with clock.moved_to(clock.end_of_day(fair.apply_until)):
        assert open_to(group) == []
    apply(market, fair, "north")
    assert open_to(group) == []
