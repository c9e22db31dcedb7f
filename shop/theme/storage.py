"""Static files as production serves them: names with hashes, packed, and the common stylesheets as one.

`theme/css/market.css` names the common stylesheets by `@import`, so that it works as it stands. A phone on a slow line
would wait one more round for each of them; `collectstatic` therefore writes their text into the file instead.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

JOINED = "theme/css/market.css"
_IMPORT = re.compile(r'@import url\("([\w./-]+\.css)"\);\n?')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"\n\s+")


class _Joining:
    """Mixed into a storage with hashed names: joins before the names are made."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Writes the joined stylesheet where its source was copied to, then goes on as usual."""
        if JOINED in paths and not dry_run:
            content = ContentFile(joined(paths).encode())
            self.delete(JOINED)  # type: ignore[attr-defined]
            self._save(JOINED, content)  # type: ignore[attr-defined]
            paths = {**paths, JOINED: (self, JOINED)}
        yield from super().post_process(paths, dry_run, **options)  # type: ignore[misc]


class MarketManifestStorage(_Joining, ManifestStaticFilesStorage):  # type: ignore[misc]
    """Without packing: for tests, where that takes too long."""


class MarketStaticStorage(_Joining, CompressedManifestStaticFilesStorage):
    """What the market uses: gzip and brotli beside each file."""


def joined(paths: dict[str, Any]) -> str:
    """The text of JOINED with what it imports, without comments and indents. A missing file is an error."""

    def text(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return io.TextIOWrapper(file, "utf-8").read()

    folder = PurePosixPath(JOINED).parent
    whole = _IMPORT.sub(lambda found: text(str(folder / found[1])), _COMMENT.sub("", text(JOINED)))
    return _INDENT.sub("\n", _COMMENT.sub("", whole)).strip() + "\n"
