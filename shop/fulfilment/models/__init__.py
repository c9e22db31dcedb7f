"""What is on its way: the plan of a purchase, where each piece is, transfers between places, parcels."""

from shop.fulfilment.models.papers import PaperRun
from shop.fulfilment.models.parcels import Parcel, ParcelEvent
from shop.fulfilment.models.plans import DeliveryLeg, DeliveryPlan, Stop
from shop.fulfilment.models.transfers import Transfer, TransferBox, TransferLine
from shop.fulfilment.models.units import Holding, Movement, Where

__all__ = [
    "DeliveryLeg",
    "DeliveryPlan",
    "Holding",
    "Movement",
    "PaperRun",
    "Parcel",
    "ParcelEvent",
    "Stop",
    "Transfer",
    "TransferBox",
    "TransferLine",
    "Where",
]
