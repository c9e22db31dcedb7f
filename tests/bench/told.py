"""Stories of the market for the benchmark, made in a run's copy: one with goods and a group in it, and more for the index.

`python -m tests.bench.told` works on the database of its environment.
"""

from __future__ import annotations

import os

from tests.bench import data

STORY, STORIES = "/news/bench-story/", "/news/"
_MORE, _GOODS = 30, 6
_WORDS = "<p>กลุ่มอาชีพในเครือข่ายนำของที่ผ่านการรับรองมาวางขายในที่เดียวกัน ผู้ซื้อรู้ก่อนจ่ายว่าใครทำ ทำที่ไหน และใครรับรอง</p>"


def tell(size: data.Size) -> None:
    """Publishes them."""
    data.run_in_copy(size, "tests.bench.told", failed="no stories could be told")


def _tell() -> None:
    from catalogue.selectors import on_sale
    from cms.services import publish_news
    from shop.common import clock

    goods = list(on_sale().select_related("group").order_by("pk")[:_GOODS])
    words = [("text", _WORDS * 3)] * 2
    body = [*words, ("goods", goods), ("quote", "ของดีต้องตรวจได้"), ("groups", [goods[0].group]), *words]
    facts = {"summary": "ของที่ผ่านการรับรองจากหลายกลุ่มในตะกร้าเดียว", "published_on": clock.today()}
    for number in range(_MORE):
        publish_news(title=f"ข่าวที่ {number}", slug=f"bench-{number}", body=words, **facts)
    publish_news(title="ข่าวกับสินค้าในตลาด", slug="bench-story", body=body, **facts)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import django

    django.setup()
    _tell()
