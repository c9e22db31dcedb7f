"""The big market: any number of groups, goods and orders in minutes, by COPY instead of one service call each.

Services cost about fifty queries per object, which makes 100,000 goods an affair of an hour. Here rows are written in
bulk, and everything that is computed (interval of sale, prices, "in stock", sold pieces) is computed afterwards by the
same set-wise services as always. `shop.seed.checks` then asks of the result what it asks of the demo market.
"""

from shop.seed.bulk.maker import AlreadyBig, Wanted, is_big, make_big_market

__all__ = ["AlreadyBig", "Wanted", "is_big", "make_big_market"]
