"""Static files of the browser tests: hashed as in production; of packed copies only those that shop pages fetch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whitenoise.compress import Compressor

from shop.theme.storage import MarketManifestStorage


class ThemePackedStorage(MarketManifestStorage):
    """Packing everything of Wagtail and Oscar takes minutes, what shop pages fetch a second."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Packs what shop pages fetch."""
        packer = Compressor(quiet=True)
        for name, hashed, done in super().post_process(paths, dry_run, **options):
            yield name, hashed, done
        for name in self.hashed_files.values():
            if name.startswith(("theme/", "django_htmx/htmx")) and packer.should_compress(name):
                list(packer.compress(self.path(name)))
