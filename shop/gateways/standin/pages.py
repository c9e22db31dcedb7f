"""The pages a payer meets: Checkout, the bank's question, the bank's app, and the plain picture of words."""

from __future__ import annotations

import functools
import io
import string
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import segno

from shop.gateways.standin import console, sessions
from shop.gateways.standin.acts import act
from shop.gateways.standin.intents import PLAIN_TEXT
from shop.gateways.standin.memory import Memory, Thing
from shop.gateways.standin.refusal import Refusal
from shop.gateways.standin.words import STATES, baht

if TYPE_CHECKING:
    from shop.gateways.standin.server import Standin

_HERE = Path(__file__).resolve().parent
_DONE = {
    "pay": "จ่ายเงินแล้ว ปิดหน้านี้แล้วกลับไปที่หน้าชำระเงินของร้าน",
    "process": "ธนาคารรับเรื่องไว้แล้ว เงินยังไม่เข้า",
    "expire": "คิวอาร์หมดอายุแล้ว",
    "pay_late": "จดไว้แล้ว เงินจะเข้าพอดีตอนที่ร้านยกเลิก",
    "pay_late_error": "จดไว้แล้ว เงินจะเข้าตอนที่ร้านยกเลิก และร้านจะไม่ได้รับคำตอบ",
}


@dataclass
class Shown:
    """What a browser gets."""

    status: int
    body: bytes
    kind: str = "text/html"
    location: str = ""


@functools.cache
def _template(name: str) -> string.Template:
    return string.Template((_HERE / "templates" / f"{name}.html").read_text(encoding="utf-8"))


def fill(template: str, **values: str) -> str:
    """A piece of a page. Values are markup: whoever passes text has escaped it."""
    return _template(template).substitute(values)


def whole(title: str, body: str, *, status: int = 200, width: str = "") -> Shown:
    """A page."""
    return Shown(status, fill("page", title=escape(title), body=body, width=width).encode())


def over(title: str, text: str, link: str = "", *, status: int = 200) -> Shown:
    """A page on which nothing can be done any more."""
    button = f'<p><a class="button" href="{escape(link)}">กลับไปที่ร้าน</a></p>' if link else ""
    return whole(title, fill("over", title=escape(title), text=escape(text), link=button), status=status)


def notice(text: str, kind: str = "") -> str:
    """A line that says what has happened."""
    return f'<p class="notice {kind}" role="status">{escape(text)}</p>' if text else ""


def go(address: str) -> Shown:
    """Leads on."""
    return Shown(303, b"", location=address)


def show(standin: Standin, method: str, path: str, fields: dict[str, str]) -> Shown:
    """The page of an address."""
    parts = path.strip("/").split("/")
    if path == "/":
        return console.show(standin, method, fields)
    if path == "/standin.css":
        return Shown(200, (_HERE / "static" / "standin.css").read_bytes(), "text/css")
    if parts[0] == "qr" and len(parts) == 2:
        return _picture(parts[1])
    page = {"pay": _pay, "3ds": _challenge, "bank": _bank}.get(parts[0])
    with standin.memory.lock:
        sessions.close_old(standin.memory)
        thing = standin.memory.things.get(parts[1]) if len(parts) == 2 else None
        if page is None or thing is None or thing["object"] not in ("payment_intent", "checkout.session"):
            return over("ไม่พบหน้านี้", "ลิงก์นี้ไม่ถูกต้อง หรือระบบทดสอบเริ่มใหม่แล้ว", status=404)
        return page(standin.memory, thing, fields if method == "POST" else {})


# --- Checkout ---------------------------------------------------------------------------------------------------


def _back(session: Thing, name: str) -> str:
    return str(session.get(name) or "").replace("{CHECKOUT_SESSION_ID}", session["id"])


def _pay(memory: Memory, session: Thing, fields: dict[str, str]) -> Shown:
    if session["object"] != "checkout.session":
        return over("ไม่พบหน้านี้", "ลิงก์นี้ไม่ถูกต้อง", status=404)
    wanted = fields.get("act", "")
    if session["status"] == "open" and wanted == "close":
        return go(_back(session, "cancel_url") or "/")
    if session["status"] == "open" and wanted in ("pay", "decline", "no_money", "challenge", "process"):
        act(memory, wanted, session["id"])
        if wanted == "challenge":
            return go(f"/3ds/{session['id']}")
        if session["status"] == "open":
            return go(f"/pay/{session['id']}")
    if session["status"] == "complete":
        if wanted:
            return go(_back(session, "success_url"))
        return over("จ่ายเงินแล้ว", "รายการนี้เสร็จแล้ว ไม่ต้องจ่ายอีก", _back(session, "success_url"))
    if session["status"] == "expired":
        return over("หมดเวลาแล้ว", "รายการนี้ถูกยกเลิกหรือหมดเวลาแล้ว กลับไปที่ร้านเพื่อจ่ายใหม่", _back(session, "cancel_url"))
    return whole("จ่ายเงิน", fill("pay", **_pay_values(memory, session)))


