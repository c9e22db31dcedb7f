"""What a scanned square or a typed code means: a box, a transfer, a parcel or a pick-up code."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from shop.common import codes
from shop.common.thai import arabic_digits

_BOX = re.compile(r"([0-9A-Z]{11})-?(\d{1,3})")
_LENGTHS = {8: "collect", 9: "transfer", 10: "parcel"}


class Kind(enum.StrEnum):
    """What a code names."""

    BOX = "box"
    TRANSFER = "transfer"
    PARCEL = "parcel"
    COLLECT = "collect"


@dataclass(frozen=True)
class Scanned:
    """A code in its stored form, and what it names."""

    kind: Kind
    code: str


def read(text: str) -> Scanned | None:
    """Reads a code as scanned (an address that ends with it) or typed (blanks, dashes, small letters); None if it is none.

    Every code but a box's last number bears a check character: a slip of the pen is noticed here.
    """
    typed = text.strip()
    if "://" in typed:
        typed = urlsplit(typed).path.rstrip("/").rsplit("/", 1)[-1]
    plain = "".join(arabic_digits(typed).upper().split())
    box = _BOX.fullmatch(plain.replace("-", "", plain.count("-") - 1) if plain.count("-") > 1 else plain)
    if box is not None and codes.is_valid(box[1]):
        return Scanned(Kind.BOX, f"{codes.normalise(box[1])}-{int(box[2])}")
    code = codes.normalise(plain)
    kind = _LENGTHS.get(len(code))
    return Scanned(Kind(kind), code) if kind and codes.is_valid(code) else None
