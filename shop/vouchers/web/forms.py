"""What a voucher is made from; every field that may stay empty says what that means."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.common.forms import BahtField, CountField, PercentField, ThaiCharField, ThaiDateField
from shop.vouchers.models import Voucher
from shop.vouchers.services import Terms, latest_day
from vendors.models import Organisation


class VoucherForm(forms.Form):
    """Of a group: for its own goods, at its own cost."""

    code = ThaiCharField(
        label=_("Code"),
        max_length=40,
        help_text=_("What buyers type: 4 to 20 letters A–Z and digits, for example SONGKRAN69."),
    )
    what = ThaiCharField(label=_("What for"), max_length=120)
    kind = forms.ChoiceField(label=_("Discount"), choices=Voucher.Kind.choices)
    percent = PercentField(label=_("Percent"), required=False, help_text=_("At most 50."))
    amount = BahtField(
        label=_("Discount in baht"),
        required=False,
        help_text=_(
            "Of goods that cost less than twice as much it takes half of their price: a voucher of 100 baht takes 40 off goods of 80."
        ),
    )
    most = BahtField(label=_("Of a percentage at most, in baht"), required=False)
    least = BahtField(label=_("From goods of so many baht on"), required=False)
    valid_from = ThaiDateField(label=_("From"))
    valid_until = ThaiDateField(label=_("Until (last day)"))
    most_uses = CountField(
        label=_("How often in all"),
        least=1,
        required=False,
        help_text=_("1 is a voucher for one order. Empty: as often as its discounts together allow."),
    )
    most_per_buyer = CountField(
        label=_("How often one buyer"),
        least=1,
        most=1_000,
        required=False,
        initial=1,
        help_text=_("Empty: no limit."),
    )
    budget = BahtField(
        label=_("All discounts together at most, in baht"),
        required=False,
        help_text=_("Empty: only how often limits it. At least one of the two is needed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ThaiDateField):
                field.latest = latest_day()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needed = "percent" if data.get("kind") == Voucher.Kind.PERCENT else "amount"
        if needed not in self.errors and not data.get(needed):
            self.add_error(needed, ValidationError(_("Enter how much it takes off.")))
        return data

    def terms(self) -> Terms:
        """What was typed, for the service."""
        data = self.cleaned_data
        is_percent = data["kind"] == Voucher.Kind.PERCENT
        return Terms(
            code=data["code"],
            what=data["what"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
            basis_points=int(data["percent"] * 100) if is_percent else None,
            amount_satang=None if is_percent else data["amount"],
            most_satang=data.get("most") or None,
            least_satang=data.get("least") or 0,
            most_uses=data["most_uses"],
            most_per_buyer=data["most_per_buyer"],
            budget_satang=data.get("budget") or None,
        )


class FundVoucherForm(VoucherForm):
    """Of the fund: out of whose part, whose goods, and the document."""

    network = forms.ModelChoiceField(
        label=_("Out of whose part of the fund"),
        queryset=Organisation.objects.filter(kind__in=Organisation.NETWORKS).order_by("path"),
    )
    group = forms.ModelChoiceField(
        label=_("Whose goods"),
        required=False,
        empty_label=_("Goods of all groups"),
        queryset=Organisation.objects.filter(kind=Organisation.Kind.GROUP, state="approved").order_by("sort_name"),
    )
    document_number = ThaiCharField(label=_("Number of the document"), max_length=60)
    file = forms.FileField(
        label=_("The document (PDF or photo)"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["percent"].help_text = ""
        self.fields["amount"].help_text = _("Goods that cost less are then free: their whole price is taken off.")
        self.fields["budget"].required = True
        self.fields["budget"].help_text = _(
            "Set aside from the fund once a second person approves it; what is left comes back."
        )
