"""The embedded index is written in the transaction of the change itself, for what people wait for: a good that is published or
edited, a group's approval, a certificate, a story. Whatever else changes is noted by triggers and followed within seconds.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from catalogue import events as goods
from catalogue.models import Product
from search.documents import kind_of_page
from search.models import Boost, Document, Kind, Synonym
from search.services import write_documents
from search.understanding import VERSION
from shop.common import versions
from vendors import events
from vendors.models import Certificate, Organisation

_NETWORKS = {kind.value for kind in Organisation.NETWORKS}


@goods.product_published.register
def index_published(product: Product) -> None:
    """A good can be found from the end of this transaction on."""
    write_documents(kind=Kind.PRODUCT, keys=[product.parent_id or product.pk])


@goods.product_withdrawn.register
def follow_withdrawn(product: Product) -> None:
    """Its words are kept: whether it is on sale is asked of the good itself, and it may come back."""
    write_documents(kind=Kind.PRODUCT, keys=[product.parent_id or product.pk])


@receiver(post_save, sender=Product)
def index_edited(instance: Product, **facts: Any) -> None:
    """New words of a good that the public sees."""
    if instance.is_public and not facts["created"] and Document.objects.filter(product=instance.pk).exists():
        write_documents(kind=Kind.PRODUCT, keys=[instance.pk])


@events.group_state_changed.register
def index_group(group: Organisation) -> None:
    """Approved, suspended, closed: a group is found or no longer."""
    if group.kind == Organisation.Kind.GROUP:
        write_documents(kind=Kind.GROUP, keys=[group.pk])
    elif group.kind in _NETWORKS:
        write_documents(kind=Kind.NETWORK, keys=[group.pk])


@events.certificate_changed.register
def index_certificate(certificate: Certificate) -> None:
    """Verified certificates are found by their number; what was never verified is not."""
    write_documents(kind=Kind.CERTIFICATE, keys=[certificate.pk])


@receiver(page_published)
@receiver(page_unpublished)
def index_story(instance: Any, **facts: Any) -> None:
    """News, articles, fairs, trainings."""
    kind = kind_of_page(instance.pk)
    if kind is not None:
        write_documents(kind=kind, keys=[instance.pk])


@receiver([post_save, post_delete], sender=Synonym)
@receiver([post_save, post_delete], sender=Boost)
def words_of_staff_changed(**facts: Any) -> None:
    """Whoever saves them, the admin included: the next search knows."""
    versions.bump(VERSION)
