"""docs/performance.md is written by several measurements; each keeps to its own section, between two marks."""

from __future__ import annotations

import re
from pathlib import Path

from shop.common import embedded

PATH = embedded.ROOT / "docs" / "performance.md"
TITLE = "# What the pages cost\n"


def _marks(section: str) -> tuple[str, str]:
    return f"<!-- begin {section} -->\n", f"<!-- end {section} -->\n"


def put(section: str, text: str, path: Path | None = None) -> None:
    """Replaces a section, or adds it at the end; the others stay as they are."""
    file = path or PATH
    whole = file.read_text(encoding="utf-8") if file.is_file() else TITLE
    begin, end = _marks(section)
    written = f"{begin}{text.rstrip()}\n{end}"
    old = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if old.search(whole):
        whole = old.sub(lambda _found: written, whole, count=1)
    else:
        whole = f"{whole.rstrip()}\n\n{written}"
    file.write_text(whole, encoding="utf-8")
