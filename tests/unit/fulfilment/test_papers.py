"""What a hub prints: the right lines in the one order, squares that lead on, and no buyer where none belongs."""

from __future__ import annotations

import datetime as dt
import re
import time
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.urls import reverse

from shop.common import clock, codes, outbox
from shop.fulfilment import collecting, scanning, services
from shop.fulfilment.models import PaperRun, Parcel, Stop, Transfer
from shop.fulfilment.papers import jobs as paper_jobs
from shop.fulfilment.papers import services as paper_services
from shop.fulfilment.papers.lists import by_buyer
from shop.fulfilment.papers.pieces import Piece, Route
from shop.fulfilment.papers.printing import make
from shop.fulfilment.papers.services import KEPT, KEPT_NAMED, make_paper, start_paper
from shop.order.models import Line, Order, VendorOrder
from tests.hubs import Hubs, build_hubs, buy, packed, part_of
from tests.market import ADDRESS, Market, make_user, signed_in
from tests.unit.fulfilment.printed import body, pages, squares, words
from tests.unit.rights.world import HOME
from vendors.models import Membership, Place
from vendors.services import add_member

pytestmark = pytest.mark.django_db
FAR = dt.timedelta(days=40)
BUYER = (ADDRESS["recipient"], HOME.line1, "081 234 5678", HOME.phone)
KINDS = ("pick", "by_buyer", "by_group", "by_product")


@pytest.fixture
def hubs(market: Market) -> Hubs:
    return build_hubs(market)


def home(hubs: Hubs, key: str, rest: str = "") -> str:
    place = hubs.places[key]
    return f"/workspace/{place.organisation.slug}/hub/{place.code}/paper/{rest}"


def printed(hubs: Hubs, key: str, kind: str, size: str = "a4") -> bytes:
    """The list as its packer gets it, through the pages."""
    client = signed_in(hubs.packers[key])
    day = (clock.today() + FAR).isoformat()
    answer = client.post(home(hubs, key, "start/"), {"kind": kind, "day": day, "size": size})
    assert answer.status_code == 302, answer.content.decode()
    answer = client.get(f"{answer['Location']}paper.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "private, no-store"
    return body(answer)


def at_the_merging_hub(market: Market, hubs: Hubs, way: str) -> Order:
    """A purchase of two groups that has arrived in Bangkok."""
    order = buy(market, hubs, {"kratip": 3, "hat": 2}, way=way)
    for key in ("north", "isan"):
        part = packed(order, market, key)
        services.count_in(place=hubs.places[key], number=part.number, counts={}, by=hubs.packers[key])
        transfer = Transfer.objects.get(from_place=hubs.places[key], state="announced")
        services.send_transfer(transfer=transfer, by=hubs.packers[key])
        bangkok = hubs.packers["bangkok"]
        services.count_in(place=hubs.places["bangkok"], number=part.number, counts={}, by=bangkok)
    return order


def parcel_of(market: Market, hubs: Hubs, way: str) -> Parcel:
    order = at_the_merging_hub(market, hubs, way)
    (parcel,) = services.put_together(order=order, place=hubs.places["bangkok"], by=hubs.packers["bangkok"])
    return parcel


def test_each_list_has_every_line_with_unit_and_amount(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 3, "hat": 2})
    north, isan = part_of(order, market, "north"), part_of(order, market, "isan")
    kratip, hat = (line.title for line in Line.objects.filter(order=order).order_by("vendor_order__number"))
    for kind in KINDS:
        here = words(printed(hubs, "bangkok", kind))
        for there in (kratip, hat, north.number, isan.number, hubs.places["bangkok"].name_th, "หน้า 1 / 1"):
            assert there in here, f"{there} is missing: {kind}"
        for one in BUYER:
            assert one not in here, kind
        amounts = ("3 ใบ 360.00", "2 ใบ 500.00") if kind != "pick" else ("3 ใบ กระติบ", "2 ใบ หมวก")
        assert all(amount in here for amount in amounts), here
        at_north = words(printed(hubs, "north", kind))
        assert north.number in at_north
        assert isan.number not in at_north, "what goes another way stands on no list of this hub"
        assert f"ส่งต่อไป {hubs.places['bangkok'].name_th}" in at_north
        assert "ไม่มีรายการ" in words(printed(hubs, "south", kind))


