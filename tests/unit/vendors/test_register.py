"""The public register through its pages: found by every way that stands on a label, and nothing private on it."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from catalogue.services import link_certificate
from media.models import PrivateFile
from shop.common import clock, codes
from tests.market import Market, make_product
from vendors.models import Certificate, CertificationScheme, Membership, Organisation
from vendors.services import add_member, revoke_certificate, submit_certificate, verify_certificate

pytestmark = pytest.mark.django_db


def certify(
    market: Market, group: str, scheme: str, number: str, *, issued: int = 10, left: int | None = 100
) -> Certificate:
    """A verified certificate of named goods."""
    today = clock.today()
    made = submit_certificate(
        holder=market.groups[group],
        scheme=CertificationScheme.objects.get(pk=scheme),
        number=number,
        issued_on=today - dt.timedelta(days=issued),
        expires_on=None if left is None else today + dt.timedelta(days=left),
    )
    return verify_certificate(certificate=made, by=None)


def found(client: Client, query: str) -> list[str]:
    """Codes of the certificates that a search lists, in order."""
    answer = client.get(f"/certificates/?{query}")
    assert answer.status_code == 200
    return re.findall(r'<div class="what"><a href="/certificates/([0-9A-Z]+)/">', answer.content.decode())


@pytest.fixture
def fda(market: Market) -> Certificate:
    """An FDA number that covers the southern bag by name."""
    made = certify(market, "south", "FDA_FOOD", "93-2-00456-6-0001", left=None)
    link_certificate(product=market.products["bag"], certificate=made)
    return made


@pytest.mark.parametrize(
    "typed",
    [
        "93-2-00456-6-0001",
        "9320045660001",
        "93 2 00456 6 0001",
        "๙๓-๒-๐๐๔๕๖-๖-๐๐๐๑",
        "๙๓ ๒ ๐๐๔๕๖",
        "00456-6",
        "กระเป๋ากระจูด",
        "กระจูด",
        "bag basket",
    ],
)
def test_a_number_or_a_good_finds_its_certificate(client: Client, market: Market, fda: Certificate, typed: str) -> None:
    whole_group = market.certificates["south"]
    expected = {fda.code} if typed[0] not in "กb" else {fda.code, whole_group.code}
    assert set(found(client, f"q={typed}")) == expected


def test_scheme_group_province_and_state_narrow_the_list(client: Client, market: Market, fda: Certificate) -> None:
    north, isan, south = (market.certificates[key] for key in ("north", "isan", "south"))
    expired = certify(market, "north", "TCPS", "มผช. 700/2560", issued=900, left=-1)
    future = certify(market, "north", "TCPS", "มผช. 701/2570", issued=-5, left=300)
    revoke_certificate(certificate=isan, by=None, reason="ปลอม โทร 0891234567")
    assert set(found(client, "q=กลุ่มจักสานบ้านดอย")) == {north.code, expired.code, future.code}
    assert set(found(client, "scheme=FDA_FOOD")) == {fda.code}
    assert set(found(client, "province=phatthalung")) == {fda.code, south.code}
    assert set(found(client, "q=พัทลุง")) == {fda.code, south.code}
    assert set(found(client, "state=expired")) == {expired.code}
    assert set(found(client, "state=revoked")) == {isan.code}
    assert set(found(client, "state=not_yet")) == {future.code}
    assert set(found(client, "state=in_force&scheme=TCPS")) == {north.code, south.code}
    assert found(client, "state=nonsense") == []
    assert found(client, "q=ไม่มีใครชื่อนี้") == []
    assert set(found(client, "q=มผช. 700/2560")) == {expired.code}


def test_drafts_submitted_and_sent_back_are_nowhere(client: Client, market: Market) -> None:
    hidden = submit_certificate(
        holder=market.groups["north"],
        scheme=CertificationScheme.objects.get(pk="TCPS"),
        number="มผช. 888/2563",
        issued_on=clock.today(),
        expires_on=None,
    )
    assert hidden.code not in found(client, "q=888")
    for path in ("", "qr.svg", "labels/"):
        answer = client.get(f"/certificates/{hidden.code}/{path}")
        assert answer.status_code == 404
        assert "888/2563" not in answer.content.decode()


def test_a_code_opens_its_page_however_it_is_typed(client: Client, market: Market) -> None:
    code = market.certificates["north"].code
    typed = codes.grouped(code, 3).lower()
    assert client.get(f"/certificates/?q={typed}").url == f"/certificates/{code}/"
    assert client.get(f"/certificates/{typed}/").url == f"/certificates/{code}/"
    assert client.get(f"/certificates/{code}/").status_code == 200


def test_a_mistyped_code_says_so_and_offers_what_was_meant(client: Client, market: Market) -> None:
    certificate = market.certificates["north"]
    code = certificate.code
    other = next(char for char in codes.ALPHABET if char != code[4])
    wrong = code[:4] + other + code[5:]
    answer = client.get(f"/certificates/{wrong}/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "รหัสนี้พิมพ์ผิด" in page
    assert f'href="/certificates/{code}/"' in page
    assert f'href="/certificates/{code}/"' in client.get(f"/certificates/?q={wrong}").content.decode()
    unknown = codes.new_code()
    answer = client.get(f"/certificates/{unknown}/")
    assert answer.status_code == 404
    assert "ไม่มีรหัสนี้ในทะเบียน" in answer.content.decode()
    assert "There is a slip in this code" in client.get(f"/en/certificates/{wrong}/").content.decode()


def test_near_codes_are_valid_and_one_slip_away() -> None:
    code = codes.new_code()
    for wrong in (code[1] + code[0] + code[2:], code[:-1] + ("0" if code[-1] != "0" else "1")):
        if wrong != code:
            assert code in codes.near(wrong)
            assert all(codes.is_valid(entry) for entry in codes.near(wrong))
    assert codes.near("ทดสอบ") == []
    assert codes.near("") == []


def test_the_page_tells_state_history_and_goods(client: Client, market: Market, fda: Certificate) -> None:
    page = client.get(f"/certificates/{fda.code}/")
    assert page.context["in_force"] is True
    assert [card["pk"] for card in page.context["goods"]] == [market.products["bag"].pk]
    assert [event.state for event in page.context["events"]] == ["submitted", "verified"]
    assert codes.grouped(fda.code, 3) in page.content.decode()
    assert '<svg aria-hidden="true"' in page.content.decode()
    Product.objects.filter(pk=market.products["bag"].pk).update(sellable_until=clock.now())
    gone = client.get(f"/en/certificates/{fda.code}/")
    assert gone.context["goods"] == []
    assert gone.context["others"] == ["bag basket"]


def test_an_ended_certificate_says_so_and_prints_no_labels(client: Client, market: Market) -> None:
    code = market.certificates["north"].code
    assert client.get(f"/certificates/{code}/labels/").status_code == 200
    cache.clear()
    after = clock.start_of_day(clock.today() + dt.timedelta(days=301))
    with clock.moved_to(after):
        page = client.get(f"/en/certificates/{code}/")
        assert page.context["standing"].value == "expired"
        assert "does not count any more" in page.content.decode()
        answer = client.get(f"/certificates/{code}/labels/")
        assert answer.status_code == 302
        assert answer.url == f"/certificates/{code}/"


def test_labels_and_qr_file(client: Client, market: Market) -> None:
    certificate = market.certificates["north"]
    page = client.get(f"/certificates/{certificate.code}/labels/").content.decode()
    assert page.count(codes.grouped(certificate.code, 3)) >= 24
    assert page.count('class="qr"') == 24
    assert client.get(f"/certificates/{certificate.code}/labels/?sheet=8").content.decode().count('class="qr"') == 8
    file = client.get(f"/certificates/{certificate.code}/qr.svg")
    assert file["Content-Type"] == "image/svg+xml"
    assert file.content.startswith(b"<?xml")
    assert b'xmlns="http://www.w3.org/2000/svg"' in file.content


def graph(answer: Any) -> list[dict[str, Any]]:
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', answer.content.decode(), re.DOTALL)
    assert text
    return list(json.loads(text[1])["@graph"])


def test_machines_read_certificates_on_both_pages(client: Client, market: Market) -> None:
    certificate, product = market.certificates["south"], market.products["bag"]
    own = next(
        one for one in graph(client.get(f"/certificates/{certificate.code}/")) if one["@type"] == "Certification"
    )
    address = own["url"]
    assert address.endswith(f"/certificates/{certificate.code}/")
    assert own["certificationStatus"] == "https://schema.org/CertificationActive"
    assert own["certificationIdentification"] == certificate.number
    assert own["validFrom"] == certificate.issued_on.isoformat()
    assert own["expires"] == certificate.expires_on.isoformat()  # type: ignore[union-attr]
    goods = graph(client.get(reverse("catalogue:detail", args=[product.slug, product.pk])))
    certifications = next(one for one in goods if one["@type"] == "Product")["hasCertification"]
    assert [one["@id"] for one in certifications] == [own["@id"]]
    assert certifications[0]["issuedBy"] == own["issuedBy"]
    revoke_certificate(certificate=certificate, by=None, reason="ปลอม")
    cache.clear()
    own = next(
        one for one in graph(client.get(f"/certificates/{certificate.code}/")) if one["@type"] == "Certification"
    )
    assert own["certificationStatus"] == "https://schema.org/CertificationInactive"
    answer = client.get(reverse("catalogue:detail", args=[product.slug, product.pk]))
    assert all("hasCertification" not in one for one in graph(answer))


def test_nothing_private_is_shown(client: Client, market: Market, fda: Certificate) -> None:
    Organisation.objects.filter(pk=market.groups["south"].pk).update(
        phone="0898765432", email="secret@example.test", contact_name="นางลับ มากมาย", line_id="@secretline"
    )
    file = PrivateFile.objects.create(
        stored_name="evidence-secret-scan-1.pdf",
        shown_name="evidence-secret-scan.pdf",
        content_type="application/pdf",
        size=10,
        sha256="0" * 64,
    )
    Certificate.objects.filter(pk=fda.pk).update(evidence=file)
    get_user_model().objects.filter(pk=market.people["officer"].pk).update(display_name="สมหมาย ตรวจการ")
    office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province_id="TH-93")
    add_member(organisation=office, user=market.people["officer"], role=Membership.Role.OFFICER)
    revoke_certificate(certificate=fda, by=market.people["officer"], reason="ผู้ถือชื่อ นางลับ โทร 0898765432")
    secrets = (
        *("0898765432", "089 876 5432", "secret@example.test", "นางลับ", "secretline", "evidence-secret-scan"),
        *("officer@example.test", "สมหมาย ตรวจการ"),
    )
    for path in (
        f"/certificates/{fda.code}/",
        f"/en/certificates/{fda.code}/",
        f"/certificates/?q={fda.number}",
        f"/certificates/{fda.code}/qr.svg",
    ):
        text = client.get(path).content.decode()
        assert [word for word in secrets if word in text] == [], path


def test_the_list_is_paged_and_counts(client: Client, market: Market) -> None:
    for number in range(30):
        certify(market, "north", "TCPS", f"มผช. {2000 + number}/2563")
    first = client.get("/certificates/?scheme=TCPS")
    assert first.context["page"].paginator.count == 33
    assert len(found(client, "scheme=TCPS")) == 24
    assert len(found(client, "scheme=TCPS&page=2")) == 9
    make_product(market, "g1", "north", title="กระด้ง")
    assert "กลุ่มจักสานบ้านดอย" in first.content.decode()
