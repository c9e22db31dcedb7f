"""What a rule of shares is asked for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import Category
from shop.common import clock
from shop.common.forms import BahtField, PercentField, ThaiDateField
from shop.order.models import ShareRule
from vendors.models import Organisation, Region

_MOST_PERCENT = Decimal(ShareRule.MOST_BASIS_POINTS) / 100


class RuleForm(forms.Form):
    """Who gets what, where, from which day on. Of percent and baht exactly one."""

    payee = forms.ChoiceField(label=_("Who gets it"), choices=ShareRule.Payee.choices)
    percent = PercentField(label=_("Percent of the goods"), required=False, most=_MOST_PERCENT)
    fixed = BahtField(label=_("Or baht for each parcel"), required=False)
    scope = forms.ChoiceField(label=_("Where it counts"), choices=ShareRule.Scope.choices)
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.order_by("position"), required=False)
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.order_by("path"), required=False)
    organisation = forms.CharField(
        label=_("Public code of the organisation"),
        required=False,
        max_length=12,
        help_text=_("It stands on the organisation's page in the office."),
    )
    valid_from = ThaiDateField(label=_("From day"))

    def clean_organisation(self) -> Organisation | None:
        """Found by its public code."""
        code = self.cleaned_data["organisation"].strip()
        found = Organisation.objects.filter(code__iexact=code).first() if code else None
        if code and found is None:
            raise forms.ValidationError(_("There is no organisation with this code."))
        return found

    def clean(self) -> dict[str, Any]:
        """One amount, and exactly the thing that the scope speaks of."""
        found: dict[str, Any] = super().clean() or {}
        given = [name for name in ("percent", "fixed") if found.get(name) is not None]
        if len(given) != 1 and not {"percent", "fixed"} & self.errors.keys():
            self.add_error("percent", _("Write either a percentage or an amount for each parcel."))
        if (found.get("fixed") or 0) > ShareRule.MOST_FIXED_SATANG:
            self.add_error("fixed", _("At most 100 baht for each parcel."))
        scope = found.get("scope")
        for name in ("region", "category", "organisation"):
            if name == scope and not found.get(name) and name not in self.errors:
                self.add_error(name, _("Say which one."))
            elif name != scope:
                found[name] = None
        return found

    def rule(self) -> ShareRule:
        """What was asked for, not saved."""
        data = self.cleaned_data
        percent = data["percent"]
        return ShareRule(
            payee=data["payee"],
            basis_points=None if percent is None else int(percent * 100),
            fixed_satang=data["fixed"],
            scope=data["scope"],
            region=data["region"],
            category=data["category"],
            organisation=data["organisation"],
            valid_from=data["valid_from"],
        )


class LastDayForm(forms.Form):
    """Until which day a rule counts."""

    last_day = ThaiDateField(label=_("Last day"))

    @staticmethod
    def usual() -> dt.date:
        """Today."""
        return clock.today()
