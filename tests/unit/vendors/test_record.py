"""A group's record: who writes what, what is computed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from catalogue.export import readiness
from shop.common import outbox
from tests.applying import MONEY
from tests.market import Market
from vendors import history
from vendors.models import Certificate, GroupRecord, Organisation, Support, Training
from vendors.services import close_group, give_grant

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
SUPPORT = {"kind": "capital", "on": "10/02/2566", "what": "ตู้อบแห้ง", "amount": "50,000.50", "giver": "สหกรณ์"}


def signed_in(market: Market, name: str) -> Client:
    client = Client()
    client.force_login(market.people[name], backend=BACKEND)
    return client


@pytest.fixture
def north(market: Market) -> Organisation:
    return market.groups["north"]


def values_of(client: Client, path: str) -> dict[str, Any]:
    form = client.get(path).context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in found.items() if value is not None and value is not False}


def test_the_group_changes_its_record_and_the_history_says_what(market: Market, north: Organisation) -> None:
    client, path = signed_in(market, "north"), f"/workspace/{north.slug}/record/edit/"
    typed = {
        **values_of(client, path),
        "main_goods": "กระติบ",
        "members_count": "20",
        "joined_year": "๒๕๖๕",
        "categories": ["basketry"],
        "capacity_amount": "200",
        "capacity_unit": "ใบ",
    }
    assert client.post(path, typed).status_code == 302
    record = GroupRecord.objects.get(organisation=north)
    assert (record.main_goods, record.joined_year, record.revision) == ("กระติบ", 2022, 1)
    entry = history.history_of(north)[0]
    assert (entry.action, entry.data["what"]) == (
        "market.record.changed",
        "สมาชิก, สินค้าหลัก, หมวดสินค้า, กำลังผลิตต่อเดือน, หน่วยขาย, ปีที่เข้าร่วม",
    )
    late = client.post(path, {**typed, "main_goods": "เสื่อ"})
    assert late.status_code == 422
    assert late.context["form"]["main_goods"].value() == "เสื่อ"
    record.refresh_from_db()
    assert record.main_goods == "กระติบ"


def test_a_wrong_year_comes_back_as_typed(market: Market, north: Organisation) -> None:
    client, path = signed_in(market, "north"), f"/workspace/{north.slug}/record/edit/"
    typed = {**values_of(client, path), "main_goods": "กระติบ", "members_count": "20", "joined_year": "2699"}
    page = client.post(path, typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["joined_year"])
    assert not GroupRecord.objects.filter(organisation=north, revision__gt=0).exists()


def test_the_account_is_the_managers_alone_and_a_change_is_told(market: Market, north: Organisation) -> None:
    give_grant(giver=north, taker=north.get_parent())
    path = f"/workspace/{north.slug}/record/account/"
    typed = {name: value for name, value in MONEY.items() if name not in ("terms", "prices", "quality")}
    helper = signed_in(market, "cooperative")
    assert helper.get(path).status_code == 404
    assert helper.post(path, {**typed, "seen": "0"}).status_code == 404
    assert "0123" not in helper.get(f"/workspace/{north.slug}/record/").content.decode()
    manager = signed_in(market, "north")
    assert manager.post(path, {**typed, "seen": "0"}).status_code == 302
    assert GroupRecord.objects.get(organisation=north).account_number == "012345678901"
    assert "012345678901" in manager.get(f"/workspace/{north.slug}/record/").content.decode()
    outbox.work_off()
    letters = [(letter.to, letter.subject) for letter in mail.outbox if "บัญชี" in letter.subject]
    assert letters == [(["north@example.test"], f"เปลี่ยนบัญชีรับเงินแล้ว: {north.name_th}")]
    assert "012345678901" not in mail.outbox[-1].body


def test_group_and_cooperative_note_support_and_nobody_else(market: Market, north: Organisation) -> None:
    own = f"/workspace/{north.slug}/record/support/"
    above = f"/workspace/{north.get_parent().slug}/below/{north.slug}/record/support/"
    network = f"/workspace/{north.get_parent().get_parent().slug}/below/{north.slug}/record/support/"
    assert signed_in(market, "north").post(own, SUPPORT).status_code == 302
    assert signed_in(market, "cooperative").post(above, {**SUPPORT, "what": "เงินกู้"}).status_code == 302
    assert signed_in(market, "hub").get(network).status_code == 200
    assert signed_in(market, "hub").post(network, SUPPORT).status_code == 405
    assert signed_in(market, "isan").post(own, SUPPORT).status_code == 404
    rows = list(Support.objects.order_by("pk").values_list("what", "amount_satang", "by__email"))
    assert rows == [("ตู้อบแห้ง", 5_000_050, "north@example.test"), ("เงินกู้", 5_000_050, "cooperative@example.test")]
    assert Support.objects.latest("pk").on.isoformat() == "2023-02-10"


@pytest.mark.parametrize(
    "wrong",
    [{"amount": ""}, {"amount": "1.005"}, {"amount": "-5"}, {"amount": "nan"}, {"on": "1/1/2999"}, {"kind": "x"}],
)
def test_a_wrong_entry_is_not_noted(market: Market, north: Organisation, wrong: dict[str, str]) -> None:
    page = signed_in(market, "north").post(f"/workspace/{north.slug}/record/support/", {**SUPPORT, **wrong})
    assert (page.status_code, list(page.context["form"].errors)) == (422, list(wrong))
    assert not Support.objects.exists()


def test_an_entry_is_taken_back_by_the_group_and_only_its_own(market: Market, north: Organisation) -> None:
    client = signed_in(market, "north")
    client.post(f"/workspace/{north.slug}/record/trainings/", {"on": "1/3/2568", "title": "GHP", "people": "4"})
    training = Training.objects.get()
    foreign = f"/workspace/{market.groups['isan'].slug}/record/training/{training.code}/remove/"
    assert signed_in(market, "isan").post(foreign).status_code == 404
    assert Training.objects.count() == 1
    assert client.post(f"/workspace/{north.slug}/record/training/{training.code}/remove/").status_code == 302
    assert not Training.objects.exists()
    acts = [entry.action for entry in history.history_of(north)[:2]]
    assert acts == ["market.training.removed", "market.training.noted"]


def test_a_closed_group_writes_nothing_more(market: Market, north: Organisation) -> None:
    close_group(group=north, by=None, reason="เลิก")
    client = signed_in(market, "north")
    assert client.post(f"/workspace/{north.slug}/record/support/", SUPPORT).status_code == 405
    assert client.get(f"/workspace/{north.slug}/record/edit/").status_code == 404
    assert not Support.objects.exists()


def test_readiness_follows_certificates_goods_and_record(market: Market, north: Organisation) -> None:
    def done() -> set[str]:
        group = Organisation.objects.get(pk=north.pk)
        return {
            need.key
            for need in readiness(group, GroupRecord.objects.filter(organisation=north).first())
            if need.is_done
        }

    assert done() == {"certificate", "weight"}
    Certificate.objects.filter(holder=north).update(scheme_id="GHP")
    Organisation.objects.filter(pk=north.pk).update(summary_en="We weave.", email="north@example.test")
    GroupRecord.objects.create(organisation=north, capacity_amount=10, capacity_unit="ใบ", packaging="ลัง 5 ชั้น")
    assert done() == {"certificate", "weight", "standard", "name", "email", "capacity", "packaging"}
    north.products.update(description_en="A basket for sticky rice.")
    assert len(done()) == 8
    Certificate.objects.filter(holder=north).update(state="revoked")
    assert not done() & {"certificate", "standard"}
