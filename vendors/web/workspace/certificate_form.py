"""The form of a certificate: what is printed on it, what it covers, and the photo. Nothing typed is lost to an error."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from catalogue.cover import goods_of
from catalogue.services import write_paper
from media.models import PrivateFile
from media.services import PRIVATE_MEGABYTES, store_private_file
from shop.common import clock
from shop.common.errors import MarketError
from shop.common.forms import ThaiCharField, ThaiDateField
from shop.common.web.limits import within
from vendors import errors
from vendors.certificates import check_dates, doubts
from vendors.models import Certificate, CertificationScheme, Organisation
from vendors.services import Paper
from vendors.services.certificates import check_number

ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"
_FOLDER = "evidence"
_signer = signing.TimestampSigner(salt="vendors.evidence")
_KEPT_SECONDS = 24 * 3600
_MOST_UPLOADS = 60
_FIELD_OF: dict[type[MarketError], str] = {
    errors.NumberNotValid: "number",
    errors.AlreadyThere: "number",
    errors.IssuedInFuture: "issued_on",
    errors.IssuedLongAgo: "issued_on",
    errors.DatesNotValid: "expires_on",
    errors.EndedAlready: "expires_on",
    errors.EvidenceMissing: "evidence",
}


class _AskedFile(forms.FileField):
    """Asked for, but judged by the form: a file that is there already counts, and a draft may wait for it."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return data


