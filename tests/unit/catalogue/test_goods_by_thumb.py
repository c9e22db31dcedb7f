"""From the list by thumb: a copy, stopping, putting back; and the English names of raw materials."""

from __future__ import annotations

import pytest

from catalogue.models import PendingEdit, Product
from catalogue.services import set_raw_materials
from tests.market import Market, make_user, signed_in
from tests.unit.catalogue.test_parts_of_a_product import LIST, fresh, path, seen
from vendors.services import add_member

pytestmark = pytest.mark.django_db


def test_a_product_is_copied_stopped_and_put_back_from_the_list(market: Market) -> None:
    client, kratip = signed_in(market.people["north"]), market.products["kratip"]
    page = client.get(LIST).content.decode()
    assert f'action="{path(kratip, "act")}"' in page
    stopped = client.post(path(kratip, "act"), {"act": "withdraw", "back": "list"}, follow=True)
    assert stopped.redirect_chain[-1][0] == LIST
    assert kratip.title in stopped.content.decode().split("toasts")[1][:400]
    assert not fresh(kratip).is_public
    drafts = client.get(f"{LIST}?show=draft").content.decode()
    assert kratip.title in drafts
    client.post(path(kratip, "act"), {"act": "publish", "back": "list"})
    assert fresh(kratip).is_public
    before = Product.objects.count()
    copied = client.post(path(kratip, "act"), {"act": "copy", "back": "list"})
    copy = Product.objects.latest("pk")
    assert (Product.objects.count(), copied.url) == (before + 1, f"{LIST}{copy.pk}/")
    assert not copy.is_public


def test_who_only_packs_sees_no_such_buttons(market: Market) -> None:
    packer = make_user("hands")
    add_member(organisation=market.groups["north"], user=packer, role="packer")
    page = signed_in(packer).get(LIST)
    assert page.status_code == 200
    assert "sk-more" not in page.content.decode()
    kratip = market.products["kratip"]
    assert signed_in(packer).post(path(kratip, "act"), {"act": "withdraw", "back": "list"}).status_code == 404
    assert fresh(kratip).is_public


def test_raw_materials_have_an_english_name(market: Market) -> None:
    client, kratip = signed_in(market.people["north"]), market.products["kratip"]
    set_raw_materials(product=kratip, materials=[{"name_th": "ไม้ไผ่", "name_en": "Bamboo"}])
    address = path(kratip, "part/origin")
    page = client.get(address).content.decode()
    assert 'value="Bamboo"' in page
    form = {
        "province": kratip.province_id,
        "seen": seen(client, address),
        "name_0": "ไม้ไผ่ป่า",
        "english_0": "Wild bamboo",
        "origin_0": "own",
        "name_1": "หวาย",
        "english_1": "",
        "origin_1": "bought",
    }
    answer = client.post(address, form)
    assert answer.status_code == 302, answer.context["form"].errors
    edit = PendingEdit.objects.get(product=kratip)
    assert [(row["name_th"], row["name_en"]) for row in edit.changes["raw_materials"]] == [
        ("ไม้ไผ่ป่า", "Wild bamboo"),
        ("หวาย", ""),
    ]
    assert [row.name_en for row in fresh(kratip).raw_materials.all()] == ["Bamboo"], "buyers see what they saw"
    shown = client.get(f"{LIST}{kratip.pk}/").content.decode()
    assert "ไม้ไผ่ป่า / Wild bamboo" in shown
