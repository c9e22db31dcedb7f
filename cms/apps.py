from typing import Any

from django.apps import AppConfig
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

_ACTS: dict[str, str | Promise] = {
    "fair.made": _("Made a fair"),
    "fair.changed": _("Changed a fair"),
    "fair.shown": _("Showed a fair to everybody"),
    "fair.cancelled": _("Cancelled a fair"),
    "fair.figures": _("Entered the figures of a fair"),
    "fair.kinds": _("Changed the booths of a fair"),
    "fair.applied": _("Applied for a booth at a fair"),
    "fair.application_changed": _("Changed what the group brings to a fair"),
    "fair.withdrawn": _("Withdrew from a fair"),
    "fair.booth_given": _("Gave a booth at a fair"),
    "fair.booth_moved": _("Moved the group to another booth"),
    "fair.waiting": _("Put the group on a fair's waiting list"),
    "fair.refused": _("Refused a booth at a fair"),
    "page.edited": _("Changed the shop page (draft)"),
    "page.submitted": _("Handed the shop page in to be looked at"),
    "page.taken_back": _("Took the shop page back from the officers"),
    "page.published": _("Published the shop page"),
    "page.restored": _("Took an earlier version of the shop page into the draft"),
    "page.discarded": _("Dropped the draft of the shop page"),
    "page.approved": _("Approved and published the shop page"),
    "page.sent_back": _("Sent the shop page back"),
    "page.checked": _("Decided that shop pages are looked at first"),
    "page.unchecked": _("Decided that shop pages are published at once"),
    "course.made": _("Made a training"),
    "course.changed": _("Changed a training"),
    "course.cancelled": _("Called a training off"),
    "course.published": _("Put the page of a training up"),
    "training.registered": _("Registered people for a training"),
    "training.cancelled": _("Gave back a place at a training"),
    "training.moved_up": _("Moved up from the waiting list of a training"),
}


def _many(name: Any) -> str:
    text = str(name)
    if (get_language() or "th").startswith("th"):
        return text
    return f"{text[:-1]}ies" if text.endswith("y") else f"{text}s"


_many_of = lazy(_many, str)


def _name_many(config: AppConfig) -> None:
    """Lists of Wagtail name many things of a kind; Django adds an s even to Thai."""
    for model in config.get_models():
        if "verbose_name_plural" not in model._meta.original_attrs:
            model._meta.verbose_name_plural = _many_of(model._meta.verbose_name)


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = "What is told"

    def ready(self) -> None:
        from cms import (  # noqa: F401
            fair_subscribers,
            jobs,
            network_words,
            posters,
            schedule,
            story_mails,
            subscribers,
            training_subscribers,
        )
        from vendors import history

        _name_many(self)
        story_mails.silence_wagtail()
        history.register(_ACTS)
