"""Thai QR payment to the market's own account, as text for a QR code: PromptPay id (tag 29) or biller id (tag 30).

Source: EMV QRCPS merchant-presented mode 1.1 and the Thai QR Payment standard of the Bank of Thailand: each field is two digits
of tag, two of length, then the value; the last field is the CRC-16/CCITT-FALSE of all before it, "6304" included. A biller's QR
carries a reference, a PromptPay id's does not. A demo never shows one: an invented number may be somebody's account.
"""

from __future__ import annotations

import binascii
import re

from shop.common.thai import is_mobile, is_thai_id

_PROMPTPAY, _BILLER = "A000000677010111", "A000000677010112"
_REFERENCE = re.compile(r"[A-Z0-9]{1,20}")


def promptpay(account: str, amount_satang: int) -> str:
    """To a PromptPay id: a mobile number (10 digits) or a national or tax number (13 digits). Raises ValueError."""
    digits = _digits(account)
    if is_mobile(digits):
        return _payload("29", _field("00", _PROMPTPAY) + _field("01", f"0066{digits[1:]}"), amount_satang)
    if is_thai_id(digits):
        return _payload("29", _field("00", _PROMPTPAY) + _field("02", digits), amount_satang)
    raise ValueError("a PromptPay id is a mobile number, or a number of 13 digits with its check digit")


def biller(account: str, amount_satang: int, *, reference: str, second: str = "") -> str:
    """To a biller id (tax number and two digits of suffix), with one or two references. Raises ValueError."""
    digits = _digits(account)
    if len(digits) != 15 or not is_thai_id(digits[:13]):
        raise ValueError("a biller id has 15 digits: the tax number and a suffix of two")
    references = [reference, *([second] if second else [])]
    if not all(_REFERENCE.fullmatch(each) for each in references):
        raise ValueError("a reference has 1 to 20 capital letters and digits")
    fields = _field("00", _BILLER) + _field("01", digits)
    fields += "".join(_field(f"0{number}", each) for number, each in enumerate(references, start=2))
    return _payload("30", fields, amount_satang)


def is_payable(text: str) -> bool:
    """Could a bank's app take it for a payment? Every EMV code begins with its format, and a Thai one names its scheme."""
    plain = "".join(text.split())
    return plain.startswith("0002") or any(scheme in plain.upper() for scheme in (_PROMPTPAY, _BILLER))


def _payload(tag: str, account: str, amount_satang: int) -> str:
    if not 0 < amount_satang < 10**12:
        raise ValueError("the amount is more than nothing")
    amount = f"{amount_satang // 100}.{amount_satang % 100:02d}"
    body = _field("00", "01") + _field("01", "12") + _field(tag, account)
    body += _field("58", "TH") + _field("53", "764") + _field("54", amount) + "6304"
    return f"{body}{binascii.crc_hqx(body.encode(), 0xFFFF):04X}"


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def _digits(text: str) -> str:
    digits = text.replace("-", "").replace(" ", "")
    if not re.fullmatch(r"[0-9]+", digits):
        raise ValueError("digits only")
    return digits
