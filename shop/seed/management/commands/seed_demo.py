"""manage.py seed_demo: fills the demo market through the services; the same market every time."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from media.models import Picture
from search.following import follow_all
from search.services import count_words
from shop.common import outbox
from shop.seed import (
    accounts,
    edges,
    fairs,
    goods,
    hubs,
    joining,
    joint_books,
    judging,
    knowledge,
    lots,
    market,
    money,
    news,
    newsroom,
    orders,
    papers,
    sheets,
    shop_pages,
    stories,
    trainings,
)
from shop.seed.market import Demo
from shop.seed.reference import load_reference
from shop.seed.state import is_seeded
from vendors.models import CertificationScheme

GROUP_A, GROUP_B = ("สมุทรสงคราม", "food"), ("เชียงราย", "drink")


class Command(BaseCommand):
    help = "Fills the demo market (groups, goods, certificates, orders, accounts). Does nothing when it stands already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="show no progress")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This market is not a demo (DEMO=0); it is not filled with examples.")
        self.quiet = options["quiet"]
        if is_seeded():
            self.stdout.write("The demo market stands already.")
            return
        start = time.monotonic()
        self._say("pictures (drawn once, about a minute)")
        pictures = market.draw_pictures(self._drawn)
        with transaction.atomic():
            self._fill(pictures)
        self._say("what search finds")
        follow_all()
        count_words()
        outbox_count = outbox.work_off(limit=10_000)
        self.stdout.write(f"Demo market filled in {time.monotonic() - start:.0f} s ({outbox_count} letters and news).")

    def _fill(self, pictures: dict[str, Picture]) -> None:
        self._say("regions, provinces, standards, pages")
        load_reference()
        schemes = {row.pk: row for row in CertificationScheme.objects.all()}
        demo = Demo(dice=random.Random(2569), schemes=schemes, pictures=pictures)
        market.hang_pictures(demo)
        self._say("hubs")
        market.open_hubs()
        self._count("groups", market.make_groups(demo))
        self._measure()
        self._say("accounts")
        group_a, group_b = demo.groups[GROUP_A], demo.groups[GROUP_B]
        users = accounts.make_accounts(group_a, group_b)
        self._say("special cases")
        edges.make_edges(demo, users["officer.x@example.test"])
        sheets.send_sheets(users["officer.x@example.test"], group_a)
        joining.make_applications(group_a, users)
        self._count("goods", goods.make_goods(demo))
        self._measure()
        self._say("papers for the officers")
        papers.make_papers(demo, users, group_a, group_b)
        buyers = [users["buyer1@example.test"], users["buyer2@example.test"]]
        self._count("orders", orders.make_orders(buyers, group_a, group_b))
        self._count("purchases through hubs", hubs.make_hub_orders(buyers))
        self._say("what officers look at")
        money.make_money(buyers, group_a, users["admin@example.test"])
        keepers = users["admin@example.test"], users["money@example.test"]
        joint_books.make_books(buyers, [group_a, group_b], *keepers)
        judging.make_judgements(demo, group_a, users)
        lots.make_lots(users)
        sheets.send_goods_sheets(users["manager.a@example.test"], group_a)
        self._say("stories")
        stories.publish_stories(demo.pictures)
        newsroom.make_newsroom(users)
        self._say("fairs")
        fairs.make_fairs(demo, users, group_a, group_b)
        news.publish_items(demo.pictures)
        knowledge.publish_lessons(demo.pictures)
        self._say("shop pages")
        shop_pages.make_shop_pages(demo, users, group_a, group_b)
        self._say("trainings")
        trainings.make_trainings(demo, users, group_a, group_b)

    def _measure(self) -> None:
        """The tables grew within this transaction, where autovacuum does not look: plans for empty tables take minutes."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _say(self, what: str) -> None:
        if not self.quiet:
            self.stdout.write(f"  {what} ...")
            sys.stdout.flush()

    def _drawn(self, number: int, total: int) -> None:
        if not self.quiet and (number % 8 == 0 or number == total):
            self.stdout.write(f"  pictures: {number} of {total}", ending="\n" if number == total else "\r")
            sys.stdout.flush()

    def _count(self, what: str, things: Iterable[Any]) -> None:
        number = 0
        for number, _thing in enumerate(things, start=1):
            if not self.quiet and number % 10 == 0:
                self.stdout.write(f"  {what}: {number}\r", ending="")
                sys.stdout.flush()
        if not self.quiet:
            self.stdout.write(f"  {what}: {number}")
