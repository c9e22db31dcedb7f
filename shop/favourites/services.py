"""Putting on a heart and taking it off, following a group and stopping: each act again changes nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from catalogue.selectors import shown_product
from shop.common import clock
from shop.favourites import errors
from shop.favourites.models import Favourite, Follow
from vendors.models import Organisation

MOST = 500


@transaction.atomic
def add_favourite(*, user: Any, product_id: int) -> None:
    """A heart on a product that visitors may see; on a variant it goes to the product. Raises NotThere, TooMany."""
    owner = shown_product(product_id)
    if owner is None:
        raise errors.NotThere
    held = Favourite.objects.filter(user=user)
    if held.count() >= MOST and not held.filter(product_id=owner).exists():
        raise errors.TooMany(most=MOST)
    one = Favourite(user=user, product_id=owner, created_at=clock.now())
    Favourite.objects.bulk_create([one], ignore_conflicts=True)


@transaction.atomic
def remove_favourite(*, user: Any, product_id: int) -> None:
    """Takes the heart off."""
    Favourite.objects.filter(user=user, product_id=product_id).delete()


@transaction.atomic
def follow_group(*, user: Any, group_id: int) -> None:
    """Follows an approved group. Raises NotThere, TooMany."""
    group = Organisation.objects.filter(pk=group_id).first()
    if group is None or not group.is_selling:
        raise errors.NotThere
    held = Follow.objects.filter(user=user)
    if held.count() >= MOST and not held.filter(group_id=group_id).exists():
        raise errors.TooMany(most=MOST)
    one = Follow(user=user, group_id=group_id, created_at=clock.now())
    Follow.objects.bulk_create([one], ignore_conflicts=True)


@transaction.atomic
def unfollow_group(*, user: Any, group_id: int) -> None:
    """Stops following."""
    Follow.objects.filter(user=user, group_id=group_id).delete()
