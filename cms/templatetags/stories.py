"""What Wagtail's rich text and page tree need in our templates."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

register = template.Library()


@register.filter
def story(html: str) -> SafeString:
    """Rich text as editors wrote it: Wagtail keeps only allowed tags and expands its links."""
    return mark_safe(expand_db_html(html))


@register.simple_tag
def page_url(section: str) -> str:
    """The address of a section of the page tree in the visitor's language."""
    return f"{reverse('home')}{section}/"
