"""The public register of certificates: search, one page each, QR and labels. It never shows evidence or people."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from catalogue.freshness import until_midnight
from catalogue.selectors import cards, certificates_of_goods, covered, names_covered, on_sale
from shop.common import access, clock, codes
from shop.common.public import public_page
from shop.common.thai import clean_text
from shop.theme import qr
from shop.theme.meta import Data, Meta, absolute, trail_to
from vendors import selectors
from vendors.certificates import Standing, standing
from vendors.models import Certificate, CertificateEvent, CertificationScheme
from vendors.web import atlas

_PER_PAGE = 24
_GOODS = 24
_SHEETS = {"24": (3, 8), "8": (2, 4)}
"""Labels on an A4 sheet: columns and rows; 24 of 70 × 37 mm, 8 of 105 × 74 mm."""
_FILTERS = ("q", "scheme", "province", "state")
_STATES = (Standing.IN_FORCE, Standing.EXPIRED, Standing.REVOKED, Standing.NOT_YET)
_TOLD = (Certificate.State.SUBMITTED, Certificate.State.VERIFIED, Certificate.State.REVOKED)


@access.public
@require_safe
@until_midnight
@public_page(*_FILTERS, "page")
def index(request: HttpRequest) -> HttpResponse:
    """By number, product, group, scheme, province, state. A whole public code leads to its page at once."""
    chosen = {key: clean_text(request.GET.get(key, ""))[:80] for key in _FILTERS}
    text = chosen["q"]
    if codes.is_valid(text) and Certificate.objects.filter(code=codes.normalise(text)).exists():
        return redirect("vendors:certificate", codes.normalise(text))
    day = clock.today()
    rows = selectors.register(
        text=text,
        scheme=chosen["scheme"],
        province=chosen["province"],
        state=chosen["state"],
        day=day,
        also=certificates_of_goods(text) if len(text) > 1 else None,
    )
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page", "1"))
    found = list(page.object_list)
    names = names_covered([row.pk for row in found], get_language() or "th")
    context = {
        "page": page,
        "rows": [(row, standing(row, day), names.get(row.pk, [])) for row in found],
        "page_query": urlencode({key: value for key, value in chosen.items() if value}),
        "chosen": chosen,
        "meant": [] if found or not text else _meant(text),
        "schemes": CertificationScheme.objects.all(),
        "provinces": selectors.provinces_in_order(get_language() or "th"),
        "states": _STATES,
        "cacheable": True,
    }
    return render(request, "vendors/certificates.html", context)


@access.public
@require_safe
@until_midnight
@public_page()
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """One certificate as the public may see it."""
    if code != codes.normalise(code):
        return redirect("vendors:certificate", codes.normalise(code) or "-")
    found = selectors.register().filter(code=code).first()
    if found is None:
        return _unknown(request, code)
    now = standing(found, clock.today())
    goods = covered(found)
    shown = cards(on_sale().filter(pk__in=goods.values("pk")).order_by("sort_title", "pk")[:_GOODS])
    register = (gettext("Certificate register"), reverse("vendors:certificates"))
    address = absolute(reverse("vendors:certificate", args=[found.code]))
    context = {
        "certificate": found,
        "trail": trail_to(register, (found.number, request.path)),
        "meta": Meta(data=[_data(found, now, address)]),
        "standing": now,
        "in_force": now is Standing.IN_FORCE,
        "ended": now is Standing.EXPIRED,
        "begins_later": now is Standing.NOT_YET,
        "events": CertificateEvent.objects.filter(certificate=found, state__in=_TOLD),
        "covers_group": found.scope == Certificate.Scope.GROUP,
        "goods": shown,
        "others": _not_on_sale(goods, shown),
        "map": atlas.place(found.holder.province),
        "shown_code": codes.grouped(found.code, 3),
        "qr": qr.draw(_scanned(found)),
        "cacheable": True,
    }
    return render(request, "vendors/certificate.html", context)


@access.public
@require_safe
@public_page(seconds=3_600)
def qr_file(request: HttpRequest, code: str) -> HttpResponse:
    """The QR of a certificate's page as a file."""
    found = selectors.register().filter(code=codes.normalise(code)).first()
    if found is None:
        return _unknown(request, codes.normalise(code))
    answer = HttpResponse(qr.as_file(_scanned(found)), content_type="image/svg+xml")
    answer["Content-Disposition"] = f'inline; filename="certificate-{found.code}.svg"'
    return answer


@access.public
@require_safe
@until_midnight
@public_page("sheet")
def labels(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet of labels to print; only while the certificate is in force."""
    found = selectors.register().filter(code=codes.normalise(code)).first()
    if found is None:
        return _unknown(request, codes.normalise(code))
    if standing(found, clock.today()) is not Standing.IN_FORCE:
        return redirect("vendors:certificate", found.code)
    sheet = request.GET.get("sheet", "24")
    sheet = sheet if sheet in _SHEETS else "24"
    columns, rows = _SHEETS[sheet]
    context = {
        "certificate": found,
        "labels": range(columns * rows),
        "sheet": sheet,
        "sheets": list(_SHEETS),
        "shown_code": codes.grouped(found.code, 3),
        "qr": qr.draw(_scanned(found)),
        "site": settings.SITE_URL.split("://")[-1],
        "noindex": True,
        "cacheable": True,
    }
    return render(request, "vendors/certificate_labels.html", context)


def _scanned(found: Certificate) -> str:
    """What the QR holds: the Thai page, whatever language the label was printed from."""
    return f"{settings.SITE_URL}/certificates/{found.code}/"


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    """A slip of the pen is told from a code that nobody gave out."""
    context = {"shown_code": codes.grouped(code[:20], 3), "is_slip": not codes.is_valid(code), "meant": _meant(code)}
    return render(request, "vendors/certificate_unknown.html", context, status=404)


def _meant(text: str) -> list[Certificate]:
    """Registered certificates whose code is one slip away."""
    code = codes.normalise(text)
    if not 8 <= len(code) <= 10 or codes.is_valid(code):
        return []
    return list(selectors.register().filter(code__in=codes.near(code))[:3])


def _not_on_sale(goods: Any, shown: list[dict[str, Any]]) -> list[str]:
    english = (get_language() or "th").startswith("en")
    others = goods.exclude(pk__in=[card["pk"] for card in shown]).values_list("title", "title_en")[:_GOODS]
    return [(english and title_en) or title for title, title_en in others]


def _data(found: Certificate, now: Standing, address: str) -> Data:
    """schema.org's Certification; one of the demo says in its name that it is an example."""
    english = (get_language() or "th").startswith("en")
    scheme, holder = found.scheme, found.holder
    name = scheme.name_en if english else scheme.name_th
    maker = absolute(reverse("vendors:group", args=[holder.slug]))
    data: Data = {
        "@type": "Certification",
        "@id": f"{address}#certification",
        "name": f"{name} ({gettext('example')})" if found.is_demo else name,
        "url": address,
        "certificationIdentification": found.number,
        "certificationStatus": "https://schema.org/Certification"
        + ("Active" if now is Standing.IN_FORCE else "Inactive"),
        "issuedBy": {"@type": "Organization", "name": scheme.issuer_en if english else scheme.issuer_th},
        "validFrom": found.issued_on.isoformat(),
        "about": {
            "@type": "Organization",
            "@id": f"{maker}#group",
            "name": (english and holder.name_en) or holder.name_th,
            "url": maker,
        },
    }
    if found.expires_on:
        data["expires"] = found.expires_on.isoformat()
    if found.verified_at:
        data["auditDate"] = found.verified_at.date().isoformat()
    return data
