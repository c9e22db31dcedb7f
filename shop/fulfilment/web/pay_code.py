"""The code to scan on the payment page, as SVG for the page and as PNG to keep. Drawn by us: dark on white in every scheme.

Where no money moves in earnest it says so in the picture itself, which is kept and shown to others without its page, and it
holds nothing that a bank's app could pay: a provider's test code that looks like one is replaced by words.
"""

from __future__ import annotations

import io
from pathlib import Path

import resvg_py
import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from shop.gateways.emvco import is_payable
from shop.gateways.registry import in_earnest
from shop.payment.models import PaymentAttempt
from shop.payment.selectors import transfer_payload

WORDS = "ทดสอบ – ห้ามโอนเงิน"
WORDS_EN = "TEST – do not pay"
_FONT = Path(settings.BASE_DIR) / "shop" / "theme" / "data" / "fonts" / "print" / "sarabun-700.ttf"
_BORDER = 4
_BAND = 7
"""Modules of height for each of the two bands of words."""
_WIDTH = 740


def is_test(attempt: PaymentAttempt) -> bool:
    """No money moves, or must not."""
    return settings.DEMO or not in_earnest(attempt.provider)


def told(attempt: PaymentAttempt) -> str:
    """What the code holds; empty where there is nothing to scan."""
    text = transfer_payload(attempt) or str(attempt.show.get("qr") or "")
    if text and is_test(attempt) and is_payable(text):
        return f"{WORDS} {attempt}"
    return text


def svg(attempt: PaymentAttempt) -> SafeString:
    """For the page; empty where there is nothing to scan."""
    text = told(attempt)
    return mark_safe(_drawn(text, test=is_test(attempt))) if text else SafeString("")  # holds no text of others


def png(attempt: PaymentAttempt) -> bytes:
    """The same to keep, for who pays with the same phone."""
    drawn = resvg_py.svg_to_bytes(
        svg_string=_drawn(told(attempt), test=is_test(attempt)),
        width=_WIDTH,
        background="#fff",
        skip_system_fonts=True,
        font_files=[str(_FONT)],
    )
    return bytes(drawn)


def _drawn(text: str, *, test: bool) -> str:
    written = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(
        written, kind="svg", border=_BORDER, light="#fff", xmldecl=False, svgns=True, omitsize=True, svgclass="qr",
        lineclass=None, nl=False,
    )  # fmt: skip
    plain = written.getvalue().decode()
    return _marked(plain, int(code.symbol_size(border=_BORDER)[0])) if test else plain


def _marked(plain: str, side: int) -> str:
    """The code between two red bands of words."""
    inner = plain.partition(">")[2].rpartition("</svg>")[0]
    half = side / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side + 2 * _BAND}" class="qr test">'
        f'<path fill="#fff" d="M0 0h{side}v{side + 2 * _BAND}h-{side}z"/>'
        f'<path fill="#a3231a" d="M0 0h{side}v{_BAND}h-{side}zM0 {side + _BAND}h{side}v{_BAND}h-{side}z"/>'
        f'<g transform="translate(0 {_BAND})">{inner}</g>'
        f'<g fill="#fff" font-family="Sarabun, sans-serif" font-weight="700" font-size="4" text-anchor="middle">'
        f'<text x="{half}" y="{_BAND - 2.2}">{WORDS}</text>'
        f'<text x="{half}" y="{side + 2 * _BAND - 2.2}">{WORDS_EN}</text></g></svg>'
    )