class _AskedGoods(forms.TypedMultipleChoiceField):
    """The same for goods: asked for unless the whole group is covered."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class CertificateForm(forms.Form):
    """One certificate of one scheme. `hand_in` asks for everything an officer needs; a draft needs less."""

    number = ThaiCharField(label=_("Number as printed"), max_length=80)
    issued_on = ThaiDateField(label=_("Issued on"))
    expires_on = ThaiDateField(label=_("Last day in force"), required=False)
    scope = forms.ChoiceField(
        label=_("What does it cover?"), choices=Certificate.Scope.choices, widget=forms.RadioSelect
    )
    products = _AskedGoods(label=_("Products it names"), coerce=int, widget=forms.CheckboxSelectMultiple)
    evidence = _AskedFile(
        label=_("Photo or PDF of the certificate"), widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )
    sure = forms.BooleanField(label=_("Days"), required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    use_required_attribute = False  # the browser would keep a draft, or a kept photo, from being sent

    def __init__(
        self, *args: Any, scheme: CertificationScheme, holder: Organisation, hand_in: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.scheme, self.holder, self.hand_in = scheme, holder, hand_in
        self.asked: list[str] = []
        english = (get_language() or "th").startswith("en")
        goods = goods_of(holder).values_list("pk", "title", "title_en")
        products: Any = self.fields["products"]
        products.choices = [(pk, (english and title_en) or title) for pk, title, title_en in goods]
        self._hints()

    def _hints(self) -> None:
        if self.scheme.number_example:
            self.fields["number"].help_text = gettext("For example %(example)s; Thai digits and blanks do no harm.") % {
                "example": self.scheme.number_example
            }
        self.fields["issued_on"].help_text = gettext(
            "Day/month/year, Buddhist Era or Gregorian: 5/12/2569 or 5/12/2026"
        )
        usual = self.scheme.validity_years
        self.fields["expires_on"].help_text = (
            gettext("Usually %(years)s years after the day of issue; take what is printed.") % {"years": usual}
            if usual
            else gettext("Leave empty if none is printed.")
        )
        self.fields["evidence"].help_text = gettext(
            "JPEG, PNG, WebP or PDF, up to %(megabytes)s MB. Number and dates must be readable. Only your group and the "
            "officers see it."
        ) % {"megabytes": PRIVATE_MEGABYTES}

    def clean(self) -> dict[str, Any]:
        """The rules of the room, each said at the field that it is about; services ask them again."""
        data = super().clean() or {}
        number, issued, ends = data.get("number"), data.get("issued_on"), data.get("expires_on")
        if number:
            self._ask(lambda: check_number(self.scheme, number))
        if issued and "expires_on" not in self.errors:
            self._ask(lambda: check_dates(issued_on=issued, expires_on=ends, today=clock.today()))
        if issued and not self.errors.keys() & {"issued_on", "expires_on"}:
            self.asked = doubts(self.scheme, issued_on=issued, expires_on=ends)
        if self.hand_in:
            if self.asked and not data.get("sure"):
                self.add_error("sure", gettext("Look at the dates once more, and tick if they are right."))
            if data.get("scope") == Certificate.Scope.PRODUCTS and not data.get("products"):
                self.add_error("products", gettext("Choose at least one product, or the whole group."))
        return data

    def _ask(self, rule: Any) -> None:
        try:
            rule()
        except MarketError as refusal:
            self.refuse(refusal)

    def refuse(self, refusal: MarketError) -> None:
        """Says why a service refused, at the field that it is about."""
        self.add_error(_FIELD_OF.get(type(refusal)), refusal.text)

    def paper(self) -> Paper:
        """What is printed, once the form is valid."""
        data = self.cleaned_data
        return Paper(self.scheme, data["number"], data["issued_on"], data["expires_on"], data["scope"])


def initial_of(certificate: Certificate, *, renewing: bool = False) -> dict[str, Any]:
    """A form filled from a certificate; a renewal has days and a photo of its own."""
    values: dict[str, Any] = {
        "number": certificate.number,
        "scope": certificate.scope,
        "products": list(certificate.product_links.values_list("product_id", flat=True)),  # type: ignore[attr-defined]
    }
    if renewing:
        return values
    return {
        **values,
        "issued_on": certificate.issued_on,
        "expires_on": certificate.expires_on,
        "seen": certificate.version,
    }


class Upload:
    """The photo of one sending: stored before anything else is judged, so that it need not be chosen again."""

    def __init__(self, request: HttpRequest, form: CertificateForm, known: PrivateFile | None) -> None:
        self.known, self.fresh = known, _kept(request)
        file = request.FILES.get("evidence")
        if file is None:
            return
        if not within(request, "evidence", most=_MOST_UPLOADS, seconds=3600):
            form.add_error("evidence", gettext("Too many files within one hour. Please try again later."))
            return
        try:
            self.fresh = store_private_file(file=file, by=request.user, folder=_FOLDER)
        except MarketError as refusal:
            form.add_error("evidence", refusal.text)

    @property
    def file(self) -> PrivateFile | None:
        """What would be handed in now."""
        return self.fresh or self.known

    @property
    def token(self) -> str:
        """Keeps the file through another sending of the form; worth nothing to anybody else."""
        return _signer.sign_object([self.fresh.pk, self.fresh.uploaded_by_id]) if self.fresh else ""


def _kept(request: HttpRequest) -> PrivateFile | None:
    try:
        pk, owner = _signer.unsign_object(request.POST.get("kept", ""), max_age=_KEPT_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if owner != request.user.pk:
        return None
    return PrivateFile.objects.filter(pk=pk, uploaded_by_id=owner).first()


def save(
    request: HttpRequest, form: CertificateForm, upload: Upload, certificate: Certificate | None,
    renews: Certificate | None,
) -> Certificate | None:  # fmt: skip
    """Writes what was sent; None when the form says why not."""
    if form.hand_in and upload.file is None and "evidence" not in form.errors:
        form.refuse(errors.EvidenceMissing())
    if not form.is_valid():
        return None
    data = form.cleaned_data
    try:
        return write_paper(
            holder=form.holder,
            paper=form.paper(),
            products=data["products"],
            evidence=upload.fresh,
            by=request.user,
            certificate=certificate,
            seen=data["seen"] if certificate else None,
            renews=renews,
            hand_in=form.hand_in,
            sure=data["sure"],
        )
    except MarketError as refusal:
        form.refuse(refusal)
        return None
