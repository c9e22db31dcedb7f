"""`{% workspace_shell as shell %}`: the frame of a workspace page, for workspace/base.html alone."""

from __future__ import annotations

from typing import Any

from django import template

from vendors.web.workspace.shell import Shell, shell_of

register = template.Library()


@register.simple_tag(takes_context=True)
def workspace_shell(context: dict[str, Any]) -> Shell:
    """The frame for `organisation` of the page's context."""
    return shell_of(context["request"], context["organisation"])
