"""Thai words for what is shown. The stand-in has no translations: its pages speak Thai, with English below the buttons."""

from __future__ import annotations

STATES = {
    "requires_payment_method": "รอวิธีจ่าย",
    "requires_confirmation": "รอยืนยัน",
    "requires_action": "รอผู้ซื้อ",
    "processing": "ธนาคารกำลังทำรายการ",
    "succeeded": "สำเร็จ",
    "canceled": "ยกเลิกแล้ว",
    "open": "เปิดอยู่",
    "complete": "เสร็จแล้ว",
    "expired": "หมดเวลา",
    "pending": "กำลังโอนคืน",
    "failed": "ไม่สำเร็จ",
    "needs_response": "รอคำตอบ",
    "won": "ร้านชนะ",
    "lost": "ร้านแพ้",
}
BUTTONS = {
    "pay": "จ่าย",
    "decline": "ปฏิเสธ",
    "expire": "หมดอายุ",
    "process": "ธนาคารรับไว้ก่อน",
    "pay_late": "จ่ายช้า",
    "pay_late_error": "จ่ายช้า ไม่มีคำตอบ",
    "refund_pending": "ผู้ซื้อแจ้งบัญชีแล้ว",
    "refund_succeed": "เงินถึงผู้ซื้อ",
    "refund_fail": "คืนไม่สำเร็จ",
    "refund_cancel": "ยกเลิกการคืน",
    "dispute": "ผู้ถือบัตรโต้แย้ง",
    "dispute_win": "ร้านชนะ",
    "dispute_lose": "ร้านแพ้",
}
FAULTS = {
    "rate_limit": "429 ขอถี่เกินไป",
    "error_before": "500 ก่อนทำ",
    "error_after": "500 ทั้งที่ทำแล้ว",
    "hang_before": "ไม่ตอบ ยังไม่ทำ",
    "hang_after": "ไม่ตอบ ทั้งที่ทำแล้ว",
    "drop_before": "สายหลุดก่อนทำ",
    "drop_after": "สายหลุดหลังทำ",
    "slow": "ตอบช้า",
}


def baht(satang: int) -> str:
    """1234567 → "12,345.67 บาท" """
    sign = "−" if satang < 0 else ""
    return f"{sign}{abs(satang) // 100:,}.{abs(satang) % 100:02d} บาท"
