"""Who may use which address. Every view declares it; an undeclared one answers 404, and a test walks every address.

    @access.public
    @access.signed_in
    @access.members()                    a member of any organisation (the view then asks a policy for the object)
    @access.staff("officer", "editor")   these kinds of the department's people
    @access.administrators
    @access.machine                      signed machines (webhooks)

The declaration is the coarse door ("which kind of visitor"); policies decide about each object. Sets of foreign
addresses (allauth, Wagtail, Oscar's dashboard) are declared by their prefix with `declare_prefix`.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

View = TypeVar("View", bound=Any)


class Kind(enum.StrEnum):
    """The eight kinds of visitor of every rights table (design §3)."""

    ANONYMOUS = "anonymous"
    BUYER = "buyer"
    GROUP_MEMBER = "group_member"
    COOPERATIVE_MEMBER = "cooperative_member"
    HUB_PACKER = "hub_packer"
    OFFICER = "officer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


EVERYBODY = frozenset(Kind)
SIGNED_IN = EVERYBODY - {Kind.ANONYMOUS}
MEMBERS = frozenset({Kind.GROUP_MEMBER, Kind.COOPERATIVE_MEMBER, Kind.HUB_PACKER})


@dataclass(frozen=True)
class Rule:
    """The kinds that may enter."""

    name: str
    kinds: frozenset[Kind]


PUBLIC = Rule("public", EVERYBODY)
ATTRIBUTE = "market_access"
_prefixes: list[tuple[str, Rule]] = []
_kinds_of: list[Callable[[Any], set[Kind]]] = []


def declare(rule: Rule) -> Callable[[View], View]:
    """Writes `rule` on a view function or class."""

    def mark(view: View) -> View:
        setattr(view, ATTRIBUTE, rule)
        return view

    return mark


public = declare(PUBLIC)
machine = declare(Rule("machine", EVERYBODY))
signed_in = declare(Rule("signed_in", SIGNED_IN))
administrators = declare(Rule("administrators", frozenset({Kind.ADMINISTRATOR})))


def members(*kinds: str) -> Callable[[View], View]:
    """Members of organisations of the tree (all of them, or the named kinds) and administrators."""
    chosen = frozenset(Kind(kind) for kind in kinds) or MEMBERS
    return declare(Rule("members", chosen | {Kind.ADMINISTRATOR}))


def staff(*kinds: str) -> Callable[[View], View]:
    """People of the department (officers and editors, or the named ones) and administrators."""
    chosen = frozenset(Kind(kind) for kind in kinds) or frozenset({Kind.OFFICER, Kind.EDITOR})
    return declare(Rule("staff", chosen | {Kind.ADMINISTRATOR}))


def declare_prefix(prefix: str, rule: Rule) -> None:
    """Declares all addresses below `prefix` (no leading slash), for views that are not ours."""
    _prefixes.append((prefix, rule))


def prefixes() -> list[tuple[str, Rule]]:
    """The declared sets of foreign addresses."""
    return list(_prefixes)


def kinds_source(source: Callable[[Any], set[Kind]]) -> Callable[[Any], set[Kind]]:
    """A room that knows people (vendors) registers how to tell a user's kinds."""
    if source not in _kinds_of:
        _kinds_of.append(source)
    return source


def kinds_of(user: Any) -> set[Kind]:
    """All kinds of visitor that `user` is at once; computed on each request, so a removal counts on the next."""
    if not user.is_authenticated or not user.is_active:
        return {Kind.ANONYMOUS}
    kinds = {Kind.BUYER}
    if user.is_superuser:
        kinds.add(Kind.ADMINISTRATOR)
    for source in _kinds_of:
        kinds |= source(user)
    return kinds


def rule_for(view: Any, path: str) -> Rule | None:
    """The rule of a resolved view: its own mark, its class's, or that of its prefix."""
    for candidate in (view, getattr(view, "view_class", None), getattr(view, "__wrapped__", None)):
        rule = getattr(candidate, ATTRIBUTE, None)
        if rule is not None:
            return rule  # type: ignore[no-any-return]
    for prefix, rule in _prefixes:
        if path.startswith(prefix):
            return rule
    return None


class AccessMiddleware:
    """Keeps the declarations: anonymous visitors are led to the login, everybody else not entitled sees a 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        path = request.path_info.lstrip("/").removeprefix("en/")
        rule = rule_for(view, path)
        if rule is None:
            raise Http404("undeclared address")
        if rule.kinds == EVERYBODY:
            return None
        if kinds_of(request.user) & rule.kinds:
            return None
        if not request.user.is_authenticated:
            query = urlencode({"next": request.get_full_path()})
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
        raise Http404("not for this kind of visitor")
