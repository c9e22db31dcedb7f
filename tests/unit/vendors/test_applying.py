"""Applying: drafts beside the tree, steps that lose nothing, duplicates that are shown, and whose an application is."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from shop.common import clock
from tests.applying import MONEY, NAME, WHAT, WHERE, begin, fill, save, steps
from tests.market import Market, make_user
from vendors import checklist, errors
from vendors.likeness import bare, likeness
from vendors.models import Attestation, Grant, GroupApplication, GroupRecord, Organisation, Place
from vendors.services import applications, close_group, remove_member
from vendors.services.organisations import create_organisation

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def applicant(market: Market) -> Client:
    client = Client()
    client.force_login(make_user("buakham"), backend=BACKEND)
    return client


@pytest.fixture
def cooperative(market: Market) -> Organisation:
    return market.groups["north"].get_parent()  # type: ignore[no-any-return]


def hand_in(client: Client, application: GroupApplication) -> Any:
    return client.post(f"/workspace/apply/{application.code}/hand-in/")


def test_what_was_typed_goes_into_group_record_workshop_and_attestations(
    applicant: Client, cooperative: Organisation
) -> None:
    application = fill(applicant, cooperative)
    assert hand_in(applicant, application).status_code == 302
    group = Organisation.objects.get(name_th=NAME)
    assert (group.name_en, group.slug, group.phone, group.members_count) == (
        "Ban San Sai Housewives",
        "ban-san-sai-housewives",
        "0812345678",
        18,
    )
    assert group.founded_on is not None
    assert group.founded_on.isoformat() == "2007-06-15"
    record = GroupRecord.objects.get(organisation=group)
    assert (record.bank, record.account_number, record.is_vat_registered) == ("034", "012345678901", False)
    assert (record.capacity_amount, record.capacity_unit, record.categories) == (200, "ใบ", ["basketry"])
    workshop = Place.objects.get(organisation=group)
    assert (workshop.address_th, workshop.subdistrict_code, workshop.postcode, workshop.province_id) == (
        WHERE["line1"],
        WHERE["area_code"],
        "50200",
        "TH-50",
    )
    attested = {row.what: (row.by.email, row.wording) for row in Attestation.objects.filter(organisation=group)}
    assert attested == dict.fromkeys(("terms", "prices", "quality"), ("buakham@example.test", checklist.RULES_OF))


def test_a_step_with_a_mistake_comes_back_as_it_was_typed(applicant: Client, cooperative: Organisation) -> None:
    application = begin(applicant)
    typed = {**MONEY, "bank": "", "account_number": "12-34", "tax_of": "own", "tax_id": "1234567890123"}
    answer = save(applicant, application, "money", typed)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == {"bank", "account_number", "tax_id"}
    assert (form["account_number"].value(), form["tax_id"].value()) == ("12-34", "1234567890123")
    application.refresh_from_db()
    assert (application.account_number, application.revisions) == ("", {})
    assert not application.attestations.exists()


def test_saved_for_later_a_step_may_have_gaps_but_what_is_there_must_be_right(
    applicant: Client, cooperative: Organisation
) -> None:
    application = begin(applicant)
    answer = save(applicant, application, "where", {"line1": "12 หมู่ 3", "later": "1"})
    assert answer.headers["Location"] == "/workspace/apply/"
    application.refresh_from_db()
    assert application.line1 == "12 หมู่ 3"
    wrong = save(applicant, application, "where", {"line1": "13", "phone": "123", "later": "1"})
    assert wrong.status_code == 422
    application.refresh_from_db()
    assert application.line1 == "12 หมู่ 3"


def test_two_tabs_notice_each_other_and_nothing_is_lost(applicant: Client, cooperative: Organisation) -> None:
    application = begin(applicant)
    path = f"/workspace/apply/{application.code}/what/"
    one = {**WHAT, "seen": applicant.get(path).context["form"]["seen"].value()}
    other = {**one, "main_goods": "เสื่อกก"}
    assert applicant.post(path, one).status_code == 302
    late = applicant.post(path, other)
    assert late.status_code == 422
    assert [words for _label, words in late.context["other"]] == ["กระติบ ตะกร้าหวาย"]
    assert late.context["form"]["main_goods"].value() == "เสื่อกก"
    application.refresh_from_db()
    assert application.main_goods == "กระติบ ตะกร้าหวาย"
    again = applicant.post(path, {**other, "seen": late.context["form"]["seen"].value()})
    assert again.status_code == 302
    application.refresh_from_db()
    assert application.main_goods == "เสื่อกก"


def test_the_same_form_sent_twice_is_no_conflict(applicant: Client, cooperative: Organisation) -> None:
    application = begin(applicant)
    path = f"/workspace/apply/{application.code}/what/"
    for _time in range(2):
        assert applicant.post(path, {**WHAT, "seen": "0"}).status_code == 302
    application.refresh_from_db()
    assert application.revisions == {"what": 1}


def test_the_register_is_searched_without_a_script_and_what_was_typed_stays(
    applicant: Client, cooperative: Organisation
) -> None:
    application = begin(applicant)
    path = f"/workspace/apply/{application.code}/who/"
    asked = {"pick": "coops", "province": "TH-50", "coop_query": "จักสาน", "name_th": NAME, "seen": "0"}
    page = applicant.post(path, asked)
    assert page.status_code == 200
    assert [row.pk for row in page.context["found"]] == [cooperative.pk]
    assert page.context["form"]["name_th"].value() == NAME
    none = applicant.get("/workspace/apply/cooperatives/?province=TH-40&coop_query=จักสาน")
    assert none.context["found"] == []
    application.refresh_from_db()
    assert (application.name_th, application.parent) == ("", None)


def test_an_unfinished_application_is_not_handed_in(applicant: Client, cooperative: Organisation) -> None:
    application = begin(applicant)
    save(applicant, application, "who", steps(cooperative)["who"])
    before = Organisation.objects.count()
    answer = hand_in(applicant, application)
    assert answer.status_code == 302
    assert Organisation.objects.count() == before
    page = applicant.get(f"/workspace/apply/{application.code}/check/")
    missing = {point.key for point in page.context["points"] if not point.is_done}
    assert missing == {
        *("address", "contact", "goods", "members", "account", "tax"),
        *("terms", "prices", "quality", "identity", "site"),
    } - ({"contact"} if application.contact_name and application.phone else set())


def test_handed_in_twice_there_is_one_group(applicant: Client, cooperative: Organisation) -> None:
    application = fill(applicant, cooperative)
    for _time in range(2):
        assert hand_in(applicant, application).status_code == 302
    assert Organisation.objects.filter(name_th=NAME).count() == 1


def test_while_an_officer_has_it_nothing_is_changed(applicant: Client, cooperative: Organisation) -> None:
    application = fill(applicant, cooperative)
    hand_in(applicant, application)
    path = f"/workspace/apply/{application.code}/what/"
    assert applicant.get(path).headers["Location"] == f"/workspace/apply/{application.code}/check/"
    applicant.post(path, {**WHAT, "main_goods": "อื่น", "seen": "1"})
    application.refresh_from_db()
    assert application.main_goods == WHAT["main_goods"]
    with pytest.raises(errors.WrongState):
        applications.save_step(
            application=application, step="what", values={"main_goods": "อื่น"}, seen=1, accepted={}, by=None
        )
    with pytest.raises(errors.WrongState):
        applications.delete_draft(application=application)


@pytest.mark.parametrize("name", [NAME, "แม่บ้านเกษตรกร บ้านสันทราย", "กลุ่มแม่บ้านเกษตรกรบานสันทราย"])
def test_the_same_name_in_the_same_cooperative_is_shown_and_not_created(
    applicant: Client, cooperative: Organisation, name: str
) -> None:
    known = create_organisation(
        kind=Organisation.Kind.GROUP, parent=cooperative, name_th="กลุ่มแม่บ้านเกษตรกรบ้านสันทราย", phone="0899999999"
    )
    Organisation.objects.filter(pk=cooperative.pk).update(phone="053123456")
    application = begin(applicant)
    page = save(applicant, application, "who", {**steps(cooperative, name)["who"], "is_surely_new": "on"})
    assert page.status_code == 422
    assert [row.group.pk for row in page.context["known"]] == [known.pk]
    words = page.content.decode()
    assert known.name_th in words
    assert "053-123-456" in words or "053 123 456" in words
    assert "0899999999" not in words, "an unapproved group's own number is nobody else's"
    application.refresh_from_db()
    assert application.name_th == ""


def test_a_like_name_is_asked_about_and_the_officer_sees_it(
    applicant: Client, cooperative: Organisation, market: Market
) -> None:
    known = create_organisation(kind=Organisation.Kind.GROUP, parent=cooperative, name_th="กลุ่มแม่บ้านเกษตรกรบ้านสันทรายงาม")
    application = begin(applicant)
    who = steps(cooperative)["who"]
    asked = save(applicant, application, "who", who)
    assert (asked.status_code, [row.is_same for row in asked.context["known"]]) == (422, [False])
    blind = save(applicant, application, "who", {**who, "is_surely_new": "on"})
    assert (blind.status_code, blind.context["form"]["is_surely_new"].value()) == (422, False)
    surely = {**who, "is_surely_new": "on", "about": asked.context["about"]}
    assert 'name="about"' in asked.content.decode()
    assert save(applicant, application, "who", surely).status_code == 302
    assert save(applicant, application, "who", who).status_code == 302, "asked once for the same name"
    other = save(applicant, application, "who", {**surely, "name_th": f"{NAME}ใหม่"})
    assert (other.status_code, [row.group.pk for row in other.context["known"]]) == (422, [known.pk])
    assert other.context["form"]["is_surely_new"].value() is False, "the tick was for another name"
    for step in ("where", "what", "money"):
        save(applicant, application, step, steps(cooperative)[step])
    assert hand_in(applicant, application).status_code == 302
    group = Organisation.objects.get(name_th=NAME)
    officer = Client()
    officer.force_login(market.people["officer"], backend=BACKEND)
    page = officer.get(f"/office/groups/{group.slug}/")
    assert [row.group.pk for row in page.context["candidates"]] == [known.pk]


def test_a_group_with_the_same_tax_number_is_shown_wherever_it_is(
    applicant: Client, cooperative: Organisation, market: Market
) -> None:
    number = "0994000158378"
    Organisation.objects.filter(pk=market.groups["south"].pk).update(tax_id=number)
    application = begin(applicant)
    typed = {**MONEY, "tax_of": "own", "tax_id": "0-9940-00158-37-8"}
    page = save(applicant, application, "money", typed)
    assert page.status_code == 422
    assert [(row.group.pk, row.by_tax_id) for row in page.context["known"]] == [(market.groups["south"].pk, True)]


def test_a_closed_group_may_begin_anew(applicant: Client, cooperative: Organisation) -> None:
    old = create_organisation(kind=Organisation.Kind.GROUP, parent=cooperative, name_th=NAME)
    close_group(group=old, by=None, reason="เลิก")
    application = begin(applicant)
    who = steps(cooperative)["who"]
    asked = save(applicant, application, "who", who)
    assert [row.is_same for row in asked.context["known"]] == [False]
    who |= {"is_surely_new": "on", "about": asked.context["about"]}
    assert save(applicant, application, "who", who).status_code == 302


def test_names_are_compared_as_thai_readers_do() -> None:
    assert bare("กลุ่มแม่บ้าน เกษตรกร บ้านโนน") == bare("แม่บ้านเกษตรกรบ้านโนน")
    assert likeness("กลุ่มทอผ้าบ้านโนน หมู่ 3", "กลุ่มทอผ้าบ้านโนน หมู่ ๓") == 1.0
    assert likeness("กลุ่มทอผ้าบ้านโนน หมู่ 3", "กลุ่มทอผ้าบ้านโนน หมู่ 4") == 0.0
    assert likeness("กลุ่มน้ำพริกบ้านโนน", "กลุ่มทอผ้าไหมบ้านเหล่า") < 0.5
    assert likeness("", "กลุ่ม") == 0.0


def test_a_cooperative_applies_for_a_group_that_has_nobody_online(market: Market, cooperative: Organisation) -> None:
    client = Client()
    client.force_login(market.people["cooperative"], backend=BACKEND)
    client.post("/workspace/apply/new/", {"cooperative": cooperative.slug})
    application = GroupApplication.objects.latest("pk")
    assert (application.for_cooperative, application.parent_id) == (True, cooperative.pk)
    for step, values in steps(cooperative).items():
        assert save(client, application, step, values).status_code == 302
    assert hand_in(client, application).status_code == 302
    group = Organisation.objects.get(name_th=NAME)
    assert list(group.memberships.values_list("user__email", "role")) == [("cooperative@example.test", "manager")]
    assert Grant.objects.filter(giver=group, taker=cooperative, revoked_at=None).count() == 1


def test_nobody_applies_for_a_cooperative_of_others(market: Market, applicant: Client) -> None:
    other = market.groups["isan"].get_parent()
    for slug in (other.slug, market.groups["north"].slug):
        assert applicant.post("/workspace/apply/new/", {"cooperative": slug}).status_code == 404
    assert not GroupApplication.objects.exists()


def test_who_left_the_group_opens_its_application_no_more(applicant: Client, cooperative: Organisation) -> None:
    application = fill(applicant, cooperative)
    hand_in(applicant, application)
    group = Organisation.objects.get(name_th=NAME)
    other = make_user("second")
    from vendors.services import add_member

    add_member(organisation=group, user=other, role="manager")
    remove_member(membership=group.memberships.get(user__email="buakham@example.test"))
    assert applicant.get(f"/workspace/apply/{application.code}/check/").status_code == 404


def test_drafts_are_few(applicant: Client, market: Market) -> None:
    for _number in range(applications.MOST_DRAFTS):
        begin(applicant)
    assert applicant.post("/workspace/apply/new/").headers["Location"] == "/workspace/apply/"
    assert GroupApplication.objects.count() == applications.MOST_DRAFTS


def test_a_date_in_the_future_or_of_another_era_is_noticed(applicant: Client, cooperative: Organisation) -> None:
    application = begin(applicant)
    year = clock.today().year + 543
    for typed in (f"01/01/{year + 1}", "01/01/2026543", "31/02/2550", "15/06/1850"):
        page = save(applicant, application, "what", {**WHAT, "founded_on": typed})
        assert (page.status_code, list(page.context["form"].errors)) == (422, ["founded_on"]), typed