def _pay_values(memory: Memory, session: Thing) -> dict[str, str]:
    rows = [
        f'<tr><td>{escape(item["description"])}{_times(item["quantity"])}</td><td class="num">{baht(item["amount_total"])}</td></tr>'
        for item in sessions.line_items(memory, session)
    ]
    intent = memory.things.get(str(session["payment_intent"]), {})
    problem = intent.get("last_payment_error") or {}
    words = {
        "insufficient_funds": "เงินในบัตรไม่พอ ยังไม่มีการเก็บเงิน ลองวิธีอื่นได้",
        "payment_intent_authentication_failure": "ยังไม่ได้ยืนยันกับธนาคาร ยังไม่มีการเก็บเงิน",
    }
    told = words.get(str(problem.get("decline_code") or problem.get("code")), "บัตรถูกปฏิเสธ ยังไม่มีการเก็บเงิน ลองวิธีอื่นได้")
    slow = '<button name="act" value="process" class="two">ธนาคารรับเรื่องไว้ก่อน<span lang="en">The bank answers later</span></button>'
    about = " · ".join(part for part in (session["customer_email"], session["client_reference_id"]) if part)
    return {
        "id": session["id"],
        "items": "".join(rows),
        "amount": baht(session["amount_total"]),
        "notice": notice(told, "bad") if problem else "",
        "about": escape(about),
        "slow": slow if "promptpay" in session["payment_method_types"] else "",
    }


def _times(quantity: int) -> str:
    return f" × {quantity}" if quantity > 1 else ""


def _challenge(memory: Memory, thing: Thing, fields: dict[str, str]) -> Shown:
    session = thing["object"] == "checkout.session"
    back = _back(thing, "success_url") if session else str(memory.hint(thing["id"]).get("back") or "/")
    if thing["status"] not in ("open", "requires_action"):
        return over("เสร็จแล้ว", "ธนาคารไม่ต้องการคำตอบอีก", back)
    if fields.get("act") in ("prove", "unproved"):
        act(memory, fields["act"], thing["id"])
        return go(back if fields["act"] == "prove" or not session else f"/pay/{thing['id']}")
    amount = thing["amount_total"] if session else thing["amount"]
    return whole("ธนาคารขอให้ยืนยัน", fill("challenge", id=thing["id"], amount=baht(amount)))


# --- the bank's app ---------------------------------------------------------------------------------------------


def _bank(memory: Memory, intent: Thing, fields: dict[str, str]) -> Shown:
    if intent["object"] != "payment_intent":
        return over("ไม่พบหน้านี้", "ลิงก์นี้ไม่ถูกต้อง", status=404)
    told, kind = "", ""
    if fields.get("act") in _DONE:
        try:
            act(memory, fields["act"], intent["id"])
            told = _DONE[fields["act"]]
        except Refusal:
            told, kind = "ทำไม่ได้แล้ว ดูสถานะข้างล่าง", "bad"
    open_ = intent["status"] in ("requires_action", "processing")
    values = {"id": intent["id"], "amount": baht(intent["amount"])}
    body = fill(
        "bank",
        **values,
        notice=notice(told, kind),
        about=escape(intent["description"] or intent["id"]),
        status=STATES[intent["status"]],
        acts=fill("bank_acts", **values) if open_ else "",
    )
    return whole("แอปธนาคารจำลอง", body)


def _picture(name: str) -> Shown:
    """The code that is shown to be paid: words, so that no bank takes it for a payment."""
    intent, _, kind = name.rpartition(".")
    if kind not in ("svg", "png") or not intent.replace("_", "").isalnum():
        return over("ไม่พบหน้านี้", "ลิงก์นี้ไม่ถูกต้อง", status=404)
    written = io.BytesIO()
    segno.make(f"{PLAIN_TEXT} {intent}", error="m").save(written, kind=kind, scale=6, border=4)
    return Shown(200, written.getvalue(), "image/svg+xml" if kind == "svg" else "image/png")
