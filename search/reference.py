"""The first synonyms of a new market: other names of provinces, loan words, and mistakes too short to be mended by rule.

Staff keep the list afterwards (/office/search/). The names are those people use every day: Khorat for Nakhon Ratchasima, Paet Rio for
Chachoengsao. A word of three or four letters has no room for a rule about mistakes (กปิ, สบุ่), so these stand here.
"""

from __future__ import annotations

from django.db import transaction

from search.models import Synonym
from search.understanding import VERSION
from shop.common import versions

PLACES = {
    "กทม": "กรุงเทพมหานคร",
    "บางกอก": "กรุงเทพมหานคร",
    "โคราช": "นครราชสีมา",
    "korat": "Nakhon Ratchasima",
    "แปดริ้ว": "ฉะเชิงเทรา",
    "เมืองคอน": "นครศรีธรรมราช",
    "เมืองลุง": "พัทลุง",
    "แม่กลอง": "สมุทรสงคราม",
    "มหาชัย": "สมุทรสาคร",
    "ปากน้ำ": "สมุทรปราการ",
    "กรุงเก่า": "พระนครศรีอยุธยา",
    "เมืองกาญจน์": "กาญจนบุรี",
    "สองแคว": "พิษณุโลก",
    "เมืองย่า": "นครราชสีมา",
}
LOANS = {
    "คอฟฟี่": "กาแฟ",
    "ชา": "tea",
    "ซิลค์": "ผ้าไหม",
    "silk": "ผ้าไหม",
    "cotton": "ผ้าฝ้าย",
    "คอตตอน": "ผ้าฝ้าย",
    "ออร์แกนิค": "อินทรีย์",
    "ออร์แกนิก": "อินทรีย์",
    "organic": "อินทรีย์",
    "โอท็อป": "OTOP",
    "โอทอป": "OTOP",
    "สแน็ค": "ขนมขบเคี้ยว",
    "สแนค": "ขนมขบเคี้ยว",
    "ชิพ": "chips",
    "ชิปส์": "chips",
    "แฮนด์เมด": "หัตถกรรม",
    "handmade": "หัตถกรรม",
    "โซป": "สบู่",
    "แชมพู": "shampoo",
    "เซรามิค": "เซรามิก",
}
NAMES = {
    "พริกแกง": "เครื่องแกง",
    "นมสด": "นม",
    "เครื่องจักสาน": "จักสาน",
    "ของฝาก": "ของที่ระลึก",
    "ผ้าซิ่น": "ผ้าถุง",
}
MISTAKES = {
    "กปิ": "กะปิ",
    "สบุ่": "สบู่",
    "สะบู่": "สบู่",
    "น้ำปา": "น้ำปลา",
    "กาแฝ": "กาแฟ",
    "ผ้าใหม": "ผ้าไหม",
    "น้ำพึ้ง": "น้ำผึ้ง",
    "ไค่เค็ม": "ไข่เค็ม",
}


@transaction.atomic
def load_first_words() -> int:
    """Writes them into a market whose staff have not touched words or boosts yet; how many were written.

    A word that staff took away must not come back with the next release, so the counter of changes is asked, not the table.
    """
    if versions.current(VERSION) or Synonym.objects.exists():
        return 0
    rows = [Synonym(word=word, means=means) for known in (PLACES, LOANS, NAMES) for word, means in known.items()]
    rows += [Synonym(word=word, means=means, both_ways=False) for word, means in MISTAKES.items()]
    Synonym.objects.bulk_create(rows)
    versions.bump(VERSION)
    return len(rows)