def test_a_list_says_where_the_goods_are_and_forgets_what_has_left(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 3})
    assert "กลุ่มยังไม่ส่ง" in words(printed(hubs, "north", "pick"))
    part = packed(order, market, "north")
    services.hand_over(vendor_order=part, by=market.people["north"])
    assert "กำลังมา" in words(printed(hubs, "north", "pick"))
    services.count_in(place=hubs.places["north"], number=part.number, counts={}, by=hubs.packers["north"])
    assert "อยู่ที่นี่" in words(printed(hubs, "north", "pick"))
    services.send_transfer(transfer=Transfer.objects.get(state="announced"), by=hubs.packers["north"])
    assert "ไม่มีรายการ" in words(printed(hubs, "north", "pick"))
    assert "กำลังมา" in words(printed(hubs, "bangkok", "pick"))


def test_every_list_sorts_alike(market: Market, hubs: Hubs) -> None:
    """By group, then product, then number, inside a route; groups by their sort name, vowels after their consonant."""
    orders = [buy(market, hubs, {"kratip": 1, "hat": 1}) for _ in range(3)]
    for key, name in (("north", "กลุ่มเกด"), ("isan", "กลุ่มขิง")):
        market.groups[key].name_th = name
        market.groups[key].save()
    Stop.objects.update(due=clock.today())
    numbers = sorted(VendorOrder.objects.filter(order__in=orders).values_list("number", flat=True))
    by_group = {name: [n for n in numbers if n.endswith(end)] for name, end in (("กลุ่มเกด", "-1"), ("กลุ่มขิง", "-2"))}
    assert part_of(orders[0], market, "north").number.endswith("-1")
    expected = [*by_group["กลุ่มเกด"], *by_group["กลุ่มขิง"]]
    box = re.compile(r"[0-9A-Z]{11}-\d")
    for kind in ("pick", "by_group", "by_product"):
        assert box.findall(words(printed(hubs, "bangkok", kind))) == expected, kind
    assert box.findall(words(printed(hubs, "bangkok", "by_buyer"))) == numbers


def test_a_label_of_a_parcel_names_the_buyer_as_far_as_the_hub_may_know(market: Market, hubs: Hubs) -> None:
    parcel = parcel_of(market, hubs, "hubs")
    client, path = signed_in(hubs.packers["bangkok"]), home(hubs, "bangkok", f"parcels/{parcel.code}/label.pdf")
    content = client.get(path).content
    here = words(content)
    for there in (parcel.code, HOME.recipient, HOME.line1, "081 234 5678", HOME.postcode, "5 ชิ้น"):
        assert there in here, there
    assert squares(content) == [f"{settings.SITE_URL}/s/{parcel.code}/"]
    assert squares(client.get(f"{path}?paper=80").content) == [f"{settings.SITE_URL}/s/{parcel.code}/"]
    for key in ("north", "isan", "south"):
        foreign = home(hubs, key, f"parcels/{parcel.code}/label.pdf")
        assert signed_in(hubs.packers[key]).get(foreign).status_code == 404
        assert signed_in(hubs.packers[key]).get(path).status_code == 404
    services.send_parcel(parcel=parcel, carrier="KEX", tracking="", by=hubs.packers["bangkok"])
    assert client.get(path).status_code == 404, "what has left needs no label"


def test_a_label_at_the_counter_has_name_and_shelf_alone(market: Market, hubs: Hubs) -> None:
    parcel = parcel_of(market, hubs, "pickup")
    services.shelve(parcel=parcel, shelf="ก 3", by=hubs.packers["bangkok"])
    client = signed_in(hubs.packers["bangkok"])
    label = words(client.get(home(hubs, "bangkok", f"parcels/{parcel.code}/label.pdf")).content)
    sheet = words(printed(hubs, "bangkok", "counter"))
    all_labels = words(printed(hubs, "bangkok", "parcels"))
    for here in (label, sheet, all_labels):
        for there in (parcel.code, HOME.recipient, "ก 3"):
            assert there in here, there
        for secret in (HOME.line1, "081 234 5678", HOME.phone, HOME.postcode, collecting.code_of(parcel.order.plan)):
            assert secret not in here, secret
    assert "ลายมือชื่อผู้รับของ" in sheet
    assert "ไม่มีรายการ" in words(printed(hubs, "north", "counter"))


