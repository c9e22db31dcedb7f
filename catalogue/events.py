"""Moments of the catalogue that upper rooms may follow within the same transaction."""

from __future__ import annotations

from catalogue.models import Product
from shop.common.hooks import Hook

product_published: Hook[Product] = Hook("catalogue.product_published")
product_withdrawn: Hook[Product] = Hook("catalogue.product_withdrawn")
