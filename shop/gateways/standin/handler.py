"""HTTP: the API below /v1/, the controls below /_control/, and the pages for people."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from shop.gateways.standin import control, pages
from shop.gateways.standin.engine import Answer
from shop.gateways.standin.refusal import Refusal

if TYPE_CHECKING:
    from shop.gateways.standin.server import Standin

_MOST_BYTES = 1_000_000
_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self' http: https:; frame-ancestors 'none'; base-uri 'none'",
}


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "standin", ""
    disable_nagle_algorithm = True
    timeout = 60
    standin: Standin
    """Set in a subclass by the server."""

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are kept by the engine; the terminal stays quiet."""

    def _answer(self, method: str) -> None:
        length = self.headers.get("Content-Length") or "0"
        if not length.isdecimal() or int(length) > _MOST_BYTES:
            self.close_connection = True
            self._send(413, b"", "text/plain")
            return
        body = self.rfile.read(int(length)).decode("utf-8", "replace")
        address = urlsplit(self.path)
        if address.path.startswith("/v1/"):
            fields = body if method == "POST" else address.query
            self._send_json(
                self.standin.engine.answer(
                    method, address.path, fields, {name.title(): value for name, value in self.headers.items()}
                )
            )
        elif not self._is_own(method):
            self._send(403, b"Not from another site.", "text/plain")
        elif address.path.startswith("/_control/"):
            self._control(method, address.path.removeprefix("/_control/"), body)
        else:
            self._page(method, address.path, dict(parse_qsl(body if method == "POST" else address.query)))

    def _is_own(self, method: str) -> bool:
        """Buttons are pressed on our own pages; a stranger's page in the same browser cannot, nor a name that was bent to us."""
        host = (self.headers.get("Host") or "").rpartition(":")[0] or self.headers.get("Host", "")
        if self.standin.hosts and host not in self.standin.hosts:
            return False
        return method == "GET" or self.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")

    def _control(self, method: str, name: str, body: str) -> None:
        try:
            given = json.loads(body or "{}")
            if not isinstance(given, dict):
                raise Refusal("A JSON object is wanted.")
            answer = Answer(200, control.control(self.standin, method, name, given))
        except Refusal as refusal:
            answer = Answer(refusal.status, refusal.body)
        except (ValueError, TypeError) as problem:
            answer = Answer(400, {"error": {"message": str(problem)}})
        self._send_json(answer)

    def _page(self, method: str, path: str, fields: dict[str, str]) -> None:
        shown = pages.show(self.standin, method, path, fields)
        self._send(shown.status, shown.body, shown.kind, {"Location": shown.location} if shown.location else {})

    def _send_json(self, answer: Answer) -> None:
        if answer.dropped:
            self.close_connection = True
            return
        body = json.dumps(answer.body, ensure_ascii=False).encode()
        self._send(answer.status, body, "application/json", answer.headers)

    def _send(self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {**_SAFE, **(more or {})}.items():
            self.send_header(name, value.encode("ascii", "replace").decode().replace("\r", "").replace("\n", ""))
        self.send_header("Content-Type", kind if "/json" in kind or "image" in kind else f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
