"""Refusals of uploads."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.common.errors import MarketError


class PictureRefused(MarketError):
    """An upload that cannot become a picture."""

    code = "media.picture_refused"
    message = _("This file cannot be used as a picture. Choose a JPEG, PNG or WebP photo.")


class PictureTooHeavy(PictureRefused):
    code = "media.picture_too_heavy"
    message = _("The picture has more than %(megabytes)s MB. Choose a smaller one or let your phone reduce it.")


class PictureTooLarge(PictureRefused):
    code = "media.picture_too_large"
    message = _("The picture is too large (more than %(megapixels)s million pixels). Reduce it and try again.")


class PictureKindUnknown(PictureRefused):
    code = "media.picture_kind_unknown"
    message = _("Only JPEG, PNG and WebP pictures can be used. Save the picture as JPEG and try again.")


class PictureDamaged(PictureRefused):
    code = "media.picture_damaged"
    message = _("The picture cannot be opened; it may be damaged. Take or save it again.")
