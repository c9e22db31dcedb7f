"""Thai addresses: all 7,436 sub-districts of GeoThai (data CC BY 4.0), searched by name or postcode, and the form's data."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from typing import Any

import geothai
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import F

from shop.common import thai
from shop.people.address.models import UserAddress

BANGKOK = "10"


@dataclass(frozen=True)
class Area:
    """One sub-district with what stands above it. A sub-district may have several postcodes."""

    code: str
    subdistrict_th: str
    subdistrict_en: str
    district_th: str
    district_en: str
    province_th: str
    province_en: str
    province_code: str
    postcodes: tuple[str, ...]

    @property
    def is_bangkok(self) -> bool:
        """Bangkok says แขวง and เขต, and leaves จังหวัด out."""
        return self.code.startswith(BANGKOK)

    def label(self, language: str = "th") -> str:
        """ "ต.บางคนที อ.บางคนที จ.สมุทรสงคราม", as it is chosen from a list."""
        if language != "th":
            return f"{self.subdistrict_en}, {self.district_en}, {self.province_en}"
        if self.is_bangkok:
            return f"แขวง{self.subdistrict_th} {_khet(self.district_th)} {self.province_th}"
        return f"ต.{self.subdistrict_th} อ.{self.district_th} จ.{self.province_th}"


@dataclass(frozen=True)
class AddressData:
    """An address as it is placed on an order: words for the label, codes for the machine."""

    recipient: str
    phone: str
    line1: str
    area_code: str
    postcode: str
    line2: str = ""


def _khet(district: str) -> str:
    return district if district.startswith("เขต") else f"เขต{district}"


@functools.cache
def _areas() -> dict[str, Area]:
    areas: dict[str, Area] = {}
    for province in geothai.provinces():
        for district in geothai.districts(province.code):
            for sub in geothai.subdistricts(district.code):
                areas[sub.code] = Area(
                    code=sub.code,
                    subdistrict_th=sub.name_th,
                    subdistrict_en=sub.name_en,
                    district_th=district.name_th,
                    district_en=district.name_en,
                    province_th=province.name_th,
                    province_en=province.name_en,
                    province_code=f"TH-{province.code}",
                    postcodes=tuple(sub.postal_codes),
                )
    return areas


@functools.cache
def _search_rows() -> list[tuple[str, str, Area]]:
    rows = []
    for area in _areas().values():
        words = f"{area.subdistrict_th} {area.district_th} {area.province_th}"
        english = f"{area.subdistrict_en} {area.district_en} {area.province_en}".lower()
        rows.append((words, f"{english} {' '.join(area.postcodes)}", area))
    return rows


def area(code: str) -> Area | None:
    """The sub-district of a 6-digit code."""
    return _areas().get(code)


def all_areas() -> list[Area]:
    """Every sub-district, by code."""
    return sorted(_areas().values(), key=lambda entry: entry.code)


def provinces() -> list[tuple[str, str, str]]:
    """(two-digit code, Thai name, English name), in Thai order."""
    found = [(entry.code, entry.name_th, entry.name_en) for entry in geothai.provinces()]
    return sorted(found, key=lambda row: thai.sort_key(row[1]))


def districts(province: str) -> list[tuple[str, str, str]]:
    """The districts of a two-digit province code, in Thai order; none for an unknown code."""
    found = [(entry.code, entry.name_th, entry.name_en) for entry in geothai.districts(province)]
    return sorted(found, key=lambda row: thai.sort_key(row[1]))


def subdistricts(district: str) -> list[Area]:
    """The sub-districts of a four-digit district code, in Thai order."""
    found = [_areas()[entry.code] for entry in geothai.subdistricts(district)]
    return sorted(found, key=lambda entry: thai.sort_key(entry.subdistrict_th))


_PREFIXES = ("ตำบล", "แขวง", "อำเภอ", "จังหวัด", "ต.", "อ.", "จ.")
_SHORT = {"กทม": "กรุงเทพมหานคร", "กทม.": "กรุงเทพมหานคร", "กรุงเทพฯ": "กรุงเทพมหานคร", "กรุงเทพ": "กรุงเทพมหานคร"}


def _word(text: str) -> str:
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return _SHORT.get(text, text)


def find_areas(query: str, *, limit: int = 20) -> list[Area]:
    """Sub-districts whose names (Thai or English, any level) or postcode begin with the typed words; best first."""
    words = [_word(word) for word in thai.clean_text(thai.arabic_digits(query)).lower().split()][:6]
    words = [word for word in words if word]
    if not words:
        return []
    ranked: list[tuple[tuple[int, int, tuple[str, str]], Area]] = []
    for names, other, entry in _search_rows():
        if all(word in names or _starts(other, word) for word in words):
            first = words[0]
            rank = 0 if entry.subdistrict_th.startswith(first) or first in entry.postcodes else 1
            rank = rank if first in names or first.isdigit() else rank + 1
            ranked.append(((rank, len(entry.subdistrict_th), thai.sort_key(entry.subdistrict_th)), entry))
    ranked.sort(key=lambda row: row[0])
    return [entry for _, entry in ranked[:limit]]


def _starts(text: str, word: str) -> bool:
    return text.startswith(word) or f" {word}" in text


def one_line(*, line1: str, line2: str, area: Area | None, postcode: str, language: str = "th") -> str:
    """A whole address on one line, in the order in which Thai addresses are written."""
    parts = [line1, line2, area.label(language) if area else "", postcode]
    return " ".join(part for part in parts if part)


def saved_for(user: Any) -> list[UserAddress]:
    """The addresses of a person, the usual one first; none for a guest."""
    if not user.is_authenticated:
        return []
    usual = ("-is_default_for_shipping", "-num_orders_as_shipping_address", "-pk")
    return list(UserAddress.objects.filter(user=user).order_by(*usual))


def as_initial(entry: UserAddress) -> dict[str, str]:
    """A saved address as a form's first values."""
    return {
        "recipient": entry.recipient,
        "phone": entry.phone,
        "line1": entry.line1,
        "area_code": entry.subdistrict_code,
        "postcode": entry.postcode,
    }


