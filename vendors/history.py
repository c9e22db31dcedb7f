"""Who did what in an organisation's name, when, and in whose place. Kept in Wagtail's log, read on a history page.

Rooms above write here too: `record` knows by itself when the person acted for another organisation by its grant.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.functional import Promise
from wagtail.log_actions import log, registry
from wagtail.models import ModelLogEntry

from shop.common import clock
from vendors.models import Organisation
from vendors.policies import acts_through

PREFIX = "market."
_TEXTS: dict[str, str | Promise] = {}


def register(texts: dict[str, str | Promise]) -> None:
    """Tells the words of a room's acts: {"member.added": _("Gave a role")}. Called once, when the room gets ready."""
    for act, text in texts.items():
        if act not in _TEXTS:
            _TEXTS[act] = text
            registry.register_action(PREFIX + act, text, text)


def record(*, organisation: Organisation, act: str, by: Any, what: str = "", **facts: Any) -> None:
    """Notes an act in the running transaction. `what` names its object in words ("OTOP 1234", "ผ้าไหม"), for the page.

    `act` must be registered; `by` is a person, or None for the clock. Facts must be plain values for JSON.
    """
    if act not in _TEXTS:
        raise LookupError(f"the act {act} has no words: vendors.history.register them")
    data: dict[str, Any] = {"what": what, **facts}
    person = by if by is not None and by.is_authenticated else None
    through = acts_through(person, organisation) if person is not None else None
    if through is not None:
        taker = Organisation.objects.only("name_th", "name_en").get(pk=through)
        data["through"] = {"id": through, "name_th": taker.name_th, "name_en": taker.name_en}
    base = organisation if type(organisation) is Organisation else Organisation(pk=organisation.pk)
    base.name_th = organisation.name_th
    log(base, PREFIX + act, user=person, data=data, timestamp=clock.now())


def record_new(*, organisations: Iterable[Organisation], act: str, by: Any, what: str = "") -> None:
    """The same for many that came into being just now: nobody can have acted for them by a grant yet."""
    if act not in _TEXTS:
        raise LookupError(f"the act {act} has no words: vendors.history.register them")
    kind, moment = ContentType.objects.get_for_model(Organisation), clock.now()
    rows = [
        ModelLogEntry(
            content_type=kind,
            object_id=str(organisation.pk),
            label=organisation.name_th,
            action=PREFIX + act,
            timestamp=moment,
            user=by,
            data={"what": what},
        )
        for organisation in organisations
    ]
    ModelLogEntry.objects.bulk_create(rows, batch_size=500)


def history_of(organisation: Organisation) -> QuerySet[ModelLogEntry]:
    """Everything noted for an organisation, the newest first, with the persons."""
    rows = ModelLogEntry.objects.for_instance(Organisation(pk=organisation.pk))
    ours: Iterable[str] = [PREFIX + act for act in _TEXTS]
    return rows.filter(action__in=ours).select_related("user").order_by("-timestamp", "-pk")


def words_of(entry: ModelLogEntry) -> str:
    """What was done, in the page's language."""
    return str(_TEXTS.get(entry.action.removeprefix(PREFIX), entry.action))
