"""What the catalogue does when certificates or groups change: the interval of sale, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from catalogue import (
    jobs,  # noqa: F401  (registers the jobs)
    letters,  # noqa: F401  (follows the news)
    shelves,
)
from catalogue.models import GoodsDraft, Lot, Product, ProductEvent
from catalogue.selectors import waiting_for_officer
from catalogue.services.refresh import products_touched_by_certificate, refresh_sale, refresh_sale_of_group
from catalogue.services.review import hold_product
from catalogue.services.sections import waiting_edit
from shop.common import codes, versions
from shop.common.outbox import subscribe
from shop.people.events import Departure, person_left
from shop.theme.slots import register_slot
from vendors import events, history, mails
from vendors.models import Certificate, Membership, Organisation, Province

history.register({f"goods.{act.value}": act.label for act in ProductEvent.Act})
history.register({"certificate.covers": _("Named a product that a certificate covers")})
history.register({"lot.entered": _("Entered a lot"), "lot.recalled": _("Lot recalled")})
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


@person_left.register
def drop_drafts(departure: Departure) -> None:
    """What the person had begun to type about new goods goes; what was saved is the group's."""
    departure.removed["goods_drafts"], _rows = GoodsDraft.objects.filter(by=departure.user).delete()


@events.province_moved.register
def region_follows_province(province: Province) -> None:
    """A province in another region takes its goods along in filters and listings."""
    its_own = Q(province=province) | Q(province=None, group__province=province)
    refresh_sale(Product.objects.filter(its_own).values_list("pk", flat=True))


@receiver(post_save, sender=Product)
def held_goods_leave_sale(instance: Product, **facts: Any) -> None:
    """Whoever saved the text, Oscar's dashboard included: pages follow, and what an officer must look at is not sold."""
    versions.bump()
    if instance.newly_held:
        hold_product(product=instance)


@subscribe("goods.decided")
def tell_group_of_decision(payload: dict[str, Any]) -> None:
    """The officer's word and reason, to those who write the group's goods."""
    product = Product.objects.select_related("group").filter(pk=payload["product"]).first()
    if product is None or product.group is None:
        return
    mails.to_members(
        organisation=product.group,
        template="goods_decided",
        roles=(Membership.Role.MANAGER, Membership.Role.EDITOR),
        product=product,
        act=payload["act"],
        decision=ProductEvent.Act(payload["act"]).label,
        reason=payload["reason"],
        link=f"{settings.SITE_URL}/workspace/{product.group.slug}/goods/",
    )


@subscribe("goods.waiting")
def tell_officers_of_goods(payload: dict[str, Any]) -> None:
    """Something waits for an officer of the group's province; nothing is sent when it was decided meanwhile."""
    product = waiting_for_officer(payload["product"])
    if product is not None and product.group is not None:
        link = f"{settings.SITE_URL}/office/goods/{product.pk}/"
        edit = waiting_edit(product)
        only = product.review != Product.Review.WAITING and not product.exemptions.filter(state="asked").exists()
        facts = {"product": product, "link": link, "edit": edit if only else None}
        mails.to_officers(organisation=product.group, template="goods_waiting", **facts)


@subscribe("lot.recalled")
def tell_group_of_recall(payload: dict[str, Any]) -> None:
    """The group hears of it at once: what it still has of the lot must not be packed."""
    lot = Lot.objects.select_related("product__group").filter(pk=payload["lot"]).first()
    if lot is not None and lot.product.group is not None:
        mails.to_members(
            organisation=lot.product.group,
            template="lot_recalled",
            roles=(Membership.Role.MANAGER, Membership.Role.EDITOR, Membership.Role.PACKER),
            lot=lot,
            lot_code=codes.grouped(lot.code, 3),
            link=f"{settings.SITE_URL}/trace/{lot.code}/",
        )
