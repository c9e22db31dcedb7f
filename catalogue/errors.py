"""Refusals of the catalogue, each with a sentence that says how to put it right."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class CatalogueError(MarketError):
    """Something about goods was refused."""

    code = "catalogue.refused"


class NotAGroup(CatalogueError):
    code = "catalogue.not_a_group"
    message = _("Goods belong to an occupational group; choose the group that makes them.")


class TextMissing(CatalogueError):
    code = "catalogue.text_missing"
    message = _("Write the Thai name of the product.")


class GoodsForbidden(CatalogueError):
    code = "catalogue.goods_forbidden"
    message = _("“%(word)s” cannot be sold here: the law forbids selling %(kind)s online.")


class CertificateOfAnother(CatalogueError):
    code = "catalogue.certificate_of_another"
    message = _("This certificate belongs to another group; choose one of the product's own group.")


class VariantOfVariant(CatalogueError):
    code = "catalogue.variant_of_variant"
    message = _("A variant cannot have variants of its own.")


class NotReady(CatalogueError):
    code = "catalogue.not_ready"
    message = _("The product cannot be published yet. Still missing: %(missing)s.")


class ReviewNotWaiting(CatalogueError):
    code = "catalogue.review_not_waiting"
    message = _("This product is not waiting for a decision.")


class NothingCovered(CatalogueError):
    code = "catalogue.nothing_covered"
    message = _("Name at least one product that this certificate covers, or choose the whole group.")
