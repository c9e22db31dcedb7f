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


class ReasonNeeded(CatalogueError):
    code = "catalogue.reason_needed"
    message = _("Write the reason in a sentence; the other side reads it.")


class OwnGoods(CatalogueError):
    code = "catalogue.own_goods"
    message = _("You work for this group yourself. Another officer has to decide about its goods.")


class NoGateHere(CatalogueError):
    code = "catalogue.no_gate_here"
    message = _("This product needs no licence of its category, so there is nothing to be exempt from.")


class AlreadyAsked(CatalogueError):
    code = "catalogue.already_asked"
    message = _("An officer already has this question. You will get a letter with the answer.")


class NotOpen(CatalogueError):
    code = "catalogue.not_open"
    message = _("Somebody has decided this in the meantime. The page shows what holds now.")


class DayPassed(CatalogueError):
    code = "catalogue.day_passed"
    message = _("The last day of an exemption lies in the future. Check whether the year is Buddhist Era or Gregorian.")


class LotInFuture(CatalogueError):
    code = "catalogue.lot_in_future"
    message = _("A lot cannot be made in the future. Check whether the year is Buddhist Era or Gregorian.")


class LotDates(CatalogueError):
    code = "catalogue.lot_dates"
    message = _("“Best before” lies before the day on which it was made.")


class LotOfNothing(CatalogueError):
    code = "catalogue.lot_of_nothing"
    message = _("Write how many pieces were made.")


class SourceUnknown(CatalogueError):
    code = "catalogue.source_unknown"
    message = _("No lot or group of this market has the code %(code)s. Compare it with the label.")


class AlreadyRecalled(CatalogueError):
    code = "catalogue.already_recalled"
    message = _("This lot is already recalled; its buyers have been written to.")


class ChangedMeanwhile(CatalogueError):
    """Somebody saved the same part of a product after the page was opened."""

    code = "catalogue.changed_meanwhile"
    message = _("Somebody else has just changed this. Look at both versions and save again; nothing of yours is lost.")


class EditDecided(CatalogueError):
    code = "catalogue.edit_decided"
    message = _("This change was decided or changed by the group in the meantime. The page shows what holds now.")


class ProductChangedSince(CatalogueError):
    code = "catalogue.product_changed_since"
    message = _("The product has changed since the group asked for this. Refuse it with a word, so that it asks anew.")


class ChangedWhileRead(CatalogueError):
    """The group wrote something else while the officer's page lay open."""

    code = "catalogue.changed_while_read"
    message = _("The group has changed the product while you were reading. The page shows it as it is now: look again.")


class TooManyPictures(CatalogueError):
    code = "catalogue.too_many_pictures"
    message = _("A product can have %(most)s pictures at most. Remove one first.")


class PictureGone(CatalogueError):
    code = "catalogue.picture_gone"
    message = _("Somebody has removed this picture meanwhile.")


class VariantKnown(CatalogueError):
    code = "catalogue.variant_known"
    message = _("There is a variant “%(name)s” already. Change that one, or give this one another name.")


class TooManyVariants(CatalogueError):
    code = "catalogue.too_many_variants"
    message = _("A product can have %(most)s variants at most.")
