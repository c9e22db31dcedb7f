"""The form of a transfer's slip: the picture, and what the buyer reads on it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media.models import PrivateFile
from media.services.private import PRIVATE_MEGABYTES, store_private_file
from shop.common import clock
from shop.common.errors import MarketError
from shop.common.forms import BahtField, ThaiCharField, ThaiDateField
from shop.common.thai import arabic_digits
from shop.common.web.limits import within
from shop.order.models import Order

MOST_SLIPS, MOST_OF_ADDRESS = 20, 400
"""Pictures that a visitor may send for one order within an hour; and for all, as thousands of phones share one address."""
_EARLIEST = 366
_KEPT_SECONDS = 3600
_CLOCK = re.compile(r"(\d{1,2})\s*[:.]\s*(\d{2})(?:\s*[:.]\s*\d{2})?\s*(?:น\.?)?")
_signer = signing.TimestampSigner(salt="market.payment.slip")


class _AskedFile(forms.FileField):
    """Asked for, but judged by `Upload`: a picture that was sent before already counts."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return data


class SlipForm(forms.Form):
    """All but the picture may be left out; staff find the money sooner with it."""

    file = _AskedFile(
        label=gettext_lazy("Picture of the slip"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    paid = BahtField(
        label=gettext_lazy("Amount on the slip"),
        required=False,
        error_messages={"number": gettext_lazy("Write the amount as a number, for example 1,355.00.")},
    )
    paid_on = ThaiDateField(label=gettext_lazy("Day of the transfer"), required=False)
    paid_time = ThaiCharField(
        label=gettext_lazy("Time of the transfer"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"placeholder": "14:30", "autocomplete": "off"}),
    )
    bank_reference = ThaiCharField(
        label=gettext_lazy("Reference on the slip"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    use_required_attribute = False  # the browser would keep a picture that was sent before from being sent again

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "The picture that your bank's app has saved, or a photo: JPEG, PNG, WebP or PDF, up to %(megabytes)s MB."
        ) % {"megabytes": PRIVATE_MEGABYTES}

    def clean_paid_time(self) -> dt.time | None:
        """14:30, 14.30 น., ๑๔:๓๐."""
        typed = arabic_digits(self.cleaned_data["paid_time"]).strip()
        if not typed:
            return None
        match = _CLOCK.fullmatch(typed)
        if match is None or int(match[1]) > 23 or int(match[2]) > 59:
            raise ValidationError(_("Write the time as on the slip, for example 14:30."))
        return dt.time(int(match[1]), int(match[2]))

    def clean_paid_on(self) -> dt.date | None:
        """Not a day that is still to come."""
        day: dt.date | None = self.cleaned_data["paid_on"]
        if day is not None and day > clock.today():
            raise ValidationError(_("This day is still to come. Check the date on the slip."))
        if day is not None and day < clock.today() - dt.timedelta(days=_EARLIEST):
            raise ValidationError(_("This day is more than a year ago. Check the date on the slip."))
        return day

    @property
    def paid_at(self) -> dt.datetime | None:
        """Day and time together; without a time the day's noon, without a day nothing."""
        day, time = self.cleaned_data.get("paid_on"), self.cleaned_data.get("paid_time")
        return dt.datetime.combine(day, time or dt.time(12), tzinfo=clock.BANGKOK) if day else None


class Upload:
    """The picture of one sending: kept before anything else is judged, so that it need not be chosen again."""

    def __init__(self, request: HttpRequest, order: Order, form: SlipForm) -> None:
        self._order = order.pk
        self.file = _kept(request, order)
        sent = request.FILES.get("file")
        if sent is None:
            if self.file is None:
                form.add_error("file", _("Choose the picture of the slip."))
            return
        self.file = None
        fair = within(request, f"slip:{order.pk}", most=MOST_SLIPS, seconds=3600)
        if not fair or not within(request, "slip", most=MOST_OF_ADDRESS, seconds=3600):
            form.add_error("file", _("Too many files within one hour. Please try again later."))
            return
        try:
            self.file = store_private_file(file=sent, by=request.user, folder="slips")
        except MarketError as refusal:
            form.add_error("file", refusal.text)

    @property
    def token(self) -> str:
        """Keeps the picture through another sending of the form of this order."""
        return _signer.sign_object([self.file.pk, self._order]) if self.file else ""


def _kept(request: HttpRequest, order: Order) -> PrivateFile | None:
    try:
        pk, owner = _signer.unsign_object(request.POST.get("kept", ""), max_age=_KEPT_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return PrivateFile.objects.filter(pk=pk).first() if owner == order.pk else None
