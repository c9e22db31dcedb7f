"""Forms about the people of the department's offices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vendors import members
from vendors.models import Organisation
from vendors.web.workspace.invite_forms import InviteForm, role_choices


class OfficeInviteForm(InviteForm):
    """Whom to ask, as what, and for which office."""

    organisation: Any = forms.ModelChoiceField(
        label=_("Office"), queryset=Organisation.objects.none(), empty_label=_("Choose an office")
    )
    field_order = ["email", "organisation", "role"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].queryset = members.offices()
        fields["role"].choices = role_choices(Organisation(kind=Organisation.Kind.OFFICE))
