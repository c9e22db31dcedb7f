"""Which stock, what price, may it be bought: one strategy for Oscar's parts, following `sellable_*` and real stock."""

from __future__ import annotations

from typing import Any

from oscar.apps.partner import availability, prices, strategy

from shop.common import clock
from shop.common.money import SATANG


class MarketStrategy(strategy.UseFirstStockRecord, strategy.NoTax, strategy.StockRequired, strategy.Structured):
    """Prices include VAT already; what is outside its interval of sale is unavailable."""

    def availability_policy(self, product: Any, stockrecord: Any) -> Any:
        moment = clock.now()
        if not product.sellable_from or product.sellable_from > moment:
            return availability.Unavailable()
        if product.sellable_until and product.sellable_until <= moment:
            return availability.Unavailable()
        return super().availability_policy(product, stockrecord)

    def pricing_policy(self, product: Any, stockrecord: Any) -> Any:
        if not stockrecord or stockrecord.price is None:
            return prices.Unavailable()
        price = stockrecord.price.quantize(SATANG)
        return prices.FixedPrice(currency="THB", excl_tax=price, tax=type(price)(0))


class Selector:
    """Oscar asks this for the strategy; ours is the same for everybody, so no session is read."""

    def strategy(self, request: Any = None, user: Any = None, **kwargs: Any) -> MarketStrategy:
        return MarketStrategy(request)
