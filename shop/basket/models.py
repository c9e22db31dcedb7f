"""Baskets are Oscar's; a line is one product from one stock record."""

from __future__ import annotations

from django.db import models
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine


class Basket(AbstractBasket):
    """What a buyer collected. Frozen by compare-and-set when an order is placed from it."""


class Line(AbstractLine):
    """A product in a basket. Prices on it are a memory of what the buyer saw, never what is charged."""

    last_click = models.CharField(max_length=40, blank=True, default="", db_default="")
    """The press of a button that filled it last: the same one sent twice adds once."""


from oscar.apps.basket.models import *
