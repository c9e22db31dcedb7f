"""Who carries parcels: how their numbers look, and where they can be followed."""

from __future__ import annotations

import re
from urllib.parse import quote

from shop.fulfilment import errors

THAILAND_POST = "ไปรษณีย์ไทย"
KNOWN = (THAILAND_POST, "Flash Express", "KEX", "J&T Express")
_LINKS = {
    THAILAND_POST: "https://track.thailandpost.co.th/?trackNumber={number}",
    "Flash Express": "https://www.flashexpress.co.th/fle/tracking?se={number}",
    "KEX": "https://th.kex-express.com/th/track/?track={number}",
    "J&T Express": "https://www.jtexpress.co.th/service/track?waybillNo={number}",
}
_S10 = re.compile(r"([A-Z]{2})(\d{8})(\d)TH")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def is_thailand_post(carrier: str) -> bool:
    """Is it the post, however a person spells it?"""
    name = carrier.casefold().replace(" ", "")
    return "ไปรษณีย์" in name or name in ("thailandpost", "thaipost", "ems")


def checked_number(carrier: str, number: str) -> str:
    """The number as it is kept: of Thailand Post without blanks and with a right check digit (UPU S10), of others as typed.

    Raises TrackingInvalid.
    """
    if not is_thailand_post(carrier) or not number.strip():
        return number.strip()
    plain = re.sub(r"[\s-]", "", number).upper()
    found = _S10.fullmatch(plain)
    if found is None or check_digit(found[2]) != int(found[3]):
        raise errors.TrackingInvalid
    return plain


def check_digit(serial: str) -> int:
    """The check digit of eight digits by UPU S10: 11 − (weighted sum mod 11), where 10 is 0 and 11 is 5."""
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, serial, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def link(carrier: str, number: str) -> str:
    """Where a parcel can be followed; "" for carriers without such a page."""
    name = THAILAND_POST if is_thailand_post(carrier) else carrier
    template = _LINKS.get(name, "")
    return template.format(number=quote(number, safe="")) if template and number else ""
