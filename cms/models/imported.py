"""Old releases that were taken over from files."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models.news import NewsPage


class ImportedRelease(models.Model):
    """One file that became a draft. `words` is a digest of what it says: the same words come in once, whatever the file."""

    words = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(_("File"), max_length=255)
    page = models.ForeignKey(NewsPage, on_delete=models.SET_NULL, null=True, related_name="+")
    """Empty when an editor has thrown the draft away: it does not come back by itself."""
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("release from a file")

    def __str__(self) -> str:
        return self.file_name