def test_sheet_and_labels_of_a_transfer_for_hub_and_group(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 3})
    part = packed(order, market, "north")
    transfer = Transfer.objects.get()
    group, own = market.groups["north"], signed_in(market.people["north"])
    box, crate = f"{settings.SITE_URL}/s/{part.number}/", f"{settings.SITE_URL}/s/{transfer.code}/"
    papers = {
        f"/workspace/{group.slug}/orders/{part.number}/label/": box,
        f"/workspace/{group.slug}/transfers/{transfer.code}/label/": crate,
        f"/workspace/{group.slug}/transfers/{transfer.code}/sheet/": crate,
    }
    for path, square in papers.items():
        for size in ("a4", "80"):
            answer = own.get(f"{path}?paper={size}")
            assert answer.status_code == 200, path
            content = answer.content
            assert squares(content) == [square], path
            here = words(content)
            assert hubs.places["north"].name_th in here
            assert not any(one in here for one in BUYER), path
        assert signed_in(market.people["isan"]).get(path).status_code == 404
    sheet = words(own.get(f"/workspace/{group.slug}/transfers/{transfer.code}/sheet/").content)
    assert all(there in sheet for there in (part.number, "3 ใบ 360.00", "1 กล่อง · 3 ชิ้น", "ผู้มอบ", "ผู้รับ"))
    for rest in (f"transfers/{transfer.code}/sheet.pdf", f"transfers/{transfer.code}/label.pdf"):
        answer = signed_in(hubs.packers["north"]).get(home(hubs, "north", rest))
        assert answer.status_code == 200, rest
        assert squares(answer.content) == [crate]
        assert signed_in(hubs.packers["isan"]).get(home(hubs, "isan", rest)).status_code == 404
    at_hub = signed_in(hubs.packers["north"]).get(home(hubs, "north", f"boxes/{part.number}/label.pdf"))
    assert squares(at_hub.content) == [box]
    assert signed_in(hubs.packers["isan"]).get(home(hubs, "isan", f"boxes/{part.number}/label.pdf")).status_code == 404


def test_labels_of_boxes_that_go_on_stand_four_on_a_sheet(market: Market, hubs: Hubs) -> None:
    numbers = []
    for _ in range(5):
        part = packed(buy(market, hubs, {"kratip": 1}), market, "north")
        services.count_in(place=hubs.places["north"], number=part.number, counts={}, by=hubs.packers["north"])
        numbers.append(part.number)
    sheets = printed(hubs, "north", "boxes")
    assert len(pages(sheets)) == 2
    assert sorted(squares(sheets)) == sorted(f"{settings.SITE_URL}/s/{number}/" for number in numbers)
    assert len(pages(printed(hubs, "north", "boxes", size="80"))) == 5


def test_a_group_whose_goods_hubs_carry_never_learns_for_whom(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 3})
    part, own = packed(order, market, "north"), signed_in(market.people["north"])
    base = f"/workspace/{market.groups['north'].slug}/orders/"
    listed = own.get(base).content.decode()
    page = own.get(f"{base}{part.number}/").content.decode()
    slip = words(own.get(f"{base}{part.number}/slip.pdf").content)
    assert part.number in listed
    assert part.number in slip
    assert f"{base}{part.number}/label/" in page
    for one in BUYER:
        assert not any(one in shown for shown in (listed, page, slip))


HOSTILE = ('#read("/etc/passwd")', "*หนา* _เอียง_ $x^2$ `a` <b> @x", "W" * 120, "ก" * 90, "\u202eกลับหัว", "= หัวข้อ // \\")


