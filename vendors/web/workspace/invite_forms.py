"""Forms about the people of an organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vendors.models import Membership, Organisation
from vendors.services.people import roles_in


class InviteForm(forms.Form):
    """Whom to ask by e-mail, and as what."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The letter goes there. Only an account with this address can accept."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = role_choices(organisation)


def role_choices(organisation: Organisation) -> list[tuple[str, Any]]:
    """The roles of an organisation, the usual one first: nobody becomes a manager by not choosing."""
    roles = [Membership.Role(role) for role in roles_in(organisation)]
    ordered = [role for role in roles if role != Membership.Role.MANAGER] + [Membership.Role.MANAGER]
    return [("", _("Choose a role")), *((role.value, role.label) for role in ordered)]
