"""The stand-in's pages as a payer and a tester use them, and its process that keeps payments over a restart."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import requests

from shop.gateways.standin.acts import ACTS
from shop.gateways.standin.server import Standin
from tests.processes import ROOT, bare_environment
from tests.standin import card, checkout, client, promptpay


def page(standin: Standin, path: str) -> str:
    answer = requests.get(f"{standin.url}{path}", timeout=5)
    assert answer.status_code == 200
    return answer.text


def press(standin: Standin, path: str, act: str, **fields: str) -> requests.Response:
    """Presses a button that is really there."""
    assert f'value="{act}"' in page(standin, path)
    return requests.post(f"{standin.url}{path}", data={"act": act, **fields}, timeout=5, allow_redirects=False)


def test_a_card_is_paid_on_the_hosted_page(standin: Standin, stripe_api: Any) -> None:
    session = stripe_api.checkout.sessions.create(checkout(customer_email="a&b@example.com"))
    path = f"/pay/{session.id}"
    shown = page(standin, path)
    assert ("ระบบทดสอบ" in shown, "450.00 บาท" in shown, "a&amp;b@example.com" in shown) == (True, True, True)
    gone = press(standin, path, "pay")
    assert (gone.status_code, gone.headers["Location"]) == (303, f"http://shop.example/back/?session={session.id}")
    assert stripe_api.checkout.sessions.retrieve(session.id).payment_status == "paid"
    assert "<form" not in page(standin, path), "paid once"
    again = requests.post(f"{standin.url}{path}", data={"act": "pay"}, timeout=5, allow_redirects=False)
    assert again.headers["Location"] == gone.headers["Location"], "a second click ends in the same place"
    assert len(standin.all("charge")) == 1


def test_declined_then_asked_then_paid(standin: Standin, stripe_api: Any) -> None:
    session = stripe_api.checkout.sessions.create(checkout())
    path = f"/pay/{session.id}"
    press(standin, path, "no_money")
    assert "เงินในบัตรไม่พอ ยังไม่มีการเก็บเงิน" in page(standin, path)
    question = press(standin, path, "challenge").headers["Location"]
    assert question == f"/3ds/{session.id}"
    assert press(standin, question, "unproved").headers["Location"] == path
    assert "ยังไม่ได้ยืนยันกับธนาคาร" in page(standin, path)
    press(standin, path, "challenge")
    assert press(standin, question, "prove").headers["Location"].endswith(session.id)
    seen = stripe_api.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    assert seen.payment_intent.latest_charge.payment_method_details.card.three_d_secure.result == "authenticated"


def test_closing_leads_back_and_charges_nothing(standin: Standin, stripe_api: Any) -> None:
    session = stripe_api.checkout.sessions.create(checkout())
    assert press(standin, f"/pay/{session.id}", "close").headers["Location"] == "http://shop.example/closed/"
    assert stripe_api.checkout.sessions.retrieve(session.id).status == "open"
    stripe_api.checkout.sessions.expire(session.id)
    shown = page(standin, f"/pay/{session.id}")
    assert ("หมดเวลาแล้ว" in shown, "http://shop.example/closed/" in shown, "<form" in shown) == (True, True, False)
    assert standin.all("charge") == []


@pytest.mark.parametrize(
    ("act", "status"),
    [
        ("pay", "succeeded"),
        ("process", "processing"),
        ("expire", "requires_payment_method"),
        ("pay_late", "requires_action"),
    ],
)
def test_the_banks_app(standin: Standin, stripe_api: Any, act: str, status: str) -> None:
    made = stripe_api.payment_intents.create(promptpay(description="คำสั่งซื้อ <T-1>"))
    path = f"/bank/{made.id}"
    assert "คำสั่งซื้อ &lt;T-1&gt;" in page(standin, path)
    press(standin, path, act)
    assert stripe_api.payment_intents.retrieve(made.id).status == status
    if status not in ("requires_action", "processing"):
        assert "<form" not in page(standin, path)


def test_the_pictures_of_the_code(standin: Standin, stripe_api: Any) -> None:
    made = stripe_api.payment_intents.create(promptpay())
    shown = made.next_action.promptpay_display_qr_code
    png, svg = (requests.get(address, timeout=5) for address in (shown.image_url_png, shown.image_url_svg))
    assert (png.headers["Content-Type"], png.content[:4]) == ("image/png", b"\x89PNG")
    assert (svg.headers["Content-Type"], b"<svg" in svg.content) == ("image/svg+xml", True)


@pytest.mark.parametrize(
    "path", ["/pay/cs_test_x", "/bank/pi_x", "/3ds/x", "/qr/x", "/qr/x.gif", "/admin", "/pay/", "/../etc"]
)
def test_what_is_not_there(standin: Standin, path: str) -> None:
    assert requests.get(f"{standin.url}{path}", timeout=5).status_code == 404


class Reader(HTMLParser):
    """Ids, what labels name, and elements that a strict page does not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.named: list[str] = []
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("id"):
            self.ids.append(str(told["id"]))
        for name in ("for", "aria-labelledby", "aria-describedby"):
            if told.get(name):
                self.named.append(str(told[name]))
        if tag in ("script", "style") or any(name == "style" or name.startswith("on") for name in told):
            self.bad.append(tag)


