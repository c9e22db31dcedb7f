"""What is sold: goods of one group, in categories, with certificates and an interval of sale."""

from catalogue.models.decisions import GateExemption, GoodsDraft, PendingEdit, ProductEvent
from catalogue.models.goods import (
    NAMED_IN_PUBLIC,
    SHOWN,
    Category,
    Product,
    ProductCertificate,
    ProductPicture,
    RawMaterial,
)
from catalogue.models.lots import Lot, LotMaterial

__all__ = [
    "NAMED_IN_PUBLIC",
    "SHOWN",
    "Category",
    "GateExemption",
    "GoodsDraft",
    "Lot",
    "LotMaterial",
    "PendingEdit",
    "Product",
    "ProductCertificate",
    "ProductEvent",
    "ProductPicture",
    "RawMaterial",
]

from oscar.apps.catalogue.models import *
