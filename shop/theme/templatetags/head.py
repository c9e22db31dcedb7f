"""Template tags of a page's head and address, for machines and for sharing."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from shop.theme import meta

register = template.Library()


class _Keep(template.Node):
    def __init__(self, nodelist: template.NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Any) -> SafeString:
        text: SafeString = mark_safe(" ".join(self.nodelist.render(context).split()))  # escaped where it was rendered
        context[self.name] = text
        return text


@register.tag
def keep(parser: Any, token: Any) -> _Keep:
    """{% keep page_title %}…{% endkeep %} writes its content and keeps it under that name for the rest of the page."""
    name = token.split_contents()[1]
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return _Keep(nodelist, name)


@register.simple_tag(takes_context=True)
def page_meta(context: Any) -> SafeString:
    """What machines read in the head of a public page (`shop.theme.meta`)."""
    return meta.head(context, "en" if (get_language() or "th").startswith("en") else "th")


@register.simple_tag(takes_context=True)
def page_address(context: Any) -> str:
    """The one whole address of this page, for sharing."""
    return str(context.get("canonical") or meta.absolute(context["request"].path))
