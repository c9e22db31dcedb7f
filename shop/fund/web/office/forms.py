"""What a spending of the fund is asked for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.common.forms import BahtField, ThaiCharField
from shop.fund.models import Spending
from vendors.models import Organisation

ORGANISATION, PERSON = "organisation", "person"


class SpendingForm(forms.Form):
    """Purpose, sum, payee and the document that proves it: nothing may be left out."""

    network = forms.ModelChoiceField(
        label=_("Out of whose part of the fund"),
        queryset=Organisation.objects.filter(kind__in=Organisation.NETWORKS).order_by("path"),
        help_text=_("A network disposes of its own part and of those below it."),
    )
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Spending.Purpose.choices)
    what = ThaiCharField(
        label=_("What for"),
        max_length=200,
        help_text=_(
            "This is published word for word, on the page of the fund and in its sheet. Write no names of private persons."
        ),
    )
    amount = BahtField(label=_("Amount in baht"))
    payee_name = ThaiCharField(label=_("Paid to"), max_length=160)
    payee = forms.ChoiceField(
        label=_("Who is paid?"),
        choices=[
            (ORGANISATION, _("An organisation or a shop: its name is published")),
            (PERSON, _("A private person: the public books do not name them")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether an organisation or a private person is paid.")},
    )
    document_number = ThaiCharField(label=_("Number of the document"), max_length=60)
    file = forms.FileField(
        label=_("The document (PDF or photo)"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )


class DecisionForm(forms.Form):
    """Yes, or no with a reason."""

    decision = forms.ChoiceField(label=_("Decision"), choices=[("approve", _("Approve")), ("refuse", _("Refuse"))])
    reason = ThaiCharField(label=_("Reason"), max_length=200, required=False)
