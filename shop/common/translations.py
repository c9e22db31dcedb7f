"""Where Thai words live: one JSON file a room, English → Thai.

A key "context||English" carries a context, a key "one thing | %d things" both English numbers (Thai has one).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

NUMBERS = " | "


def sources(folder: Path) -> Iterator[tuple[str | None, str, str, str]]:
    """Yields (context or None, English, Thai, room), file by file."""
    for file in sorted(folder.glob("*.json")):
        for key, thai in json.loads(file.read_text(encoding="utf-8")).items():
            context, separator, english = key.partition("||")
            yield (context, english, thai, file.stem) if separator else (None, key, thai, file.stem)