def test_hostile_names_are_words_and_stay_on_the_paper(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 3})
    part, line = packed(order, market, "north"), Line.objects.get(order=order)
    for name in HOSTILE:
        Line.objects.filter(pk=line.pk).update(title=name, unit_th=name[:60])
        market.groups["north"].name_th = name
        market.groups["north"].save()
        expected = "".join(name.replace("\u202e", "").split())
        papers = [printed(hubs, "north", kind) for kind in KINDS]
        client = signed_in(hubs.packers["north"])
        for rest in (f"transfers/{Transfer.objects.get().code}/sheet.pdf", f"boxes/{part.number}/label.pdf"):
            papers += [client.get(home(hubs, "north", f"{rest}?paper={size}")).content for size in ("a4", "80")]
        for paper in papers:
            assert expected in "".join(words(paper).split()), name
            PaperRun.objects.all().delete()


def test_papers_go_after_a_while_and_those_with_names_open_for_who_asked(market: Market, hubs: Hubs) -> None:
    parcel = parcel_of(market, hubs, "hubs")
    packer = hubs.packers["bangkok"]
    runs = {
        kind: start_paper(place=parcel.place, kind=kind, day=clock.today(), by=packer) for kind in ("parcels", "pick")
    }
    for run in runs.values():
        run.refresh_from_db()
    mate = make_user("mate")
    add_member(organisation=parcel.place.organisation, user=mate, role=Membership.Role.PACKER)

    def status(kind: str, user: object) -> int:
        path = home(hubs, "bangkok", f"runs/{runs[kind].code}/paper.pdf")
        return int(signed_in(user).get(path).status_code)

    assert [status("pick", mate), status("parcels", mate), status("parcels", packer)] == [200, 404, 200]
    PaperRun.objects.filter(pk=runs["parcels"].pk).update(created_at=clock.now() - KEPT_NAMED)
    assert [status("pick", packer), status("parcels", packer)] == [200, 404], "too old before the clock has removed it"
    assert paper_jobs.forget_papers() == "1 papers removed"
    PaperRun.objects.update(created_at=clock.now() - KEPT)
    assert paper_jobs.forget_papers() == "1 papers removed"
    outbox.work_off()
    assert not any(storages["private"].exists(run.stored_name) for run in runs.values())


