"""Moments of the catalogue that upper rooms may follow within the same transaction."""

from __future__ import annotations

from catalogue.models import Product
from shop.common.hooks import Hook

product_published: Hook[Product] = Hook("catalogue.product_published")
"""A product became public, or was made public again."""
product_withdrawn: Hook[Product] = Hook("catalogue.product_withdrawn")
"""A product, or one variant, was taken off the market."""
