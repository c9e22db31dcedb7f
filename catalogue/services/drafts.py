"""What a member has begun to type about a new product, kept until it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from catalogue.models import GoodsDraft
from media.models import Picture
from shop.common import clock, codes
from vendors.models import Organisation
from vendors.policies import Right, require

_LONGEST = 10_000


@transaction.atomic
def keep_draft(
    *, group: Organisation, by: Any, code: str, typed: Mapping[str, str], picture: Picture | None = None
) -> GoodsDraft | None:
    """Keeps what was typed; nothing when a later product has taken the draft's place. Raises NotYours."""
    require(by, Right.LIST, group)
    kept = {field: str(value)[:_LONGEST] for field, value in typed.items()}
    row, made = GoodsDraft.objects.select_for_update().get_or_create(
        group=group, by=by, defaults={"code": code, "typed": kept, "picture": picture, "updated_at": clock.now()}
    )
    if made:
        return row
    if row.code != code:
        return None
    row.typed, row.picture, row.updated_at = kept or row.typed, picture or row.picture, clock.now()
    row.save()
    return row


def new_code() -> str:
    """The public code of a product that is being begun: a form sent twice makes one product."""
    return codes.new_code()


@transaction.atomic
def forget_draft(*, group: Organisation, by: Any) -> None:
    """The product is saved, or the member begins anew."""
    GoodsDraft.objects.filter(group=group, by=by).delete()
