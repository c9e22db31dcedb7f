"""What posting costs, and how staff change prices, times and calendars."""

from shop.shipping.services.areas import end_area, set_area
from shop.shipping.services.changing import take_back
from shop.shipping.services.closing import end_closure, set_closure
from shop.shipping.services.posting import (
    AMBIENT,
    STORAGES,
    Part,
    PartQuote,
    PriceList,
    Quote,
    price_list,
    prices_of,
    quote,
    step_price,
    tariff_rows,
)
from shop.shipping.services.prices import set_fee, set_tariff, set_transit
from shop.shipping.services.weeks import DayOfHub, end_hub_days, set_hub_days

__all__ = [
    "AMBIENT",
    "STORAGES",
    "DayOfHub",
    "Part",
    "PartQuote",
    "PriceList",
    "Quote",
    "end_area",
    "end_closure",
    "end_hub_days",
    "price_list",
    "prices_of",
    "quote",
    "set_area",
    "set_closure",
    "set_fee",
    "set_hub_days",
    "set_tariff",
    "set_transit",
    "step_price",
    "take_back",
    "tariff_rows",
]
