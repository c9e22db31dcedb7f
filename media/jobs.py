"""What nobody needs any more goes: posters of last season, private files that nothing points at."""

from __future__ import annotations

import datetime as dt

from django.core.files.storage import default_storage

from media import services
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


@job("media.forget_loose_files", every=dt.timedelta(hours=6))
def forget_loose_files() -> str:
    """Deletes private files that nothing has pointed at for a day: replaced papers, forms that were never sent."""
    return f"{services.forget_loose_files()} files deleted"


@job("media.finish_late_pictures", every=dt.timedelta(minutes=2))
def finish_late_pictures() -> str:
    """Photos whose large sizes the worker has not made are asked for again."""
    return f"{services.finish_late_pictures()} pictures asked for again"


@job("media.cut_late_images", every=dt.timedelta(minutes=2))
def cut_late_images() -> str:
    """Editors' images whose cut the worker has not made are asked for again."""
    return f"{services.cut_late_images()} cuts asked for"


def _files() -> list[str]:
    try:
        return default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:  # none was drawn yet
        return []
