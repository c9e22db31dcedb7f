"""What a story may hold beside words: goods and groups of the market, chosen by the editor and shown as they are today."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock
from wagtail.images.blocks import ImageBlock

from catalogue.models import SHOWN, Product
from shop.common.thai import clean_text
from vendors.models import Organisation
from vendors.selectors import selling_groups

TEXT_FEATURES = ["h2", "h3", "bold", "link", "ol", "ul"]
MOST = 6


class WordForm(BaseFilterForm):
    """A part of the name, Thai or English."""

    q = forms.CharField(label=_("Part of the name"), required=False, max_length=80)
    names: tuple[str, ...] = ()

    def filter(self, objects: Any) -> Any:
        """The rows whose name holds it."""
        words = clean_text(self.cleaned_data.get("q") or "")
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        found = Q()
        for name in self.names:
            found |= Q(**{f"{name}__icontains": words})
        return objects.filter(found)


class ProductForm(WordForm):
    """Goods by their name."""

    names = ("title", "title_en")


class GroupForm(WordForm):
    """Groups by their name."""

    names = ("name_th", "name_en")


class ChooseProduct(ChooseView):
    """The dialog for goods."""

    filter_form_class = ProductForm


class ProductResults(ChooseResultsView):
    """Its list."""

    filter_form_class = ProductForm


class ChooseGroup(ChooseView):
    """The dialog for groups."""

    filter_form_class = GroupForm


class GroupResults(ChooseResultsView):
    """Its list."""

    filter_form_class = GroupForm


class ProductChooser(ChooserViewSet):
    """Goods that have a page; a variant is chosen by its parent."""

    choose_view_class, choose_results_view_class = ChooseProduct, ProductResults

    def get_object_list(self) -> Any:
        """What an editor may choose from."""
        return Product.objects.filter(SHOWN).order_by("sort_title", "pk")


class GroupChooser(ChooserViewSet):
    """Groups that have a shop page."""

    choose_view_class, choose_results_view_class = ChooseGroup, GroupResults

    def get_object_list(self) -> Any:
        """What an editor may choose from."""
        return selling_groups()


product_chooser = ProductChooser(
    "choose_product",
    model=Product,
    icon="tag",
    choose_one_text=_("Choose a product"),
    choose_another_text=_("Choose another product"),
)
group_chooser = GroupChooser(
    "choose_group",
    model=Organisation,
    icon="group",
    choose_one_text=_("Choose a group"),
    choose_another_text=_("Choose another group"),
)
ProductBlock = product_chooser.get_block_class(name="ProductBlock", module_path="cms.blocks")
GroupBlock = group_chooser.get_block_class(name="GroupBlock", module_path="cms.blocks")

STORY = [
    ("text", RichTextBlock(features=TEXT_FEATURES)),
    ("quote", CharBlock(max_length=300)),
    ("image", ImageBlock()),
    ("goods", ListBlock(ProductBlock(), max_num=MOST, label=_("Goods"))),
    ("groups", ListBlock(GroupBlock(), max_num=MOST, label=_("Groups"))),
]
