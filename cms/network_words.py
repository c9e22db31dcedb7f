"""What editors tell of a network, put on the network's page."""

from __future__ import annotations

from django.template.loader import render_to_string

from cms.selectors import network_page, story_parts
from vendors.models import Organisation
from vendors.told import Told, register_teller


def tell(network: Organisation, language: str) -> Told | None:
    """The published words, picture and blocks of a network."""
    page = network_page(network.pk, language)
    if page is None:
        return None
    parts = story_parts(page)
    html = render_to_string("cms/network_words.html", {"page": page, "parts": parts, "cacheable": True})
    return Told(html, page.summary)


register_teller(tell)
