"""What Wagtail's rich text and page tree need in our templates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.parts import rich_text
from cms.training_data import place_of, when_of
from shop.theme.formats import date_short

register = template.Library()


@register.filter
def story(html: str) -> SafeString:
    """Rich text as editors wrote it: only allowed tags were kept, links to pages lead to where they are today."""
    return rich_text(html, get_language() or "th")


@register.simple_tag
def page_url(section: str) -> str:
    """The address of a section of the page tree in the visitor's language."""
    return f"{reverse('home')}{section}/"


@register.filter
def course_when(course: Any) -> str:
    """The days and hours of a training, in words."""
    return when_of(course, get_language() or "th")


@register.filter
def course_where(course: Any) -> str:
    """Venue and province of a training; empty for one that is online alone."""
    return place_of(course, get_language() or "th")


@register.filter
def be_month(day: dt.date) -> str:
    """ธ.ค. 69 · Dec 2026, below the large number of a day."""
    return date_short(day, get_language() or "th").split(" ", 1)[1]