def test_the_page_of_buttons(standin: Standin, stripe_api: Any) -> None:
    paid = stripe_api.payment_intents.create(promptpay())
    standin.pay(paid.id)
    refund = stripe_api.refunds.create({"payment_intent": paid.id, "amount": 5_000})
    standin.dispute(stripe_api.payment_intents.create(card()).id)
    stripe_api.checkout.sessions.create(checkout())
    shown, reader = page(standin, "/"), Reader()
    reader.feed(shown)
    assert (reader.bad, len(reader.ids), set(reader.named) - set(reader.ids)) == ([], len(set(reader.ids)), set())
    for words in ("สำเร็จ", "50.00 บาท", "refund.created", "POST /v1/refunds", refund.id):
        assert words in shown
    for button in set(re.findall('name="do" value="(\\w+)"', shown)) - {"resend", "knobs", "calm", "fault"}:
        assert button in ACTS

    def do(**fields: str) -> int:
        return requests.post(f"{standin.url}/", data=fields, timeout=5, allow_redirects=False).status_code

    assert do(do="refund_fail", id=refund.id) == 303
    assert standin.get(refund.id)["status"] == "failed"
    assert do(do="refund_fail", id=refund.id) == 200, "stays, and says why"
    assert do(do="fault", kind="slow", where="GET *", times="2") == 303
    assert (standin.engine.faults.orders[0].kind, standin.engine.faults.orders[0].times) == ("slow", 2)
    assert do(do="knobs", delay="1.5", repeat="2", lose="") == 303
    assert (standin.delivery.knobs.delay, standin.delivery.knobs.repeat) == (1.5, 2)
    assert do(do="knobs", delay="soon") == 200
    assert do(do="calm") == 303
    assert (standin.engine.faults.orders, standin.delivery.knobs.repeat) == ([], 1)


def test_nothing_is_loaded_from_elsewhere(standin: Standin) -> None:
    answer = requests.get(f"{standin.url}/", timeout=5)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert re.findall(r'(?:src|href)="(?!/)', answer.text) == []
    assert requests.get(f"{standin.url}/standin.css", timeout=5).headers["Content-Type"].startswith("text/css")


def start(state: Path) -> tuple[subprocess.Popen[str], str]:
    words = [
        sys.executable,
        "-m",
        "shop.gateways.standin",
        "--port",
        "0",
        "--state",
        str(state),
        "--key",
        "sk_test_kept",
    ]
    process = subprocess.Popen(words, cwd=ROOT, env=bare_environment(), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().rsplit(" ", 1)[1].strip().rstrip("/")


def test_its_process_keeps_payments_over_a_restart(tmp_path: Path, standin: Standin) -> None:
    process, standin.url = start(tmp_path / "standin.json")
    assert standin.url.startswith("http://127.0.0.1:")
    api = client(standin, key="sk_test_kept").v1
    key: Any = {"idempotency_key": "k"}
    made = api.payment_intents.create(promptpay(), key).id
    requests.post(f"{standin.url}/_control/act", json={"act": "pay", "id": made}, timeout=5).raise_for_status()
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    process, standin.url = start(tmp_path / "standin.json")
    api = client(standin, key="sk_test_kept").v1
    assert (api.payment_intents.retrieve(made).status, api.payment_intents.create(promptpay(), key).id) == (
        "succeeded",
        made,
    )
    waiting = requests.get(f"{standin.url}/_control/deliveries", timeout=5).json()["undelivered"]
    assert len(waiting) == 4, "messages that nobody took are still there"
    process.terminate()
    assert process.wait(10) == 0


def test_it_needs_nothing_of_the_market() -> None:
    code = "import sys, shop.gateways.standin.server; print([m for m in sys.modules if m.split('.')[0] in ('django', 'vendors', 'stripe')])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=bare_environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
