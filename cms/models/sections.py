"""A province's part of the tree: what its office writes stands in a section, and visitors see no difference.

Wagtail's rights follow the tree, in its lists, choosers, reports and its API alike. So the stories of an office stand
below a section of their index, and its editors have rights there alone. A section adds nothing to addresses: the story
`hats` of any office is `/news/hats/`, and an address is taken for the whole index.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester, get_page_models


class Shut(PagePermissionTester):
    """Nobody changes such a page in Wagtail's admin, administrators included: it is made and changed elsewhere."""

    def can_edit(self) -> bool:
        """Not here."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Not here."""
        return False

    def can_move_to(self, destination: Any) -> bool:
        """Not here."""
        return False

    def can_copy_to(self, destination: Any, recursive: bool = False) -> bool:
        """Not here."""
        return False

    can_unpublish = can_publish = can_submit_for_moderation = can_lock = can_unlock = can_edit
    can_move = can_copy = can_view_revisions = can_edit


class Closed(Shut):
    """Nor is anything put below it."""

    can_add_subpage = can_publish_subpage = can_reorder_children = Shut.can_edit


class Sectioned:
    """An index whose pages may stand in sections of it. It goes before Wagtail's classes."""

    def route(self, request: Any, path_components: list[str]) -> Any:
        """Pages right below it first, then those of its sections."""
        try:
            return super().route(request, path_components)  # type: ignore[misc]
        except Http404:
            page = _in_sections(self, path_components[0]) if path_components else None
            if page is None:
                raise
            return page.specific.route(request, path_components[1:])


def _in_sections(index: Any, slug: str) -> Page | None:
    rows = Page.objects.filter(path__startswith=index.path, depth=index.depth + 2, slug=slug)
    found: Page | None = rows.first()
    return found


class ProvinceSection(Page):
    """The part of one index that belongs to the office of a province. Made by `cms.services.editors`."""

    is_section: ClassVar[bool] = True
    province = models.ForeignKey("vendors.Province", on_delete=models.PROTECT, related_name="+")
    is_creatable = False
    template = "cms/plain_page.html"

    class Meta:
        verbose_name = _("section of a province")

    @classmethod
    def allowed_subpage_models(cls) -> list[Any]:
        """Whatever may stand in sections; each type says of which index."""
        return [model for model in get_page_models() if issubclass(model, InSections)]

    def set_url_path(self, parent: Any) -> str:
        """It adds nothing to the address of what stands in it."""
        self.url_path = parent.url_path
        return str(self.url_path)

    def route(self, request: Any, path_components: list[str]) -> Any:
        """It has no address, nor has anything one below it."""
        raise Http404("a section is no page")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Pages are added to it; it stays as it is."""
        return Shut(user, self)


def is_section(page: Any) -> bool:
    """Is this page, specific or not, a section?"""
    return page is not None and getattr(page.specific_class, "is_section", False)


class InSections:
    """A page that may stand in its index or in a section of it. It goes before Wagtail's classes."""

    @classmethod
    def can_exist_under(cls, parent: Any) -> bool:
        """Below its own index, or in a section of that index."""
        if is_section(parent):
            return parent.get_parent().specific_class in cls.clean_parent_page_models()  # type: ignore[attr-defined,no-any-return]
        return bool(super().can_exist_under(parent))  # type: ignore[misc]

    @classmethod
    def allowed_parent_page_models(cls) -> list[Any]:
        """What a page of this type can be moved to."""
        return [*super().allowed_parent_page_models(), ProvinceSection]  # type: ignore[misc]

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        """As above; how many there may be is not limited in sections."""
        if is_section(parent):
            return cls.is_creatable and cls.can_exist_under(parent)  # type: ignore[attr-defined]
        return bool(super().can_create_at(parent))  # type: ignore[misc]

    @staticmethod
    def _slug_is_available(slug: str, parent_page: Any, page: Any = None) -> bool:
        """An address is taken for the whole index, whoever's section it stands in."""
        if parent_page is None:
            return True
        index = parent_page.get_parent() if is_section(parent_page) else parent_page
        rows = Page.objects.descendant_of(index).filter(slug=slug)
        return not (rows.not_page(page) if page else rows).exists()

    def _set_core_field_defaults(self) -> None:
        """In a section it is a story of that province, whatever was typed."""
        super()._set_core_field_defaults()  # type: ignore[misc]
        parent: Any = self.get_parent() if self.path or getattr(self, "_cached_parent_obj", None) else None  # type: ignore[attr-defined]
        if is_section(parent):
            self.province_id = parent.specific.province_id
