"""Every address of the market, read from the URL resolver, with and without names of ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from django.utils.regex_helper import normalize

from shop.common.access import Rule, prefixes, rule_for


@dataclass(frozen=True)
class Address:
    """One URL pattern: how it is written, its full name, its view, and a path that it matches (ids made up)."""

    route: str
    name: str
    view: Any
    example: str

    @property
    def rule(self) -> Rule | None:
        """The declared rule; None means that nobody may enter."""
        return rule_for(self.view, self.example)

    @property
    def prefix(self) -> str:
        """The declared set of foreign addresses that it belongs to; "" for our own."""
        if rule_for(self.view, "") is not None:
            return ""
        return next((prefix for prefix, _rule in prefixes() if self.example.startswith(prefix)), "")


def _example(pattern: Any) -> str:
    text, parameters = normalize(pattern.regex.pattern)[0]
    return str(text) % {name: "1" for name in parameters}


def _walk(resolver: URLResolver, route: str, example: str, names: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here, path = route + str(entry.pattern), example + _example(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Address(here, ":".join([*names, entry.name or "(no name)"]), entry.callback, path)
        else:
            space = (entry.namespace,) if entry.namespace else ()
            yield from _walk(entry, here, path, names + space)


def addresses() -> list[Address]:
    """All of them, nested ones included, in the order in which they are matched.

    As they stand in the market's first language: the prefix of the languages is written as the active one wants it.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return list(_walk(get_resolver(), "", "", ()))


def own_addresses() -> list[Address]:
    """Those whose views are ours or declared one by one."""
    return [address for address in addresses() if not address.prefix]
