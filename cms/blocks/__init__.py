"""What a story may hold. `STORY` is the body of news, articles, fairs and trainings; `cms.parts` reads it for the page.

A chooser of another kind adds its block to `STORY` and its reader with `cms.live.register_live`.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock

from cms.blocks.choosers import CHOOSERS, CertificateBlock, FairBlock, GroupBlock, LotBlock, ProductBlock
from cms.blocks.words import (
    TEXT_FEATURES,
    ActBlock,
    AttachmentBlock,
    ContactBlock,
    FigureBlock,
    GalleryBlock,
    MapBlock,
    PictureBlock,
    StepBlock,
    TableBlock,
    VideoBlock,
    WordsBlock,
)

MOST = 6
_TOLD, _SHOWN, _ASIDE = _("In words"), _("Pictures and files"), _("From the market")
STORY = [
    ("text", WordsBlock(features=TEXT_FEATURES, label=_("Text"), group=_TOLD)),
    ("quote", CharBlock(max_length=300, label=_("Quote"), icon="openquote", group=_TOLD)),
    ("steps", ListBlock(StepBlock(), max_num=20, label=_("Steps"), icon="list-ol", group=_TOLD)),
    ("table", TableBlock(group=_TOLD)),
    ("figures", ListBlock(FigureBlock(), max_num=6, label=_("Figures"), icon="order", group=_TOLD)),
    ("contact", ContactBlock(group=_TOLD)),
    ("image", PictureBlock(group=_SHOWN)),
    ("gallery", GalleryBlock(group=_SHOWN)),
    ("video", VideoBlock(group=_SHOWN)),
    ("attachments", ListBlock(AttachmentBlock(), max_num=12, label=_("Attachments"), icon="doc-full", group=_SHOWN)),
    ("map", MapBlock(group=_SHOWN)),
    ("act", ActBlock(group=_SHOWN)),
    ("goods", ListBlock(ProductBlock(), max_num=MOST, label=_("Goods"), icon="tag", group=_ASIDE)),
    ("groups", ListBlock(GroupBlock(), max_num=MOST, label=_("Groups"), icon="group", group=_ASIDE)),
    (
        "certificates",
        ListBlock(CertificateBlock(), max_num=MOST, label=_("Certificates"), icon="success", group=_ASIDE),
    ),
    ("fairs", ListBlock(FairBlock(), max_num=MOST, label=_("Fairs"), icon="calendar-alt", group=_ASIDE)),
    ("lots", ListBlock(LotBlock(), max_num=MOST, label=_("Lots"), icon="tag", group=_ASIDE)),
]

__all__ = [
    "CHOOSERS",
    "STORY",
    "TEXT_FEATURES",
    "CertificateBlock",
    "FairBlock",
    "GroupBlock",
    "LotBlock",
    "ProductBlock",
]
