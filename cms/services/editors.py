"""Who may write where: Wagtail's groups, sections and collections follow the memberships of the offices.

Editors of the department may do everything below the front page and publish. Editors of a province's office write and
change in the sections of their province alone, hand in what they wrote, and see pictures and files of their office and
those for everybody. Everything here may run again and changes nothing then.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
    get_page_models,
)

from cms.models import Approval, HomePage, ProvinceSection, Sectioned
from vendors.models import Membership, Organisation, Province

NATIONAL = "Editors"
_OF_PROVINCE = f"{NATIONAL} "
SHARED = "รูปและไฟล์ส่วนกลาง"
_WAGTAILS = "Moderators approval"
_APPROVAL = "ส่งให้กรมตรวจก่อนเผยแพร่"
_PUBLISHING = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
_WRITING = ("add_page", "change_page")
_FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
_CHOOSING = ("choose_image", "choose_document")
_ENTERING = (("wagtailadmin", "access_admin"), ("simple_translation", "submit_translation"))
_TOPICS = tuple(("cms", f"{act}_topic") for act in ("add", "change", "delete", "view"))


def group_of(province_id: str | None) -> str:
    """The name of the group of Wagtail for the editors of one province; of the department without one."""
    return f"{_OF_PROVINCE}{province_id}" if province_id else NATIONAL


@transaction.atomic
def ensure_editing() -> None:
    """The department's group, the approval, and every office that has editors."""
    group = _group(None)
    for name in (NATIONAL, "Moderators"):  # Wagtail's first migration lets both reach the whole tree
        GroupPagePermission.objects.filter(group__name=name, page__depth=1).delete()
        GroupCollectionPermission.objects.filter(group__name=name, collection__depth__gt=1).delete()
    _let(group, HomePage.objects.all(), _PUBLISHING)
    _let_enter(group, _ENTERING + _TOPICS)
    _let_use(group, Collection.get_first_root_node(), _FILES)
    shared_collection()
    _ensure_approval(group)
    _put_away_wagtails_own()
    editors = Membership.objects.filter(organisation__kind=Organisation.Kind.OFFICE, role=Membership.Role.EDITOR)
    for user_id in editors.values_list("user_id", flat=True).distinct():
        follow_memberships(user_id)


@transaction.atomic
def follow_memberships(user_id: int) -> None:
    """Puts a person into the groups of the offices they are an editor of, and takes them out of all others."""
    rows = Membership.objects.filter(
        user_id=user_id, organisation__kind=Organisation.Kind.OFFICE, role=Membership.Role.EDITOR
    )
    provinces = set(rows.values_list("organisation__province_id", flat=True))
    groups = [ensure_office(province) for province in provinces]
    through: Any = Group.objects.filter(name__startswith=NATIONAL)
    for group in through.filter(user=user_id).exclude(pk__in=[one.pk for one in groups]):
        group.user_set.remove(user_id)
    for group in groups:
        group.user_set.add(user_id)


def ensure_office(province_id: str | None) -> Any:
    """The group of an office with its sections and its collection."""
    group = _group(province_id)
    if province_id is None:
        _let_enter(group, _ENTERING + _TOPICS)
        return group
    office = Organisation.objects.filter(kind=Organisation.Kind.OFFICE, province_id=province_id).first()
    province = Province.objects.get(pk=province_id)
    _let(group, ensure_sections(province), _WRITING)
    _let_enter(group, _ENTERING)
    _let_use(group, collection_of(office.name_th if office else province.name_th), _FILES)
    _let_use(group, shared_collection(), _CHOOSING)
    return group


def ensure_sections(province: Province) -> list[ProvinceSection]:
    """The province's section of every index that has sections, in both languages."""
    return [
        section_of(index, province)
        for model in get_page_models()
        if issubclass(model, Sectioned)
        for index in model.objects.select_related("locale").order_by("locale_id")
    ]


def section_of(index: Any, province: Province) -> ProvinceSection:
    """One section; the English one is the translation of the Thai one."""
    slug = f"office-{province.pk.lower()}"
    rows = ProvinceSection.objects.child_of(index).filter(province=province)
    known = rows.first()
    if known is None:
        parent = Page.objects.select_for_update().get(pk=index.pk).specific
        known = rows.first()  # somebody made it while we waited
    if known is not None:
        return known  # type: ignore[no-any-return]
    title = province.name_en if index.locale.language_code == "en" else province.name_th
    section = ProvinceSection(title=title, slug=slug, province=province, locale=index.locale, live=False)
    twin = _twin(index, province)
    if twin is not None:
        section.translation_key = twin.translation_key
    parent.add_child(instance=section)
    return section


def _twin(index: Any, province: Province) -> ProvinceSection | None:
    others = [page.pk for page in index.get_translations()]
    rows = ProvinceSection.objects.filter(province=province).select_related("locale")
    return next((row for row in rows if row.get_parent().pk in others), None)


def shared_collection() -> Collection:
    """Pictures and files that every office may use."""
    return collection_of(SHARED)


def collection_of(name: str) -> Collection:
    """A collection right below the root, by its name."""
    known = Collection.objects.filter(depth=2, name=name).first()
    return known or Collection.get_first_root_node().add_child(name=name)  # type: ignore[no-any-return]


def _group(province_id: str | None) -> Any:
    return Group.objects.get_or_create(name=group_of(province_id))[0]


def _let(group: Any, pages: Iterable[Any], codenames: tuple[str, ...]) -> None:
    """Exactly these rights on exactly these pages."""
    rights = list(Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames))
    kept = []
    for page in pages:
        for right in rights:
            row = GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=right)[0]
            kept.append(row.pk)
    GroupPagePermission.objects.filter(group=group).exclude(pk__in=kept).delete()


def _let_enter(group: Any, named: tuple[tuple[str, str], ...]) -> None:
    for app, codename in named:
        group.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename=codename))


def _let_use(group: Any, collection: Collection, codenames: tuple[str, ...]) -> None:
    apps = ("wagtailimages", "wagtaildocs")
    for right in Permission.objects.filter(content_type__app_label__in=apps, codename__in=codenames):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=right)


def _put_away_wagtails_own() -> None:
    """Wagtail's first migration makes an approval with an English name; where no page uses it, nobody sees it."""
    unused = Workflow.objects.filter(name=_WAGTAILS, active=True).exclude(
        pk__in=WorkflowPage.objects.values("workflow")
    )
    if unused.update(active=False):
        Task.objects.filter(name=_WAGTAILS).update(active=False)


def _ensure_approval(group: Any) -> None:
    """The one way from a province's draft to its readers. What an administrator set up instead stays."""
    task = Approval.objects.filter(name=_APPROVAL).first() or Approval.objects.create(name=_APPROVAL)
    task.groups.set([group])
    workflow, made = Workflow.objects.get_or_create(name=_APPROVAL)
    if made:
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.filter(page__depth=1).delete()
    for home in HomePage.objects.all():
        WorkflowPage.objects.get_or_create(page_id=home.pk, defaults={"workflow": workflow})
