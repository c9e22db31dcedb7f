"""A newsroom for tests: the department, the offices of two provinces, their editors and stories."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from cms.models import NewsIndexPage, NewsPage, ProvinceSection
from cms.services import ensure_site
from shop.common import clock
from tests.market import make_user, signed_in
from vendors.models import Membership, Organisation
from vendors.services import add_member

NORTH, ISAN = "TH-50", "TH-40"
SECRET = "เรื่องลับของเชียงใหม่"


@dataclass
class Newsroom:
    """The people, and a browser for each."""

    people: dict[str, Any] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def join(self, name: str, province: str | None) -> None:
        """An editor of an office; None is the department."""
        office = Organisation.objects.get(kind=Organisation.Kind.OFFICE, province=province)
        self.people[name] = make_user(f"{name}.writer")
        add_member(organisation=office, user=self.people[name], role=Membership.Role.EDITOR)
        self.clients[name] = signed_in(self.people[name])


def open_newsroom() -> Newsroom:
    """Somebody in the department, somebody in Chiang Mai, somebody in Khon Kaen."""
    ensure_site()
    room = Newsroom()
    room.join("publisher", None)
    room.join("north", NORTH)
    room.join("isan", ISAN)
    return room


def section(province: str, language: str = "th") -> ProvinceSection:
    """A province's section of the news."""
    index = NewsIndexPage.objects.get(locale__language_code=language)
    return ProvinceSection.objects.child_of(index).get(province_id=province)


def draft(
    room: Newsroom, writer: str, province: str, *, title: str = "งานผ้า", slug: str = "cloth", **more: Any
) -> NewsPage:
    """A story that its writer has begun."""
    values = {"summary": "สั้น ๆ", "published_on": clock.today(), **more}
    page = NewsPage(title=title, slug=slug, live=False, owner=room.people[writer], **values)
    section(province).add_child(instance=page)
    page.save_revision(user=room.people[writer], clean=False)
    return NewsPage.objects.get(pk=page.pk)
