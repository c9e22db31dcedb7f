"""What the catalogue does when certificates or groups change: the interval of sale, in the same transaction."""

from __future__ import annotations

from django.db.models import Q

from catalogue import (
    jobs,  # noqa: F401  (registers the jobs)
    letters,  # noqa: F401  (follows the news)
    shelves,
)
from catalogue.models import Product
from catalogue.services.refresh import products_touched_by_certificate, refresh_sale, refresh_sale_of_group
from shop.theme.slots import register_slot
from vendors import events
from vendors.models import Certificate, Organisation, Province

register_slot("categories", shelves.category_links)


@events.certificate_changed.register
def certificate_moves_sale(certificate: Certificate) -> None:
    """Verified, revoked or changed dates: its products follow."""
    whole = certificate.scope == Certificate.Scope.GROUP
    refresh_sale(products_touched_by_certificate(certificate.pk, certificate.holder_id, whole_group=whole))


@events.group_state_changed.register
def state_moves_sale(group: Organisation) -> None:
    """Suspension takes all goods of a group off sale, lifting it puts them back."""
    if group.kind == Organisation.Kind.GROUP:
        refresh_sale_of_group(group.pk)


@events.province_moved.register
def region_follows_province(province: Province) -> None:
    """A province in another region takes its goods along in filters and listings."""
    its_own = Q(province=province) | Q(province=None, group__province=province)
    refresh_sale(Product.objects.filter(its_own).values_list("pk", flat=True))
