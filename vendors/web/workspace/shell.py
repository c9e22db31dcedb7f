"""What every page of a workspace shows around its own words: whose it is, the menu, the switcher, in whose place one acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext

from vendors.models import Organisation
from vendors.policies import acts_through, workspace_keys, workspaces_of
from vendors.web.workspace.registry import entries_for

MOST_SHOWN = 12
"""Organisations that the switcher names; the others are on the first page of the workspace."""


@dataclass(frozen=True)
class Link:
    """One entry of the menu."""

    title: str | Promise
    url: str
    here: bool


@dataclass(frozen=True)
class Shell:
    """The frame of one workspace page. `through` is the organisation by whose grant the person acts."""

    organisation: Organisation
    menu: list[Link]
    others: list[Organisation]
    has_more: bool
    through: Organisation | None
    person: str
    stopped: str
    """Why nothing is sold; empty while it may sell."""


def shell_of(request: HttpRequest, organisation: Organisation) -> Shell:
    """One query for who serves several organisations, none for others; a second one where very many hide the own one."""
    user: Any = request.user
    own = list(workspaces_of(user)[: MOST_SHOWN + 1]) if len(workspace_keys(user)) > 1 else []
    return Shell(
        organisation=organisation,
        menu=_menu(request, organisation),
        others=[each for each in own if each.pk != organisation.pk][:MOST_SHOWN],
        has_more=len(own) > MOST_SHOWN,
        through=_through(user, organisation, own),
        person=user.get_full_name() or user.email,
        stopped=_stopped(organisation),
    )


def _stopped(organisation: Organisation) -> str:
    if organisation.state == Organisation.State.CLOSED:
        return gettext(
            "This group is closed: nothing is sold and nothing new is handed in. What was, stands here to be read."
        )
    if organisation.state == Organisation.State.SUSPENDED:
        return gettext("This group is suspended: its goods are off sale until the officer lifts it.")
    return ""


def _menu(request: HttpRequest, organisation: Organisation) -> list[Link]:
    entries = [(entry.title, entry.address(organisation)) for entry in entries_for(organisation, request.user)]
    fitting = [url for _title, url in entries if request.path.startswith(url)]
    here = max(fitting, key=len, default="")
    return [Link(title, url, url == here) for title, url in entries]


def _through(user: Any, organisation: Organisation, own: list[Organisation]) -> Organisation | None:
    key = acts_through(user, organisation)
    if key is None:
        return None
    return next((each for each in own if each.pk == key), None) or Organisation.objects.filter(pk=key).first()
