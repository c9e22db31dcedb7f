"""Sending a file in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.common.forms import SheetField
from vendors.sheets.kinds import office_choices

_STATES = [
    ("applied", _("New groups wait for approval, each one looked at in the queue")),
    ("approved", _("New groups are approved at once; I have checked every one of them")),
]


class ImportForm(forms.Form):
    """A kind of sheet, a file, and for groups what becomes of new ones."""

    kind = forms.ChoiceField(
        label=_("What the rows are"), choices=office_choices, widget=forms.RadioSelect, required=True
    )
    groups_as = forms.ChoiceField(
        label=_("When the rows are groups"),
        choices=_STATES,
        widget=forms.RadioSelect,
        initial="applied",
        required=False,
    )
    file = SheetField(label=_("The file"), help_text=_("Excel workbook (.xlsx) or CSV, up to 5 MB and 20,000 rows."))
