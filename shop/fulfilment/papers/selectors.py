"""Reading papers: what was asked for at a hub, and the one door to a file."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from shop.common import clock
from shop.fulfilment.models import PaperRun
from shop.fulfilment.papers.services import NAMED, open_until
from vendors.models import Place


def runs_of(hub: Place, user: Any) -> QuerySet[PaperRun]:
    """What this person may open of a hub's papers, the newest first: those with buyers' names are their own alone."""
    rows = PaperRun.objects.filter(place=hub).select_related("by")
    return rows.filter(~Q(kind__in=NAMED) | Q(by=user)).order_by("-created_at", "-pk")


def run_or_404(hub: Place, user: Any, code: str) -> PaperRun:
    """The one door to a paper; what is too old looks like not there."""
    run = runs_of(hub, user).filter(code=code).first()
    if run is None or clock.now() >= open_until(run):
        raise Http404("no such paper")
    return run
