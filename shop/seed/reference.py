"""What every market needs before the first product: country, regions, networks, schemes, categories, tariffs and calendars, page tree, synonyms."""

from __future__ import annotations

from oscar.core.loading import get_model

from catalogue.services import load_categories
from cms.services import ensure_site
from search.reference import load_first_words
from shop.order.reference import load_share_rules
from shop.shipping.reference import load_shipping
from vendors.services import load_reference_data


def load_reference() -> None:
    """Loads everything; again changes nothing that people changed since."""
    country = get_model("address", "Country")
    country.objects.get_or_create(
        iso_3166_1_a2="TH",
        defaults={
            "iso_3166_1_a3": "THA",
            "iso_3166_1_numeric": "764",
            "printable_name": "Thailand",
            "name": "Kingdom of Thailand",
            "is_shipping_country": True,
        },
    )
    load_reference_data()
    load_categories()
    load_shipping()
    load_share_rules()
    ensure_site()
    load_first_words()
