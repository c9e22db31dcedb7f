"""Posters that nobody has asked for anew for a season are drawn again when somebody does."""

from __future__ import annotations

import datetime as dt

from django.core.files.storage import default_storage

from media.posters import FOLDER
from shop.common import clock
from shop.common.jobs import job

KEPT_DAYS = 90


@job("media.forget_old_posters", every=dt.timedelta(days=1))
def forget_old_posters() -> str:
    """Removes posters of shared links that were drawn more than 90 days ago; who asks for one again gets it drawn anew."""
    oldest = clock.now() - dt.timedelta(days=KEPT_DAYS)
    removed = 0
    for name in _files():
        if default_storage.get_modified_time(f"{FOLDER}/{name}") < oldest:
            default_storage.delete(f"{FOLDER}/{name}")
            removed += 1
    return f"{removed} posters removed"


def _files() -> list[str]:
    try:
        return default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:  # none was drawn yet
        return []