def test_work_that_was_broken_off_is_taken_up_and_ends(
    market: Market, hubs: Hubs, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, packer = hubs.places["north"], hubs.packers["north"]
    monkeypatch.setattr(paper_services, "enqueue", lambda key: None)  # the worker stands still
    run = start_paper(place=hub, kind="pick", day=clock.today(), by=packer)
    page = home(hubs, "north", f"runs/{run.code}/")
    client = signed_in(packer)
    assert 'hx-trigger="every 1s"' in client.get(page).content.decode()
    assert client.get(f"{page}paper.pdf").status_code == 302
    for tries in (1, 2, 3):
        PaperRun.objects.update(touched_at=clock.now() - paper_jobs.SILENT * 2)
        assert paper_jobs.resume_papers() == "1 taken up again"
        assert PaperRun.objects.get().tries == tries
    PaperRun.objects.update(touched_at=clock.now() - paper_jobs.SILENT * 2)
    assert paper_jobs.resume_papers() == "0 taken up again"
    assert PaperRun.objects.get().state == PaperRun.State.FAILED
    assert 'role="alert"' in client.get(page).content.decode()
    make_paper(key=run.pk)
    assert PaperRun.objects.get().stored_name == "", "what has ended is not made any more"


def test_a_hub_has_so_many_papers_made_at_once_and_no_more(
    market: Market, hubs: Hubs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_services, "enqueue", lambda key: None)
    client, asked = signed_in(hubs.packers["north"]), {"kind": "pick", "day": clock.today().isoformat()}
    answers = [client.post(home(hubs, "north", "start/"), asked).status_code for _ in range(paper_services.AT_ONCE + 1)]
    assert answers == [302] * paper_services.AT_ONCE + [422]
    assert PaperRun.objects.count() == paper_services.AT_ONCE
    for wrong in ({**asked, "kind": "money"}, {**asked, "day": ""}, {**asked, "day": "2569-01-01"}, {}):
        assert client.post(home(hubs, "north", "start/"), wrong).status_code == 422
    assert PaperRun.objects.count() == paper_services.AT_ONCE


def test_the_page_asks_little_however_many_papers_there_are(
    market: Market, hubs: Hubs, django_assert_max_num_queries: Any
) -> None:
    client, hub = signed_in(hubs.packers["north"]), hubs.places["north"]
    for number in (1, 30):
        for _ in range(number):
            run = start_paper(place=hub, kind="pick", day=clock.today(), by=hubs.packers["north"])
        for path in (home(hubs, "north"), home(hubs, "north", f"runs/{run.code}/")):
            with django_assert_max_num_queries(12):
                assert client.get(path).status_code == 200


def test_two_thousand_lines_are_set_in_time() -> None:
    """Of processor time on a crowded machine; docs/performance.md says what it takes on one that is not."""
    route = Route(1, "ส่งพัสดุถึงบ้าน", clock.today())
    titles = ("น้ำพริกเผาแม่บ้านสูตรดั้งเดิม", "ผ้าฝ้ายทอมือย้อมครามธรรมชาติ ลายขิดโบราณ", "กระติบข้าวไม้ไผ่สานลายขัด")
    pieces = [
        Piece(
            3,
            titles[at % 3],
            "กระปุก",
            45_000,
            f"กลุ่มที่ {at % 40}",
            "",
            f"{at // 3:011}-1",
            f"{at // 3:011}",
            True,
            True,
            clock.today(),
            route,
        )
        for at in range(2_000)
    ]
    sheet = by_buyer(pieces)
    began = time.process_time()
    content = make("list", sheet.data(Place(name_th="จุดกระจายสินค้า"), clock.today()), tagged=False)
    assert time.process_time() - began < 10
    assert sheet.rows == 2_000
    assert len(content) < 3_000_000


def test_a_square_tells_strangers_nothing(market: Market, hubs: Hubs) -> None:
    order = buy(market, hubs, {"kratip": 3})
    part = packed(order, market, "north")
    transfer = Transfer.objects.get()
    stranger, guest = signed_in(market.people["buyer"]), signed_in(market.people["officer"])
    seen = set()
    for code in (part.number, transfer.code, "0" * 9, "nonsense", collecting.code_of(order.plan) or "x"):
        for client in (stranger, guest):
            answer = client.get(f"/s/{code}/")
            assert answer.status_code == 200
            page = answer.content.decode()
            assert not any(one in page for one in (*BUYER, market.groups["north"].name_th, "kratip"))
            main = page[page.index("<main") : page.index("</main>")]
            seen.add(
                re.sub(r'<p translate="no">.*?</p>', "", re.sub(r"/s/[^/]*/", "", main))
                .replace("\n", "")
                .replace(" ", "")
            )
    assert len(seen) == 1, "whatever the code is, the same words"
    own = signed_in(market.people["north"]).get(f"/s/{part.number}/")
    assert own["Location"] == reverse("vendor_orders:detail", args=[market.groups["north"].slug, part.number])
    north, bangkok = hubs.places["north"], hubs.places["bangkok"]
    leads = {
        ("north", part.number): reverse("hub:box", args=[north.organisation.slug, north.code, part.number]),
        ("north", transfer.code): reverse("hub:transfer", args=[north.organisation.slug, north.code, transfer.code]),
        ("bangkok", part.number): reverse("hub:scan", args=[bangkok.organisation.slug, bangkok.code]),
        ("bangkok", transfer.code): reverse("hub:scan", args=[bangkok.organisation.slug, bangkok.code]),
    }
    for (key, code), address in leads.items():
        packer = signed_in(hubs.packers[key])
        assert packer.get(f"/s/{code}/")["Location"] == address
        assert packer.get(address).status_code == 200


def test_what_a_square_says_is_read_like_what_is_typed() -> None:
    code = codes.new_code(9)
    for text in (code, f"{settings.SITE_URL}/s/{code}/", f"{settings.SITE_URL}/en/s/{code}", code.lower()):
        read = scanning.read(text)
        assert read is not None
        assert (read.kind, read.code) == ("transfer", code)
