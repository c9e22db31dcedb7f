"""The goods that are searched and the goods that only stand in the way, the same at every run."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SEED, DISTRACTORS = 2569, 5_000


@dataclass(frozen=True)
class Judged:
    """One query and the numbers of the goods that a shopper wants from it."""

    query: str
    wanted: frozenset[int]
    kind: str
    held: bool


@dataclass(frozen=True)
class Good:
    """What is written about a good. `number` counts the real ones from 1; distractors follow from 1,001."""

    number: int
    name_th: str
    name_en: str
    category: str
    category_th: str
    category_en: str
    province_th: str
    materials: str = ""
    group_th: str = ""
    group_en: str = ""


def judged() -> list[Judged]:
    """All judged queries, in the file's order."""
    with (HERE / "queries.csv").open(encoding="utf-8") as file:
        return [
            Judged(row["query"], frozenset(map(int, row["wanted"].split())), row["kind"], row["held"] == "1")
            for row in csv.DictReader(file)
        ]


def real() -> list[Good]:
    """The 119 goods, six of them of groups with telling names."""
    with (HERE / "groups.csv").open(encoding="utf-8") as file:
        groups = {
            int(number): (row["name_th"], row["name_en"])
            for row in csv.DictReader(file)
            for number in row["products"].split()
        }
    with (ROOT / "shop/seed/data/products.csv").open(encoding="utf-8-sig") as file:
        return [
            Good(
                number,
                row["product_th"],
                row["product_en"],
                row["category_code"],
                row["category_th"],
                row["category_en"],
                row["province_th"],
                row["raw_material_th"],
                *groups.get(number, ("", "")),
            )
            for number, row in enumerate(csv.DictReader(file), start=1)
        ]


_HEADS = (
    "โต๊ะ เก้าอี้ ตู้ ชั้นวาง กีตาร์ ระนาด ฆ้อง กลอง ขลุ่ย ซอด้วง ตะเกียบ จาน ช้อน กระทะ เตา พัดลม โคมไฟ นาฬิกา กรอบรูป สมุดบันทึก ดินสอ "
    "ปากกา ยางลบ ลูกบอล ตะแกรง รองเท้า ถุงเท้า เข็มขัด หมวก แว่นตา รถเข็น ประตู หน้าต่าง มู่ลี่ พรม ม่าน แจกัน กระจก หวี แปรง ฟองน้ำ "
    "ถังขยะ สายยาง จอบ เสียม คราด กรรไกร ตะปู ค้อน เลื่อย สิ่ว ว่าว ลูกข่าง หุ่นยนต์ ตัวต่อ แผนที่ พจนานุกรม นิทาน ปฏิทิน ซองจดหมาย"
).split()
_TAILS = (
    "พับได้ ขนาดใหญ่ ลายดอก สองชั้น รุ่นใหม่ แบบพกพา ทรงกลม ทรงสูง กันลื่น สำหรับเด็ก ล้านนา โบราณ สแตนเลส พลาสติก อะลูมิเนียม หินอ่อน ลายจุด "
    "ลายทาง สีฟ้า สีเขียว สีแดง สีเหลือง ประหยัดไฟ ตั้งโต๊ะ แขวนผนัง ติดรถยนต์ กลางแจ้ง ในร่ม เอนกประสงค์ ฝีมือช่าง บ้านสวน ริมทะเล ชายทุ่ง"
).split()
_SYLLABLES = (
    "กะ ขัน คำ งา จัน ชาย ซอง ดิน ตาล ทอง นา บัว ปาน พัน ฟ้า มล ยอด รัก ลาน วัง สาย หัน อิน เกด แก้ว โค่น ใจ ไท เพชร แหวน โบก ไร เริง "
    "เกี้ยว มิตร ศรี กลาง ประ พรม ตรา กริช ขวัญ ครู่ เปลว แปลก โปร่ง เกลี้ยง ทรัพย์ ลือ นิล"
).split()
_ENGLISH = (
    "table chair shelf guitar drum flute lamp clock frame pencil ruler ball shoe belt glove cart door window rug curtain vase mirror comb "
    "brush bin hose spade rake hammer nail saw kite robot map story letter green tall folding round travel outdoor garden river"
).split()
_SHELVES = (
    ("furniture", "เฟอร์นิเจอร์", "Furniture"),
    ("music", "อุปกรณ์ดนตรี", "Musical instruments"),
    ("stationery", "เครื่องเขียน", "Stationery"),
    ("sports", "อุปกรณ์กีฬา", "Sporting goods"),
    ("tools", "เครื่องมือช่าง", "Hand tools"),
)
_PROVINCES = (
    "กำแพงเพชร ชัยนาท ตราด นครนายก นครพนม นครสวรรค์ พิจิตร มุกดาหาร ระนอง ลพบุรี เลย สตูล สระแก้ว สิงห์บุรี หนองคาย อุทัยธานี".split()
)


def distractors(number: int = DISTRACTORS) -> list[Good]:
    """Goods that nobody asks for: no name holds a query of four letters or more, nor a word of one."""
    chance = random.Random(SEED)
    forbidden = {word.lower() for entry in judged() for word in (entry.query, *entry.query.split()) if len(word) >= 3}
    found: list[Good] = []
    while len(found) < number:
        thai = _thai(chance)
        english = " ".join(chance.sample(_ENGLISH, 3)).capitalize()
        if any(word in thai or word in english.lower() for word in forbidden):
            continue
        shelf = chance.choice(_SHELVES)
        found.append(Good(1_001 + len(found), thai, english, *shelf, chance.choice(_PROVINCES)))
    return found


def _thai(chance: random.Random) -> str:
    if chance.random() < 0.6:
        return chance.choice(_HEADS) + chance.choice(_TAILS) + "".join(chance.sample(_SYLLABLES, 2))
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(3, 7)))
