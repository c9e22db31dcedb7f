"""gunicorn's worker with threads; what never reaches Django is answered in words people read, in Thai and English.

An address longer than gunicorn reads (8,190 bytes, some 900 Thai letters) is refused before there is a request. Its own
page for that is one line of English about request lines.
"""

from __future__ import annotations

from typing import Any

from gunicorn import util
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

_TOO_LONG = """<!doctype html>
<html lang="th"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>ที่อยู่หน้านี้ยาวเกินไป</title></head>
<body><main><h1>ที่อยู่หน้านี้ยาวเกินไป</h1>
<p>ลองค้นด้วยคำที่สั้นลง หรือเลือกตัวกรองน้อยลง</p>
<p><a href="/search/">ค้นหาสินค้า</a></p>
<p lang="en">This address is too long. Search with fewer words, or choose fewer filters: <a href="/en/search/">search the market</a>.</p>
</main></body></html>
"""


def too_long_answer() -> bytes:
    """The whole answer of 414, head and body; it may be kept by nobody and closes the connection."""
    body = _TOO_LONG.encode()
    head = (
        "HTTP/1.1 414 URI Too Long",
        "Connection: close",
        "Content-Type: text/html; charset=utf-8",
        "Content-Security-Policy: default-src 'none'",
        "Cache-Control: no-store",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join((*head, "", "")).encode() + body


class PoliteWorker(ThreadWorker):  # type: ignore[misc]
    """Answers an address that is too long by itself; everything else as gunicorn does."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Called by gunicorn with what it could not read; never raises."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("Address too long from ip=%s", (addr or ("",))[0])
        try:
            util.write_nonblock(client, too_long_answer())
        except OSError:
            self.log.debug("The visitor of an address that was too long had left.")
