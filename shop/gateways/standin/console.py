"""The page with all buttons: payments, refunds, disputes, messages, trouble."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from shop.gateways.standin import pages
from shop.gateways.standin.acts import act
from shop.gateways.standin.memory import Memory, Thing
from shop.gateways.standin.refusal import Refusal
from shop.gateways.standin.words import BUTTONS, FAULTS, STATES, baht

if TYPE_CHECKING:
    from shop.gateways.standin.server import Standin

_MOST = 30
_NOTHING = '<p class="quiet">ยังไม่มี</p>'
_BANGKOK = dt.timezone(dt.timedelta(hours=7))


def show(standin: Standin, method: str, fields: dict[str, str]) -> pages.Shown:
    """The page, after doing what was pressed."""
    told, kind = "", ""
    if method == "POST":
        try:
            _press(standin, fields)
            return pages.go("/")
        except (Refusal, ValueError) as problem:
            told, kind = f"ทำไม่ได้: {problem}", "bad"
    with standin.memory.lock:
        knobs = {name: f"{value:g}" for name, value in dataclasses.asdict(standin.delivery.knobs).items()}
        body = pages.fill(
            "console",
            notice=pages.notice(told, kind),
            payments=_payments(standin.memory),
            refunds=_list(_refund(refund) for refund in _some(standin.memory, "refund")),
            disputes=_list(_dispute(dispute) for dispute in _some(standin.memory, "dispute")),
            events=_list(_event(standin, event) for event in _some(standin.memory, "event")),
            kinds="".join(f'<option value="{name}">{words}</option>' for name, words in FAULTS.items()),
            faults=_list(
                f'<p class="head">{FAULTS[fault.kind]} <code>{escape(fault.where)}</code> อีก {fault.times} คำขอ</p>'
                for fault in standin.engine.faults.orders
            ),
            requests=_list(_request(entry) for entry in list(standin.engine.requests)[: -_MOST - 1 : -1]),
            **knobs,
        )
    return pages.whole("ระบบจ่ายเงินจำลอง", body, width="wide")


def _press(standin: Standin, fields: dict[str, str]) -> None:
    what, name = fields.get("do", ""), fields.get("id", "")
    if what == "resend":
        standin.resend(name)
    elif what == "calm":
        standin.calm()
    elif what == "fault":
        standin.fault(fields.get("kind", ""), fields.get("where") or "*", int(fields.get("times") or "1"))
    elif what == "knobs":
        known = ("delay", "spread", "repeat", "lose", "forge", "stale", "live")
        standin.delivery.turn(**{name: float(fields[name]) for name in known if fields.get(name)})
    else:
        act(standin.memory, what, name)


def _some(memory: Memory, kind: str) -> Iterable[Thing]:
    return [thing for _, thing in zip(range(_MOST), memory.newest(kind), strict=False)]


def _list(rows: Iterable[str]) -> str:
    made = "".join(f"<li>{row}</li>" for row in rows)
    return f'<ul class="rows">{made}</ul>' if made else _NOTHING


def _buttons(thing: Thing, *acts: str) -> str:
    pressed = "".join(
        f'<button class="small" name="do" value="{name}">{BUTTONS.get(name, "ส่งอีกครั้ง")}</button>' for name in acts
    )
    hidden = f'<input type="hidden" name="id" value="{thing["id"]}">'
    return f'<form method="post" action="/" class="buttons">{hidden}{pressed}</form>' if acts else ""


def _when(stamp: int) -> str:
    return f"{dt.datetime.fromtimestamp(stamp, _BANGKOK):%H:%M:%S}"


def _head(thing: Thing, words: str, amount: int, link: str = "") -> str:
    state = f'<span class="state">{STATES.get(thing["status"], thing["status"])}</span>'
    name = f'<a href="{link}"><code>{thing["id"]}</code></a>' if link else f"<code>{thing['id']}</code>"
    return f'<p class="head"><span>{baht(amount)} · {words} · {_when(thing["created"])}</span>{state}</p>{name}'


def _payments(memory: Memory) -> str:
    open_ = [session for session in _some(memory, "checkout.session") if not session["payment_intent"]]
    rows = [_session(session) for session in open_]
    return _list([*rows, *(_intent(memory, intent) for intent in _some(memory, "payment_intent"))])


def _session(session: Thing) -> str:
    acts = ("pay", "decline", "expire", "pay_late", "pay_late_error") if session["status"] == "open" else ()
    return _head(session, "บัตร", session["amount_total"], f"/pay/{session['id']}") + _buttons(session, *acts)


def _intent(memory: Memory, intent: Thing) -> str:
    session = memory.hint(intent["id"]).get("session", "")
    method = memory.things.get(str(intent["payment_method"]), {}).get("type", "")
    card = method == "card"
    acts: tuple[str, ...] = ()
    if intent["status"] in ("requires_action", "processing"):
        acts = ("pay", "decline") if session or card else ("pay", "process", "expire", "pay_late", "pay_late_error")
    elif intent["status"] == "succeeded" and card:
        acts = ("dispute",)
    words = {"card": "บัตร", "promptpay": "พร้อมเพย์"}.get(method, "ยังไม่เลือกวิธี")
    words += f" · {escape(intent['description'])}" if intent["description"] else ""
    link = f"/pay/{session}" if session else f"/bank/{intent['id']}"
    return _head(intent, words, intent["amount"], link) + _buttons(intent, *acts)


def _refund(refund: Thing) -> str:
    acts = {
        "requires_action": ("refund_pending", "refund_succeed", "refund_fail", "refund_cancel"),
        "pending": ("refund_succeed", "refund_fail"),
        "succeeded": ("refund_fail",),
    }.get(refund["status"], ())
    return _head(refund, f"คืนของ {refund['payment_intent']}", refund["amount"]) + _buttons(refund, *acts)


def _dispute(dispute: Thing) -> str:
    acts = ("dispute_win", "dispute_lose") if dispute["status"] == "needs_response" else ()
    return _head(dispute, f"ของ {dispute['payment_intent']}", dispute["amount"]) + _buttons(dispute, *acts)


def _event(standin: Standin, event: Thing) -> str:
    tries = [entry for entry in standin.delivery.log if entry["event"] == event["id"]]
    state = "ยังไม่ส่ง"
    if tries:
        odd = f" ({', '.join(tries[-1]['odd'])})" if tries[-1]["odd"] else ""
        state = f"ส่ง {len(tries)} ครั้ง คำตอบล่าสุด {tries[-1]['status'] or 'ไม่มี'}{odd}"
    about = event["data"]["object"]["id"]
    words = f"<span>{escape(event['type'])} · <code>{about}</code> · {_when(event['created'])}</span>"
    return f'<div class="line"><p class="head">{words}<span class="state">{state}</span></p>{_buttons(event, "resend")}</div>'


def _request(entry: Thing) -> str:
    notes = [FAULTS.get(entry["fault"], ""), "ตอบซ้ำจากคีย์เดิม" if entry["replayed"] else "", entry["idempotency_key"]]
    words = f"<span>{entry['method']} {escape(entry['path'])} · {_when(entry['at'])}</span>"
    told = escape(" · ".join(note for note in notes if note))
    return f'<p class="head">{words}<span class="state">{entry["status"] or "ไม่ตอบ"}</span></p><code>{told}</code>'
