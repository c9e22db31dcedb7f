"""The style guide is for everybody in the demo, and for staff in a market that sells; its goods are whole cards."""

from __future__ import annotations

from django.test import Client

from media.models import Picture
from shop.common.access import ATTRIBUTE, EVERYBODY, Kind
from shop.theme.web.views import open_to


def kinds(demo: bool) -> frozenset[Kind]:
    def view() -> None:
        """Stands for the page."""

    entered: frozenset[Kind] = getattr(open_to(demo)(view), ATTRIBUTE).kinds
    return entered


def test_everybody_in_the_demo() -> None:
    assert kinds(demo=True) == EVERYBODY


def test_only_staff_in_a_market_that_sells() -> None:
    assert kinds(demo=False) == {Kind.OFFICER, Kind.EDITOR, Kind.ADMINISTRATOR}


def test_its_goods_show_pictures_and_one_has_none(client: Client, db: None) -> None:
    blur = "data:image/webp;base64,AA=="
    for number in range(3):
        Picture.objects.create(name=f"example-{number}", width=640, height=640, blur=blur)
    body = client.get("/styleguide/").content.decode()
    goods = body.split('id="goods"', 1)[1].split('id="gallery"', 1)[0]
    schemes = 2
    for number in range(3):
        assert goods.count(f'example-{number}-640.jpg"') == schemes
    assert goods.count(f'<img class="pv" src="{blur}"') == 3 * schemes
    assert goods.count('class="noph"') == schemes