@transaction.atomic
def remember(*, user: Any, address: AddressData) -> UserAddress:
    """Keeps an address in the person's book; one that is already there is counted, not doubled."""
    same = UserAddress.objects.filter(
        user=user, recipient=address.recipient, line1=address.line1, subdistrict_code=address.area_code
    ).first()
    if same is not None:
        UserAddress.objects.filter(pk=same.pk).update(
            num_orders_as_shipping_address=F("num_orders_as_shipping_address") + 1, phone=address.phone
        )
        return same
    first = not UserAddress.objects.filter(user=user).exists()
    return save(user=user, address=address, entry=UserAddress(is_default_for_shipping=first))


@transaction.atomic
def save(*, user: Any, address: AddressData, entry: UserAddress) -> UserAddress:
    """Writes a (new or known) entry of the person's address book; the same address twice stays one entry."""
    get_user_model().objects.select_for_update().get(pk=user.pk)  # a double click would make two
    mark = _mark(address)
    same = UserAddress.objects.filter(user=user, hash=mark).exclude(pk=entry.pk).first()
    if same is not None:
        if entry.pk:
            entry.delete()
        entry = same
    found = area(address.area_code)
    entry.user = user
    entry.country_id = "TH"
    entry.recipient = entry.first_name = address.recipient
    entry.phone, entry.line1, entry.line2 = address.phone, address.line1, address.line2
    entry.subdistrict_code, entry.postcode = address.area_code, address.postcode
    if found is not None:
        entry.line3, entry.line4, entry.state = found.subdistrict_th, found.district_th, found.province_th
        entry.province_code = found.province_code
    entry.hash = mark
    models.Model.save(entry)
    return entry


def _mark(address: AddressData) -> str:
    """What makes two addresses of one person the same: recipient, first line and sub-district."""
    whole = f"{address.recipient}|{address.line1}|{address.area_code}"
    return hashlib.md5(whole.encode(), usedforsecurity=False).hexdigest()


@transaction.atomic
def make_usual(*, entry: UserAddress) -> None:
    """This address, and no other of the person, is offered first."""
    get_user_model().objects.select_for_update().get(pk=entry.user_id)
    UserAddress.objects.filter(user=entry.user_id, is_default_for_shipping=True).update(is_default_for_shipping=False)
    UserAddress.objects.filter(pk=entry.pk).update(is_default_for_shipping=True)


def delete(*, entry: UserAddress) -> None:
    """Takes an entry out of the book; placed orders keep their own copy."""
    entry.delete()
