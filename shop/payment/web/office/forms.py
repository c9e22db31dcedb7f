"""Forms of the money in the office."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.common.forms import BahtField, ThaiCharField, ThaiDateField
from shop.order.models import Order
from shop.payment.models import PaymentAttempt, Refund
from shop.payment.selectors import RefundableLine, RefundablePart
from shop.payment.services.slips import plain_reference

_TOKEN = r"[0-9a-f]{32}"
_OLDEST = 366
_WHYS = [
    (why.value, why.label)
    for why in (Refund.Why.RETURNED, Refund.Why.SHORT, Refund.Why.CANCELLED, Refund.Why.PAID_TWICE, Refund.Why.OTHER)
]


class WordForm(forms.Form):
    """How something was settled, in a few words."""

    how = ThaiCharField(label=_("How was it settled?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class DecisionForm(forms.Form):
    """Accepting or returning a payment, sent once."""

    note = ThaiCharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    token = forms.RegexField(_TOKEN, widget=forms.HiddenInput)


class ReceivedForm(forms.Form):
    """The line on the account's statement: typed, so that somebody has looked."""

    received = BahtField(label=_("Amount on the statement, baht"))
    bank_date = ThaiDateField(label=_("Date on the statement"))
    bank_reference = ThaiCharField(
        label=_("Reference or time on the statement"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_bank_date(self) -> dt.date:
        """Not a day to come, nor one of another era."""
        day: dt.date = self.cleaned_data["bank_date"]
        if not clock.today() - dt.timedelta(days=_OLDEST) <= day <= clock.today():
            raise ValidationError(_("Check the date: it is still to come, or more than a year ago."))
        return day

    def clean_bank_reference(self) -> str:
        """What names the line."""
        typed = str(self.cleaned_data["bank_reference"])
        if not plain_reference(typed):
            raise ValidationError(_("Write the reference of the line, or its time when it has none."))
        return typed


class SettleForm(forms.Form):
    """Money that a person gave back."""

    ROUTES = (Refund.Route.TRANSFER.value, Refund.Route.CASH.value)

    route = forms.ChoiceField(
        label=_("How did you give it back?"),
        choices=[
            (Refund.Route.TRANSFER.value, Refund.Route.TRANSFER.label),
            (Refund.Route.CASH.value, Refund.Route.CASH.label),
        ],
        widget=forms.RadioSelect,
    )
    reference = ThaiCharField(
        label=_("Reference of the transfer, or who received the cash"),
        max_length=80,
        error_messages={"required": _("Write down the reference of the bank, or who received the cash.")},
    )
    token = forms.RegexField(_TOKEN, widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """A refund by hand that is not made after all."""

    note = ThaiCharField(label=_("Why is it not given back?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    token = forms.RegexField(_TOKEN, widget=forms.HiddenInput)


class HandInForm(forms.Form):
    """Cash that came to the market's account, as the statement of the bank has it."""

    amount = BahtField(label=_("Amount on the statement, baht"))
    reference = ThaiCharField(
        label=_("Reference or time on the statement"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    token = forms.RegexField(_TOKEN, widget=forms.HiddenInput)


class DayForm(forms.Form):
    """Which day is looked at."""

    day = ThaiDateField(label=_("Day"))


class CompareForm(DayForm):
    """Which day is compared."""

    def clean_day(self) -> dt.date:
        """Between the market's first day and today."""
        day: dt.date = self.cleaned_data["day"]
        if day > clock.today():
            raise ValidationError(_("This day is still to come."))
        first = Order.objects.order_by("date_placed").values_list("date_placed", flat=True).first()
        if day < (first.astimezone(clock.BANGKOK).date() if first else clock.today()) - dt.timedelta(days=1):
            raise ValidationError(_("The market was not open yet on this day."))
        return day


class RefundForm(forms.Form):
    """Pieces and delivery charge of an order that go back: a field for each line and each delivery."""

    why = forms.ChoiceField(label=_("Why is it given back?"), choices=_WHYS, widget=forms.RadioSelect)
    route = forms.ChoiceField(label=_("How does it go back?"), widget=forms.RadioSelect)
    note = ThaiCharField(label=_("Note for colleagues"), max_length=300, required=False)
    token = forms.RegexField(_TOKEN, widget=forms.HiddenInput)
    seen = forms.RegexField(r"[0-9a-f]{16}", widget=forms.HiddenInput)

    def __init__(self, *args: Any, parts: list[RefundablePart], attempt: PaymentAttempt | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            for line in part.lines:
                if line.left > 0:
                    self.fields[f"line-{line.pk}"] = forms.IntegerField(
                        label=line.title,
                        required=False,
                        min_value=0,
                        max_value=line.left,
                        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                    )
            if part.delivery_left > 0:
                self.fields[f"delivery-{part.pk}"] = BahtField(label=_("Delivery charge, baht"), required=False)
        by_provider = (
            [(Refund.Route.PROVIDER.value, Refund.Route.PROVIDER.label)] if attempt and attempt.provider else []
        )
        by_hand = [
            (Refund.Route.TRANSFER.value, Refund.Route.TRANSFER.label),
            (Refund.Route.CASH.value, Refund.Route.CASH.label),
        ]
        self.fields["route"].choices = by_provider + by_hand  # type: ignore[attr-defined]
        self.fields["route"].initial = (by_provider + by_hand)[0][0]

    @property
    def pieces(self) -> dict[int, int]:
        """Line → pieces that were chosen."""
        return self._chosen("line-")

    @property
    def delivery(self) -> dict[int, int]:
        """Vendor order → satang that were chosen."""
        return self._chosen("delivery-")

    def _chosen(self, prefix: str) -> dict[int, int]:
        found = {
            name.removeprefix(prefix): value for name, value in self.cleaned_data.items() if name.startswith(prefix)
        }
        return {int(key): int(value) for key, value in found.items() if value}

    @property
    def chosen(self) -> list[tuple[RefundableLine, int, int]]:
        """(line, pieces, satang that go back for them), for the last look."""
        pieces = self.pieces
        lines = [line for part in self.parts for line in part.lines]
        return [(line, pieces[line.pk], line.back_of(pieces[line.pk])) for line in lines if pieces.get(line.pk)]

    @property
    def shelves(self) -> list[tuple[RefundablePart, list[tuple[Any, Any]], Any]]:
        """(vendor order, (line, its field), the field of its delivery), for the page."""
        return [
            (
                part,
                [(line, self[f"line-{line.pk}"] if line.left > 0 else None) for line in part.lines],
                self[f"delivery-{part.pk}"] if part.delivery_left > 0 else None,
            )
            for part in self.parts
        ]
