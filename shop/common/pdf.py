"""Papers as PDF: a typst template and data beside it. The data is never part of the template's own words.

The template reads `json(bytes(sys.inputs.data))`; what people typed arrives there as strings, so nothing in it can become
markup or a command. Only our own fonts are used, nothing is fetched, and templates see their own folder alone. Call it
outside transactions.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.http import HttpResponse

from shop.common import clock

FONTS = Path(settings.BASE_DIR) / "shop" / "theme" / "data" / "fonts" / "print"


def render(template: Path, data: dict[str, Any], *, moment: dt.datetime | None = None, tagged: bool = True) -> bytes:
    """The PDF of `template` with `data` (plain values); the same data at the same moment gives the same bytes.

    `tagged`: with the marks that screen readers follow.
    """
    made: bytes = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int((moment or clock.now()).timestamp()),
        pdf_tags=tagged,
    )
    return made


def answer(content: bytes, name: str) -> HttpResponse:
    """The answer of a view: shown in the browser, kept by nobody in between. `name` is ASCII."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
