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


class PictureEmpty(PictureKindUnknown):
    code = "media.picture_empty"
    message = _("The picture is empty. Choose it again.")


class PictureHeic(PictureKindUnknown):
    code = "media.picture_heic"
    message = _("This picture is in the phone's own format (HEIC). Save it as JPEG, or take the photo with this page.")


class PictureDamaged(PictureRefused):
    code = "media.picture_damaged"
    message = _("The picture cannot be opened; it may be damaged. Take or save it again.")


class TooManyUploads(PictureRefused):
    code = "media.too_many_uploads"
    message = _("Too many files within one hour. Please try again later.")


class FileRefused(MarketError):
    """A private file that is neither a picture nor a plain document."""

    code = "media.file_refused"
    message = _("This file cannot be used. Choose a photo (JPEG, PNG, WebP) or a PDF.")


class FileTooHeavy(FileRefused):
    code = "media.file_too_heavy"
    message = _("The file has more than %(megabytes)s MB. Take a photo of the page, or save it smaller.")


class FileEmpty(FileRefused):
    code = "media.file_empty"
    message = _("The file is empty. Choose it again.")


class PdfDamaged(FileRefused):
    code = "media.pdf_damaged"
    message = _("This PDF is not whole. Save it again, or take a photo of the paper.")


class PdfLocked(FileRefused):
    code = "media.pdf_locked"
    message = _("This PDF is locked with a password. Save it without one, or take a photo of the paper.")


class PdfActive(FileRefused):
    code = "media.pdf_active"
    message = _("This PDF holds a program or another file. Print it as a plain PDF, or take a photo of the paper.")


class DocumentKindUnknown(FileRefused):
    code = "media.document_kind_unknown"
    message = _(
        "Only PDF, Word (docx), Excel (xlsx), CSV and ZIP files can be attached. Put a video on YouTube or Facebook and use "
        "the block “Video”."
    )


class DocumentTooHeavy(FileRefused):
    code = "media.document_too_heavy"
    message = _("The file has more than %(megabytes)s MB. Save it smaller, or cut it into parts.")


class DocumentNotWhatItSays(FileRefused):
    code = "media.document_not_what_it_says"
    message = _("The content of this file is not what its name says. Save it again in the program it comes from.")


class DocumentActive(FileRefused):
    code = "media.document_active"
    message = _("This file holds a program or a macro. Save it without, or as a PDF.")
