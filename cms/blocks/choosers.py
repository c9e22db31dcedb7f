"""Choosers of the market: goods, groups, certificates, lots and fairs, found by a part of their name in Thai or English."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from catalogue.models import SHOWN, Lot, Product
from shop.common import clock, codes
from shop.common.thai import clean_text
from vendors.certificates import in_force
from vendors.models import Certificate, Organisation
from vendors.selectors import register, selling_groups


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


class CertificateForm(WordForm):
    """Certificates by number, or by holder and scheme."""

    names = ("number", "number_normalised", "holder__name_th", "holder__name_en", "scheme__name_th", "scheme__name_en")


class FairForm(WordForm):
    """Fairs by their name, or by the venue."""

    names = ("name_th", "name_en", "venue_th", "venue_en")


class LotForm(WordForm):
    """Lots by their code, or by the good."""

    names = ("product__title", "product__title_en", "product__group__name_th")

    def filter(self, objects: Any) -> Any:
        """The code may be typed with dashes, as the label has it."""
        found = super().filter(objects)
        code = codes.normalise(clean_text(self.cleaned_data.get("q") or ""))
        return found | objects.filter(code=code) if code else found


def _views(form: type[WordForm]) -> dict[str, Any]:
    """The dialog and its list, which ask by this form."""
    return {
        "choose_view_class": type("Choose", (ChooseView,), {"filter_form_class": form}),
        "choose_results_view_class": type("Results", (ChooseResultsView,), {"filter_form_class": form}),
    }


class ProductChooser(ChooserViewSet):
    """Goods that have a page; a variant is chosen by its parent."""

    def get_object_list(self) -> Any:
        """What an editor may choose from."""
        return Product.objects.filter(SHOWN).order_by("sort_title", "pk")


class GroupChooser(ChooserViewSet):
    """Groups that have a shop page."""

    def get_object_list(self) -> Any:
        """What an editor may choose from."""
        return selling_groups()


class CertificateChooser(ChooserViewSet):
    """Certificates of the public register that are in force."""

    def get_object_list(self) -> Any:
        """What an editor may choose from."""
        return register().filter(in_force(clock.today()))


class LotChooser(ChooserViewSet):
    """Lots of goods that have a page, unless they were called back."""

    def get_object_list(self) -> Any:
        """What an editor may choose from."""
        goods = Product.objects.filter(SHOWN).order_by().values("pk")
        lots = Lot.objects.filter(recalled_at=None).filter(Q(product__in=goods) | Q(product__parent__in=goods))
        return lots.select_related("product").order_by("-made_on", "-pk")


class FairChooser(ChooserViewSet):
    """Fairs that visitors can read about, unless they were called off; the latest first."""

    def get_object_list(self) -> Any:
        """What an editor may choose from."""
        shown = apps.get_model("cms", "FairPage").objects.filter(live=True)
        fairs = apps.get_model("cms", "Fair").objects.filter(cancelled_at=None, pk__in=shown.values("fair"))
        return fairs.order_by("-starts_at", "-pk")


product_chooser = ProductChooser(
    "choose_product",
    model=Product,
    icon="tag",
    choose_one_text=_("Choose a product"),
    choose_another_text=_("Choose another product"),
    **_views(ProductForm),
)
group_chooser = GroupChooser(
    "choose_group",
    model=Organisation,
    icon="group",
    choose_one_text=_("Choose a group"),
    choose_another_text=_("Choose another group"),
    **_views(GroupForm),
)
certificate_chooser = CertificateChooser(
    "choose_certificate",
    model=Certificate,
    icon="success",
    choose_one_text=_("Choose a certificate"),
    choose_another_text=_("Choose another certificate"),
    **_views(CertificateForm),
)
lot_chooser = LotChooser(
    "choose_lot",
    model=Lot,
    icon="tag",
    choose_one_text=_("Choose a lot"),
    choose_another_text=_("Choose another lot"),
    **_views(LotForm),
)
fair_chooser = FairChooser(
    "choose_fair",
    model="cms.Fair",
    icon="calendar-alt",
    choose_one_text=_("Choose a fair"),
    choose_another_text=_("Choose another fair"),
    **_views(FairForm),
)
ProductBlock = product_chooser.get_block_class(name="ProductBlock", module_path="cms.blocks")
GroupBlock = group_chooser.get_block_class(name="GroupBlock", module_path="cms.blocks")
CertificateBlock = certificate_chooser.get_block_class(name="CertificateBlock", module_path="cms.blocks")
LotBlock = lot_chooser.get_block_class(name="LotBlock", module_path="cms.blocks")
FairBlock = fair_chooser.get_block_class(name="FairBlock", module_path="cms.blocks")
CHOOSERS = (product_chooser, group_chooser, certificate_chooser, lot_chooser, fair_chooser)
