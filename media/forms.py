"""What the CMS asks of uploads: the same checks as everybody's, and words that say how to put it right."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from media.services import check_document, check_image
from shop.common.errors import MarketError


class MarketImageForm(BaseImageForm):
    """An editor's image."""

    def clean_file(self) -> Any:
        """A new file is decoded once, with all limits."""
        file = self.cleaned_data.get("file")
        if "file" in self.changed_data and file:
            _checked(check_image, file)
        return file


class MarketDocumentForm(BaseDocumentForm):
    """An editor's file for visitors."""

    def clean_file(self) -> Any:
        """A new file is looked into."""
        file = self.cleaned_data.get("file")
        if "file" in self.changed_data and file:
            _checked(check_document, file)
        return file


def _checked(check: Any, file: Any) -> None:
    try:
        check(file)
    except MarketError as refusal:
        raise ValidationError(refusal.text) from refusal
    finally:
        file.seek(0)
