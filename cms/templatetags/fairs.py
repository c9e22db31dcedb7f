"""Days of fairs in words."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language, gettext, ngettext

from cms.fair_pages import own_days
from cms.models import Fair
from shop.theme.formats import local

register = template.Library()


@register.simple_tag
def fair_days(fair: Fair) -> str:
    """5–9 ธันวาคม 2569."""
    return own_days(fair, get_language() or "th")


@register.simple_tag
def fair_countdown(fair: Fair) -> str:
    """How many days are left, as the market counts them."""
    days = fair.days_left
    if days == 0:
        return gettext("begins today")
    if days == 1:
        return gettext("begins tomorrow")
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


@register.simple_tag
def local_of(thing: object, name: str) -> str:
    """The Thai or English words of a thing, to be put into a sentence."""
    return local(thing, f"{name}_th", get_language() or "th")
