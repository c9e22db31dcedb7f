"""Sending a file in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.common.sheets.unpacking import MEGABYTES
from vendors.models import ImportRun

_STATES = [
    ("applied", _("New groups wait for approval, each one looked at in the queue")),
    ("approved", _("New groups are approved at once; I have checked every one of them")),
]


class ImportForm(forms.Form):
    """A kind of sheet, a file, and for groups what becomes of new ones."""

    kind = forms.ChoiceField(
        label=_("What the rows are"), choices=ImportRun.Kind.choices, widget=forms.RadioSelect, required=True
    )
    groups_as = forms.ChoiceField(
        label=_("When the rows are groups"),
        choices=_STATES,
        widget=forms.RadioSelect,
        initial="applied",
        required=False,
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_("Excel workbook (.xlsx) or CSV, up to 5 MB and 20,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty. Choose another one.")},
    )

    def clean_file(self) -> Any:
        """Too heavy ones are not even kept."""
        file = self.cleaned_data["file"]
        if file.size > MEGABYTES * 1024 * 1024:
            text = _("The file has more than %(megabytes)s MB. Split it into several files.")
            raise forms.ValidationError(text, params={"megabytes": MEGABYTES})
        return file
