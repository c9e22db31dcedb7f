"""Which province lies in which region. An administrator may move one, with its network and everything below."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from shop.common import access
from shop.common.access import Kind
from shop.common.errors import MarketError
from shop.office.web import registry
from vendors import selectors, services
from vendors.models import Province, Region


@access.administrators
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The regions with their provinces."""
    return render(request, "office/regions.html", {"regions": selectors.provinces_by_region()})


@access.administrators
@require_http_methods(["GET", "POST"])
def province(request: HttpRequest, code: str) -> HttpResponse:
    """Where a province lies, what would move with it, and the choice."""
    found = get_object_or_404(Province.objects.select_related("region"), pk=code)
    regions = list(Region.objects.all())
    refusal = ""
    if request.method == "POST":
        target = next((region for region in regions if region.pk == request.POST.get("region", "")), None)
        if target is None:
            refusal = _("Choose a region.")
        else:
            try:
                number = services.move_province(province=found, region=target, by=request.user)
                messages.success(request, _("Done. Organisations there now: %(number)s") % {"number": f"{number:,}"})
                return redirect("office_people:regions")
            except MarketError as error:
                refusal = error.text
    context = {
        "province": found,
        "regions": regions,
        "below": selectors.kinds_in_province(found),
        "refusal": refusal,
    }
    return render(request, "office/region_of.html", context, status=422 if refusal else 200)


registry.register(
    registry.Entry(
        title=gettext_lazy("Provinces and regions"),
        address=lambda: reverse("office_people:regions"),
        kinds=frozenset({Kind.ADMINISTRATOR}),
    )
)
