"""A document as it is shown: words and figures for the page and for typst alike, in Thai with English beside, from its row alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from shop.common import pdf
from shop.common.baht_words import baht_words
from shop.documents.models import HEAD_OFFICE, Document, Kind
from shop.theme import formats

_TEMPLATE = Path(__file__).parent / "web" / "templates" / "papers" / "document.typ"
_INVOICE, _NOTE = ("ใบกำกับภาษี / ใบเสร็จรับเงิน", "Tax invoice / Receipt"), ("ใบลดหนี้", "Credit note")
TITLES: dict[str, tuple[str, str]] = {
    Kind.RECEIPT: ("ใบเสร็จรับเงิน", "Receipt"),
    Kind.ABBREVIATED: ("ใบกำกับภาษีอย่างย่อ / ใบเสร็จรับเงิน", "Abbreviated tax invoice / Receipt"),
    Kind.TAX_INVOICE: _INVOICE,
    Kind.CREDIT_NOTE: _NOTE,
    Kind.REFUND_NOTE: ("ใบคืนเงิน", "Refund note"),
    Kind.CANCELLATION: ("ใบยกเลิกเอกสาร", "Cancellation"),
}
ETAX_CODES: dict[str, str] = {
    Kind.RECEIPT: "T01",
    Kind.TAX_INVOICE: "T03",
    Kind.ABBREVIATED: "T06",
    Kind.CREDIT_NOTE: "81",
    Kind.CANCELLATION: "T07",
}
"""Kinds as the standard for e-Tax files (ขมธอ. 3-2560) numbers them; a refund note is no document of tax."""
_EXEMPT = "* ยกเว้นภาษีมูลค่าเพิ่ม"
_NO_TAX = "ผู้ขายไม่ได้จดทะเบียนภาษีมูลค่าเพิ่ม เอกสารนี้ไม่ใช่ใบกำกับภาษี"
_INCLUDED = "ราคารวมภาษีมูลค่าเพิ่มแล้ว"
_LATE = "ออกย้อนหลังสำหรับการขายที่ชำระเงินเมื่อวันที่ {day}"


def print_document(document: Document) -> bytes:
    """The PDF; the same row gives the same bytes at any time. Outside transactions."""
    return pdf.render(_TEMPLATE, shown(document), moment=document.issued_at)


def shown(document: Document) -> dict[str, Any]:
    """Everything that stands on it, as plain values. One query: is it void?"""
    kept, title = document.snapshot, TITLES[document.kind]
    void = document.followers.filter(kind=Kind.CANCELLATION).values_list("reference", flat=True).first()
    return {
        "title": title[0],
        "title_en": title[1],
        "number": document.reference,
        "dated": formats.date(document.dated),
        "issued": formats.date_time(document.issued_at),
        "test": document.is_test,
        "void": void or "",
        "seller": {
            "name": kept["seller"]["name"],
            "address": kept["seller"]["address"],
            "tax_id": kept["seller"]["tax_id"],
            "branch": branch_words(kept["seller"]["branch"]) if kept["seller"]["is_vat_registered"] else "",
        },
        "groups": " · ".join(name for name in kept["groups"] if name != kept["seller"]["name"]),
        "buyer": _buyer(kept["buyer"]),
        "order": kept["order"],
        "paid": _paid(kept),
        "about": _about(kept),
        "reason": kept.get("reason", ""),
        "lines": [_line(number, line, document) for number, line in enumerate(kept["lines"], 1)],
        "sums": [{"th": th, "en": en, "amount": formats.figure(amount)} for th, en, amount in _sums(document)],
        "total": formats.figure(document.total_satang),
        "words": baht_words(document.total_satang),
        "borne": _borne(document),
        "notes": _notes(document),
    }


def branch_words(branch: str) -> str:
    """สำนักงานใหญ่, or which branch."""
    return "สำนักงานใหญ่" if branch == HEAD_OFFICE else f"สาขาที่ {branch}"


def _buyer(kept: dict[str, Any] | None) -> dict[str, str] | None:
    if kept is None:
        return None
    branch = branch_words(kept["branch"]) if kept["branch"] else ""
    return {"name": kept["name"], "address": kept["address"], "tax_id": kept["tax_id"], "branch": branch}


def _paid(kept: dict[str, Any]) -> str:
    if "method" not in kept:
        return ""
    day = formats.date(dt.date.fromisoformat(kept["paid_on"])).replace(" ", "\u00a0")
    return f"{kept['method']} · {day}"


def _about(kept: dict[str, Any]) -> dict[str, str] | None:
    about, label = kept.get("about"), "อ้างถึง"
    if about is None:
        about, label = kept.get("instead_of"), "ออกแทน"
    if about is None:
        return None
    day = formats.date(dt.date.fromisoformat(about["dated"]))
    return {"label": label, "words": f"{TITLES[about['kind']][0]} เลขที่ {about['reference']} วันที่ {day}"}


def _line(number: int, line: dict[str, Any], document: Document) -> dict[str, str]:
    quantity, marked = line["quantity"], line["exempt"] and document.vat_basis_points is not None
    return {
        "number": str(number),
        "title": f"{line['title']} *" if marked else line["title"],
        "quantity": f"{quantity:,} {line['unit']}".strip() if quantity else "",
        "unit": formats.figure(line["unit_satang"]) if quantity else "",
        "discount": formats.figure(-line["discount_satang"]) if line["discount_satang"] else "",
        "amount": formats.figure(line["total_satang"]),
    }


def _sums(document: Document) -> list[tuple[str, str, int]]:
    rows: list[tuple[str, str, int]] = []
    value = document.untaxed_satang + document.taxable_satang
    if document.is_credit:
        before = document.snapshot["value_before"]
        rows += [
            ("มูลค่าตามเอกสารเดิม", "Value before", before),
            ("มูลค่าที่ถูกต้อง", "Correct value", before - value),
            ("ผลต่าง", "Difference", value),
        ]
    if document.kind not in (Kind.TAX_INVOICE, Kind.CREDIT_NOTE):
        return rows
    if not document.is_credit:
        if document.untaxed_satang:
            rows.append(("มูลค่าสินค้าที่ยกเว้นภาษี", "Exempt", document.untaxed_satang))
        rows.append(("มูลค่าสินค้าก่อนภาษี", "Before VAT", document.taxable_satang))
    rate = f"{(document.vat_basis_points or 0) / 100:g}"
    rows.append((f"ภาษีมูลค่าเพิ่ม {rate}%", f"VAT {rate}%", document.vat_satang))
    return rows


def _borne(document: Document) -> str:
    if not document.borne_satang:
        return ""
    paid = document.total_satang - document.borne_satang
    by = document.snapshot["borne_by"]
    if document.is_credit:
        return f"คืนผู้ซื้อ {formats.figure(paid)} บาท คืน{by} {formats.figure(document.borne_satang)} บาท"
    return f"{by} จ่ายแทนผู้ซื้อ {formats.figure(document.borne_satang)} บาท ผู้ซื้อจ่าย {formats.figure(paid)} บาท"


def _late(document: Document) -> list[str]:
    """A document that was issued after its month was reported has the day it was issued, and names the day of the sale."""
    paid_on = document.snapshot.get("paid_on", "")
    if not document.is_sale or not paid_on or paid_on == document.dated.isoformat():
        return []
    return [_LATE.format(day=formats.date(dt.date.fromisoformat(paid_on)))]


def _notes(document: Document) -> list[str]:
    notes = _late(document)
    if document.vat_basis_points is None:
        notes.append(_NO_TAX)
    elif any(line["exempt"] for line in document.snapshot["lines"]):
        notes.append(_EXEMPT)
    if document.vat_satang:
        notes.append(_INCLUDED)
    return notes
