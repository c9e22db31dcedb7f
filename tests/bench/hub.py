"""The table of a busy hub, made in a run's copy: as many open vendor orders as the market has orders.

`python -m tests.bench.hub <number>` works on the database of its environment and prints the session of somebody who works
there and the addresses of the hub's pages, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass

from tests.bench import data

PAGES = {
    "hub": "",
    "hub_arrivals": "transfers/",
    "hub_purchases": "purchases/",
    "hub_shelf": "parcels/?which=shelf",
    "hub_counter": "counter/",
    "hub_box": "box",
    "hub_parcel": "parcel",
}
"""What is measured, by the names of `tests.busy_hub.paths_of`."""


@dataclass(frozen=True)
class Desk:
    """A session and the addresses of the pages by their key."""

    session: str
    paths: dict[str, str]


def open_desk(size: data.Size) -> Desk:
    """Fills the hub of a run's copy."""
    told = json.loads(data.run_in_copy(size, "tests.bench.hub", str(size.orders), failed="the hub could not be filled"))
    return Desk(told["session"], {key: told["paths"][name] for key, name in PAGES.items()})


def _fill(number: int) -> dict[str, object]:
    """Two hubs, a packer, and the orders."""
    from django.db import connection, transaction

    from shop.order.models import VendorOrder
    from tests.busy_hub import fill_hub, paths_of
    from tests.market import make_user, signed_in
    from vendors.models import Membership, Organisation, Place
    from vendors.services import add_member, open_place

    words = {"kind": Place.Kind.HUB, "has_cold_store": True, "has_pickup_counter": True}
    networks = [
        Organisation.objects.get(kind=Organisation.Kind.PROVINCIAL, province_id=province)
        for province in ("TH-10", "TH-50")
    ]
    hub, first = (open_place(organisation=network, name_th="จุดกระจายสินค้า", **words) for network in networks)
    packer = make_user("bench-packer")
    add_member(organisation=hub.organisation, user=packer, role=Membership.Role.PACKER)
    part = VendorOrder.objects.filter(state=VendorOrder.State.DELIVERED).order_by("pk")[0]
    with transaction.atomic():
        fill_hub(part=part, hub=hub, first=first, number=number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"session": signed_in(packer).cookies["sessionid"].value, "paths": paths_of(hub)}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import django

    django.setup()
    print(json.dumps(_fill(int(sys.argv[1]))))
