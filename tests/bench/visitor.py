"""A visitor: keeps cookies, sends forms with their token, counts statements when asked to."""

from __future__ import annotations

import re
from urllib.parse import urlencode
from zlib import crc32

from tests.bench.load import Answer, Connection, request

_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_EXPECTED = re.compile(rb'name="expected" value="(\d+)"')
ADDRESS = {
    "recipient": "ญาณิศา ผู้พัฒน์",
    "line1": "88/12 ซอยพหลโยธิน 48",
    "area_code": "100502",
    "postcode": "10220",
}


class Visitor:
    """One guest with a basket of their own."""

    def __init__(self, connection: Connection, *, name: str, count: bool = False) -> None:
        self.name, self.count = name, count
        self.queries = 0
        self.cookies: dict[str, str] = {}
        self._connection = connection

    def on(self, connection: Connection) -> Visitor:
        """Goes on over another connection."""
        self._connection = connection
        return self

    def get(self, path: str, status: int = 200) -> Answer:
        """Opens a page."""
        return self._ask("GET", path, b"", status)

    def post(self, path: str, status: int = 302, **fields: str) -> Answer:
        """Sends a form."""
        return self._ask("POST", path, urlencode(fields).encode(), status)

    def _ask(self, method: str, path: str, body: bytes, status: int) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        counted = {"X_Bench_Count": "1"} if self.count else {}
        asked = request(method, path, body=body, status=status, Cookie=cookies, Sec_Fetch_Site="same-origin", **counted)
        answer = self._connection.ask(asked)
        for name, value in answer.headers:
            if name == "set-cookie":
                key, _, content = value.partition(";")[0].partition("=")
                self.cookies[key] = content
        self.queries += int(answer.header("x-bench-queries") or 0)
        return answer

    def fill(self, products: tuple[int, ...]) -> Visitor:
        """Puts one piece of each product into the basket."""
        for product in products:
            self.post(f"/basket/add/{product}/", quantity="1")
        return self

    def give_address(self) -> None:
        """The first step of the checkout."""
        token = self._token(self.get("/checkout/"))
        own = {"email": f"{self.name}@bench.example", "phone": f"08{crc32(self.name.encode()) % 10**8:08d}"}
        self.post("/checkout/", csrfmiddlewaretoken=token, **own, **ADDRESS)

    def look_at_total(self) -> dict[str, str]:
        """The second step: what the form holds when the buyer presses the button."""
        page = self.get("/checkout/confirm/")
        expected = _EXPECTED.search(page.body)
        assert expected is not None, "the confirmation shows no total"
        return {"csrfmiddlewaretoken": self._token(page), "expected": expected[1].decode(), "method": "cod", "note": ""}

    def place(self, form: dict[str, str]) -> str:
        """Presses the button; returns the address of the order's page."""
        return self.post("/checkout/confirm/", **form).header("location")

    @staticmethod
    def _token(page: Answer) -> str:
        found = _TOKEN.search(page.body)
        assert found is not None, "the form has no token"
        return found[1].decode()
