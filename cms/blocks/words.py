"""Blocks of words, pictures, files and links. What is typed in them is text: shown escaped, or allowed only where it is safe."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    DecimalBlock,
    EmailBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from cms.links import check_link, check_video, safe_html

TEXT_FEATURES = ["h2", "h3", "bold", "link", "ol", "ul"]
_ROWS, _CELLS = 80, 12


class WordsBlock(RichTextBlock):
    """Running text; whatever came in, only words, headings, lists and links stay."""

    def clean(self, value: Any) -> Any:
        """What editors may not write goes."""
        cleaned = super().clean(value)
        return RichText(safe_html(cleaned.source)) if cleaned is not None else cleaned


class LinkBlock(CharBlock):
    """An address that may be linked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 500, "validators": (check_link,), **kwargs})


class PictureBlock(StructBlock):
    """A picture with its description."""

    image = ImageChooserBlock(label=_("Picture"))
    alt_text = CharBlock(
        max_length=200, label=_("Description of the picture"), help_text=_("What is seen on it, for who cannot see it")
    )
    caption = CharBlock(max_length=300, required=False, label=_("Caption"))
    credit = CharBlock(max_length=120, required=False, label=_("Credit"))

    class Meta:
        icon = "image"
        label = _("Picture")


class GalleryBlock(StructBlock):
    """Several pictures to look through."""

    title = CharBlock(max_length=120, required=False, label=_("Heading"))
    pictures = ListBlock(PictureBlock(), min_num=2, max_num=24, label=_("Pictures"))

    class Meta:
        icon = "image"
        label = _("Gallery")


class TableBlock(StructBlock):
    """A table of words: a line for each row, cells parted by | or by tabs, as they come from a spreadsheet."""

    caption = CharBlock(max_length=200, label=_("What the table shows"))
    rows = TextBlock(
        label=_("Rows"),
        rows=6,
        max_length=8_000,
        help_text=_("A line for each row; part cells by | or paste from Excel."),
    )
    has_head = BooleanBlock(required=False, default=True, label=_("The first row names the columns"))

    class Meta:
        icon = "table"
        label = _("Table")

    def clean(self, value: Any) -> Any:
        """Neither too long nor too wide for a phone to scroll."""
        cleaned = super().clean(value)
        rows = table_rows(cleaned["rows"])
        if len(rows) > _ROWS or any(len(row) > _CELLS for row in rows):
            message = _("At most 80 rows and 12 columns. Attach a longer table as a file.")
            raise StructBlockValidationError(block_errors={"rows": ValidationError(message)})
        return cleaned


def table_rows(text: str) -> list[list[str]]:
    """The cells of a typed table; every row is as wide as the widest."""
    lines = [line.strip("\r\n") for line in str(text).split("\n") if line.strip()]
    rows = [
        [cell.strip() for cell in (line.split("\t") if "\t" in line else line.strip(" |").split("|"))] for line in lines
    ]
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


class StepBlock(StructBlock):
    """One step of an instruction."""

    title = CharBlock(max_length=120, label=_("Heading"))
    text = WordsBlock(features=["bold", "link", "ul"], required=False, label=_("Text"))
    image = ImageChooserBlock(required=False, label=_("Picture"))
    alt_text = CharBlock(max_length=200, required=False, label=_("Description of the picture"))

    class Meta:
        icon = "list-ol"

    def clean(self, value: Any) -> Any:
        """A picture is described."""
        cleaned = super().clean(value)
        if cleaned["image"] and not cleaned["alt_text"]:
            message = _("Say what is seen on the picture.")
            raise StructBlockValidationError(block_errors={"alt_text": ValidationError(message)})
        return cleaned


class ContactBlock(StructBlock):
    """Whom to ask."""

    name = CharBlock(max_length=160, label=_("Office or person"))
    phone = CharBlock(max_length=60, required=False, label=_("Phone"))
    fax = CharBlock(max_length=60, required=False, label=_("Fax"))
    email = EmailBlock(required=False, label=_("E-mail"))
    web = LinkBlock(required=False, label=_("Website"))

    class Meta:
        icon = "user"
        label = _("Contact")


class AttachmentBlock(StructBlock):
    """A file to fetch."""

    document = DocumentChooserBlock(label=_("File"))
    title = CharBlock(max_length=160, required=False, label=_("What it is called"))

    class Meta:
        icon = "doc-full"


class VideoBlock(StructBlock):
    """A video elsewhere: a card that leads there. Nothing of its provider is fetched before somebody follows the link."""

    url = CharBlock(
        max_length=300, validators=(check_video,), label=_("Address of the video"), help_text="YouTube, Vimeo, Facebook"
    )
    title = CharBlock(max_length=160, label=_("Title"))
    length = CharBlock(max_length=20, required=False, label=_("Length"))
    image = ImageChooserBlock(required=False, label=_("Picture"))

    class Meta:
        icon = "media"
        label = _("Video")


class MapBlock(StructBlock):
    """A place, with a link to a map."""

    name = CharBlock(max_length=160, label=_("Place"))
    address = CharBlock(max_length=300, required=False, label=_("Address"))
    latitude = DecimalBlock(required=False, min_value=Decimal(-90), max_value=Decimal(90), label=_("Latitude"))
    longitude = DecimalBlock(required=False, min_value=Decimal(-180), max_value=Decimal(180), label=_("Longitude"))

    class Meta:
        icon = "site"
        label = _("Link to a map")


class ActBlock(StructBlock):
    """A button that leads on."""

    words = CharBlock(max_length=60, label=_("Words on the button"))
    lead = CharBlock(max_length=200, required=False, label=_("A sentence before it"))
    page = PageChooserBlock(required=False, label=_("Page"))
    url = LinkBlock(required=False, label=_("or address"))

    class Meta:
        icon = "link"
        label = _("Call to action")

    def clean(self, value: Any) -> Any:
        """It leads to one place."""
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            raise StructBlockValidationError(
                block_errors={"url": ValidationError(_("Choose a page or type an address, one of them."))}
            )
        return cleaned


class FigureBlock(StructBlock):
    """A number and what it counts."""

    number = CharBlock(max_length=20, label=_("Number"))
    words = CharBlock(max_length=80, label=_("What it counts"))
