"""Editors of the department and of provinces: whose pages they see and change, how a story comes to its readers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, TaskState, WorkflowState

from cms.models import NewsIndexPage, NewsPage, ProvinceSection
from cms.services import ensure_site
from cms.services.editors import ensure_editing
from shop.common import outbox
from tests.newsroom import ISAN, NORTH, SECRET, Newsroom, draft, open_newsroom, section
from vendors.models import Membership
from vendors.services import remove_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db: None) -> Newsroom:
    return open_newsroom()


def test_again_changes_nothing(room: Newsroom) -> None:
    def everything() -> list[Any]:
        pages = list(Page.objects.order_by("pk").values_list("pk", "path", "url_path"))
        rights = list(GroupPagePermission.objects.order_by("pk").values_list("group__name", "page_id", "permission_id"))
        return [pages, rights]

    before = everything()
    ensure_editing()
    ensure_site()
    assert everything() == before


def test_a_section_adds_nothing_to_the_address(room: Newsroom) -> None:
    page = draft(room, "north", NORTH)
    assert page.province_id == NORTH, "it is a story of that province, whatever was typed"
    assert page.url_path == "/home/news/cloth/"
    assert Client().get("/news/cloth/").status_code == 404
    page.get_latest_revision().publish()
    assert page.title in Client().get("/news/cloth/").content.decode()
    assert NewsPage.objects.get(pk=page.pk).url == "/news/cloth/"
    for slug in ("office-th-50", "office-th-50/cloth"):
        assert Client().get(f"/news/{slug}/").status_code == 404


def test_an_address_is_taken_for_the_whole_index(room: Newsroom) -> None:
    draft(room, "north", NORTH)
    with pytest.raises(ValidationError):
        draft(room, "isan", ISAN)
    index = NewsIndexPage.objects.get(locale__language_code="th")
    with pytest.raises(ValidationError):
        index.add_child(instance=NewsPage(title="x", slug="cloth", summary="x", published_on="2026-01-01"))


def test_both_languages_have_the_section_and_they_are_translations(room: Newsroom) -> None:
    thai, english = section(NORTH), section(NORTH, "en")
    assert thai.translation_key == english.translation_key
    assert not ProvinceSection.objects.filter(live=True).exists()


def test_somebody_who_is_no_editor_any_more_comes_in_no_more(room: Newsroom) -> None:
    person = room.people["north"]
    assert room.clients["north"].get("/cms/").status_code == 200
    remove_member(membership=Membership.objects.get(user=person))
    assert room.clients["north"].get("/cms/").status_code == 404
    assert not person.groups.exists()


def act(client: Client, page: NewsPage, **data: Any) -> Any:
    """The editor's page, sent as its browser sends it."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = client.get(address).content.decode()
    return client.post(address, {**fields(html), **data})


def fields(html: str) -> dict[str, str]:
    """The fields of the big form with their values."""
    found = {"body-count": "0"}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag:
            found[name[1]] = value[1] if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.S):
        found[name] = text.strip()
    return found


def test_from_the_office_to_the_readers(room: Newsroom) -> None:
    page = draft(room, "north", NORTH)
    answer = act(room.clients["north"], page, **{"action-publish": "1"})
    assert not NewsPage.objects.get(pk=page.pk).live, "an office does not publish by itself"
    answer = act(room.clients["north"], page, **{"action-submit": "1"})
    assert answer.status_code == 302
    state = WorkflowState.objects.get()
    assert mail.outbox == [], "no letter within the request"
    outbox.work_off()
    assert [letter.to for letter in mail.outbox] == [["publisher.writer@example.test"]]
    assert "มีเรื่องรอตรวจ: งานผ้า" in mail.outbox[0].subject
    task = state.current_task_state
    other = room.clients["isan"].post(decision(page, "approve", task))
    assert other.status_code == 404
    assert room.clients["north"].post(decision(page, "approve", task)).status_code in (302, 403)
    assert not NewsPage.objects.get(pk=page.pk).live
    room.clients["publisher"].post(decision(page, "reject", task), {"comment": "ขอรูปด้วย"})
    outbox.work_off()
    assert mail.outbox[-1].to == ["north.writer@example.test"]
    assert "ขอรูปด้วย" in mail.outbox[-1].body
    act(room.clients["north"], page, **{"action-submit": "1"})
    outbox.work_off()
    task = TaskState.objects.get(status="in_progress")
    room.clients["publisher"].post(decision(page, "approve", task))
    assert NewsPage.objects.get(pk=page.pk).live
    outbox.work_off()
    assert "อนุมัติแล้ว: งานผ้า" in mail.outbox[-1].subject
    assert len(mail.outbox) == 4
    assert "งานผ้า" in Client().get("/news/").content.decode()


def decision(page: NewsPage, action: str, task: Any) -> str:
    """The address of a decision."""
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task.pk])


def test_an_editor_of_the_department_publishes_directly(room: Newsroom) -> None:
    page = draft(room, "north", NORTH)
    act(room.clients["publisher"], page, **{"action-publish": "1"})
    assert NewsPage.objects.get(pk=page.pk).live


def test_the_explorer_shows_the_own_part(room: Newsroom) -> None:
    page = draft(room, "north", NORTH, title=SECRET)
    address = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    assert SECRET in room.clients["north"].get(address).content.decode()
    assert SECRET in room.clients["publisher"].get(address).content.decode()
    assert room.clients["isan"].get(address).status_code == 404
    listing = reverse("wagtailadmin_explore", args=[NewsIndexPage.objects.get(locale__language_code="th").pk])
    shown = room.clients["isan"].get(listing).content.decode()
    assert "ขอนแก่น" in shown
    assert "เชียงใหม่" not in shown
