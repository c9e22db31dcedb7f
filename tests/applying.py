"""What a group writes in its application, for tests."""

from __future__ import annotations

from typing import Any

from django.test import Client

from vendors.models import GroupApplication, Organisation

NAME = "กลุ่มแม่บ้านเกษตรกรบ้านสันทราย"
AREA = "500101"
"""A sub-district of Chiang Mai, where the cooperative of the tests' northern group stands."""
TAX_ID = "1234567890121"
WHERE: dict[str, Any] = {
    "line1": "12 หมู่ 3 บ้านสันทราย",
    "area_code": AREA,
    "postcode": "50200",
    "contact_name": "บัวคำ ใจดี",
    "phone": "081 234 5678",
    "email": "",
    "line_id": "sansai",
}
WHAT: dict[str, Any] = {
    "main_goods": "กระติบ ตะกร้าหวาย",
    "categories": ["basketry"],
    "members_count": "๑๘",
    "founded_on": "15/06/2550",
    "capacity_amount": "200",
    "capacity_unit": "ใบ",
    "otop_id": "",
}
MONEY: dict[str, Any] = {
    "account_of": "parent",
    "bank": "034",
    "account_number": "0123-4567-8901",
    "account_name": "สหกรณ์กลุ่มจักสานบ้านดอย จำกัด",
    "tax_of": "parent",
    "is_vat_registered": "no",
    "tax_id": "",
    "terms": "on",
    "prices": "on",
    "quality": "on",
}


def steps(cooperative: Organisation, name: str = NAME) -> dict[str, dict[str, Any]]:
    """All four steps, filled in."""
    who = {"parent": cooperative.code, "name_th": name, "name_en": "Ban San Sai Housewives"}
    return {"who": who, "where": dict(WHERE), "what": dict(WHAT), "money": dict(MONEY)}


def begin(client: Client) -> GroupApplication:
    """Begins an application through its page."""
    answer = client.post("/workspace/apply/new/")
    assert answer.status_code == 302, answer.content.decode()
    application: GroupApplication = GroupApplication.objects.latest("pk")
    assert answer.headers["Location"] == f"/workspace/apply/{application.code}/who/"
    return application


def save(client: Client, application: GroupApplication, step: str, values: dict[str, Any]) -> Any:
    """Saves a step as a browser does: with the revision that the page showed."""
    path = f"/workspace/apply/{application.code}/{step}/"
    page = client.get(path)
    assert page.status_code == 200
    return client.post(path, {**values, "seen": page.context["form"]["seen"].value()})


def fill(client: Client, cooperative: Organisation, name: str = NAME) -> GroupApplication:
    """A whole application, not handed in yet."""
    application = begin(client)
    for step, values in steps(cooperative, name).items():
        answer = save(client, application, step, values)
        assert answer.status_code == 302, answer.content.decode()
    application.refresh_from_db()
    return application
