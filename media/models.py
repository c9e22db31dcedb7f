"""Pictures and files. Public pictures are always re-encoded by us; documents of groups are private."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from media import encoding


class MarketImage(AbstractImage):
    """An editor's picture in the CMS. No visitor is sent its file: pages show its `cut`."""

    alt_th = models.CharField(_("Description (Thai)"), max_length=200, blank=True)
    alt_en = models.CharField(_("Description (English)"), max_length=200, blank=True)
    credit = models.CharField(_("Credit"), max_length=120, blank=True)
    cut = models.ForeignKey(
        "media.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="images",
        help_text="what visitors see of it: 3:2 around the focus, in the fixed sizes",
    )
    cut_key = models.CharField(
        max_length=100, blank=True, editable=False, help_text="file and focus the cut was made of"
    )
    admin_form_fields = (*Image.admin_form_fields, "alt_th", "alt_en", "credit")


class MarketRendition(AbstractRendition):
    """A cut of a MarketImage."""

    image = models.ForeignKey(MarketImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"
            ),
        ]


class MarketDocument(AbstractDocument):
    """A file of the CMS."""

    admin_form_fields = Document.admin_form_fields


class Picture(models.Model):
    """A public picture in three fixed sizes, re-encoded from an upload; nothing of the upload's bytes is served.

    `name` is the content hash; the files are `<name>-<width>.webp` and `.jpg` below MEDIA_ROOT/pictures/.
    """

    WIDTHS = encoding.WIDTHS

    name = models.CharField(max_length=64, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = models.JSONField(default=list)
    blur = models.TextField(blank=True, help_text="a tiny preview as data: URL")
    original = models.CharField(max_length=200, blank=True, help_text="private storage name of the upload")
    is_ready = models.BooleanField(default=True, help_text="false until the worker has made the large sizes")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("picture")

    def __str__(self) -> str:
        return self.name


class PrivateFile(models.Model):
    """A private file (a certificate's evidence, a payment slip): stored outside the public folder, served by a view."""

    stored_name = models.CharField(max_length=200, unique=True)
    shown_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="private_files"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("private file")

    def __str__(self) -> str:
        return self.shown_name
