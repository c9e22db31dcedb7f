"""Invented, plausible names: villages, cooperatives, groups, people. No real group stands here."""

from __future__ import annotations

from dataclasses import dataclass

VILLAGES = (
    ("บ้านหนองบัวทอง", "Ban Nong Bua Thong"),
    ("บ้านโนนสวรรค์", "Ban Non Sawan"),
    ("บ้านดงเย็น", "Ban Dong Yen"),
    ("บ้านท่าทอง", "Ban Tha Thong"),
    ("บ้านคลองใหม่", "Ban Khlong Mai"),
    ("บ้านทุ่งรวงทอง", "Ban Thung Ruang Thong"),
    ("บ้านสันติสุข", "Ban Santi Suk"),
    ("บ้านห้วยแก้วงาม", "Ban Huai Kaeo Ngam"),
    ("บ้านนาคำหวาน", "Ban Na Kham Wan"),
    ("บ้านป่าสักงาม", "Ban Pa Sak Ngam"),
    ("บ้านควนร่มเย็น", "Ban Khuan Rom Yen"),
    ("บ้านบางน้ำใส", "Ban Bang Nam Sai"),
    ("บ้านไร่ปลายนา", "Ban Rai Plai Na"),
    ("บ้านเกาะแก้วพัฒนา", "Ban Ko Kaeo Phatthana"),
    ("บ้านสวนตาล", "Ban Suan Tan"),
    ("บ้านหัวสะพาน", "Ban Hua Saphan"),
    ("บ้านดอยหมอก", "Ban Doi Mok"),
    ("บ้านแหลมเพชร", "Ban Laem Phet"),
    ("บ้านโคกสะอาด", "Ban Khok Sa-at"),
    ("บ้านวังน้ำเขียวอ่อน", "Ban Wang Nam Khiao On"),
    ("บ้านหนองแสงจันทร์", "Ban Nong Saeng Chan"),
)

WOMEN = (
    "วรรณา",
    "สมจิตร",
    "นงนุช",
    "มาลัย",
    "จันทร์เพ็ญ",
    "รัตนา",
    "สมศรี",
    "ประไพ",
    "วิไล",
    "อรุณี",
    "ลำดวน",
    "พิกุล",
    "กาญจนา",
    "ศรีสุดา",
    "แสงเดือน",
    "ไพรวัลย์",
    "ดวงใจ",
    "เพ็ญศรี",
    "บัวผัน",
    "อุบล",
)
MEN = (
    "ประเสริฐ",
    "บุญมี",
    "สุรินทร์",
    "ทองใบ",
    "สุนทร",
    "บุญเลิศ",
    "คำปัน",
    "สมหมาย",
    "วิชัย",
    "มานพ",
    "เกษม",
    "บุญส่ง",
    "สมพงษ์",
    "ไพรัช",
)
MUSLIM_WOMEN = (
    "อามีนะห์",
    "ฟาตีมะห์",
    "มาเรียม",
    "ซารีนา",
)
MUSLIM_MEN = (
    "ยูโซะ",
    "อิสมาแอ",
    "อับดุลเลาะ",
)
LAST_NAMES = (
    "ใจดี",
    "แก้วมณี",
    "ทองสุข",
    "ศรีสวัสดิ์",
    "บุญเรือง",
    "พรหมมา",
    "คงทน",
    "ชูแก้ว",
    "อินทร์แก้ว",
    "วงศ์คำ",
    "สายทอง",
    "จันทร์หอม",
    "แสงทอง",
    "ยอดรัก",
    "รุ่งเรือง",
)


@dataclass(frozen=True)
class Craft:
    """What a kind of group makes: how it is named, and how it tells about itself."""

    name_th: str
    name_en: str
    story_th: str
    story_en: str


CRAFTS: dict[str, Craft] = {
    "rice": Craft(
        "กลุ่มผู้ปลูกข้าว",
        "rice growers",
        "เราปลูกข้าวในนาของสมาชิกเอง เก็บเกี่ยวเมื่อรวงสุกพอดี แล้วสีใหม่ทุกสัปดาห์ที่โรงสีของสหกรณ์",
        "We grow rice in our members' own fields, harvest it when the ears are ripe, and mill it fresh every week.",
    ),
    "farm": Craft(
        "กลุ่มชาวสวน",
        "orchard growers",
        "เราดูแลสวนด้วยมือ ตัดผลตอนเช้ามืด คัดทีละลูกก่อนบรรจุลงกล่อง",
        "We tend our orchards by hand, cut before dawn and choose every fruit before it goes into the box.",
    ),
    "food": Craft(
        "กลุ่มแม่บ้านเกษตรกร",
        "farm women's group",
        "แม่บ้านในหมู่บ้านรวมกันทำของกินตามสูตรที่สืบต่อกันมา ใช้วัตถุดิบจากสวนของสมาชิกก่อนเสมอ",
        "The women of our village cook together from handed-down recipes, with what our members grow.",
    ),
    "animal": Craft(
        "กลุ่มผู้เลี้ยงสัตว์และแปรรูป",
        "livestock and processing group",
        "เราเลี้ยงเองและแปรรูปเอง โรงงานเล็ก ๆ ของกลุ่มสะอาดและเปิดให้ดูได้ทุกวัน",
        "We raise and process ourselves; our small plant is clean and open to visitors every day.",
    ),
    "sea": Craft(
        "กลุ่มแปรรูปสัตว์น้ำ",
        "fish processing group",
        "เรารับปลาจากเรือและบ่อของสมาชิก ทำสดใหม่ทุกเช้า ตากแดดแรงและไม่ใส่สี",
        "We take fish from our members' boats and ponds, work it fresh every morning and dry it in the sun.",
    ),
    "sweet": Craft(
        "กลุ่มน้ำผึ้งและน้ำตาล",
        "honey and sugar makers",
        "เราเก็บน้ำหวานจากธรรมชาติทีละน้อย เคี่ยวในกระทะใบเดียวกับที่ปู่ย่าเคยใช้",
        "We gather nature's sweetness little by little and cook it in the pans our grandparents used.",
    ),
    "drink": Craft(
        "กลุ่มชา กาแฟ และเครื่องดื่ม",
        "tea, coffee and drinks group",
        "เราเก็บด้วยมือ คั่วและบรรจุเองในหมู่บ้าน ทุกล็อตมีคนชิมก่อนออกขาย",
        "We pick by hand, roast and pack in the village, and taste every lot before it is sold.",
    ),
    "weave": Craft(
        "กลุ่มทอผ้า",
        "weaving group",
        "เรามัด ย้อม และทอด้วยกี่ไม้ใต้ถุนบ้าน ผืนหนึ่งใช้เวลาเป็นสัปดาห์ ลายของแต่ละคนไม่ซ้ำกัน",
        "We tie, dye and weave on wooden looms below our houses; a piece takes weeks and no two are alike.",
    ),
    "bags": Craft(
        "กลุ่มหัตถกรรม",
        "handicraft group",
        "ช่างรุ่นแม่สอนรุ่นลูกทีละขั้น งานทุกชิ้นลงชื่อคนทำ",
        "The elder makers teach the young step by step, and every piece carries its maker's name.",
    ),
    "basket": Craft(
        "กลุ่มจักสาน",
        "basketry group",
        "เราตัดไม้และกกจากที่ปลูกเอง ตากให้แห้งดี แล้วสานด้วยมือจนแน่นใช้ได้นาน",
        "We cut what we planted, dry it well, and weave it tight by hand so that it lasts.",
    ),
    "pot": Craft(
        "กลุ่มปั้นดิน",
        "pottery group",
        "ดินจากริมน้ำในหมู่บ้าน ปั้นบนแป้นหมุน เผาในเตาฟืนที่กลุ่มดูแลร่วมกัน",
        "Clay from our river bank, thrown on the wheel and fired in the kiln that we keep together.",
    ),
    "wood": Craft(
        "กลุ่มช่างฝีมือ",
        "craftsmen's group",
        "ช่างไม้และช่างโลหะรวมกลุ่มกัน รักษาวิธีทำแบบเดิมและสอนให้คนรุ่นใหม่",
        "Carvers and metalworkers who keep the old ways and teach them to the young.",
    ),
    "gift": Craft(
        "กลุ่มของที่ระลึก",
        "souvenir makers",
        "เราทำของชิ้นเล็กจากวัสดุในท้องถิ่น ทุกชิ้นบอกเรื่องของบ้านเรา",
        "We make small things of local materials, and each tells of our home.",
    ),
    "herb": Craft(
        "กลุ่มสมุนไพร",
        "herbal group",
        "เราปลูกสมุนไพรหลังบ้าน ล้าง อบ และปรุงตามสูตรที่จดแจ้งไว้",
        "We grow herbs behind our houses, wash, dry and prepare them by our notified recipes.",
    ),
    "home": Craft(
        "กลุ่มของใช้ในบ้าน",
        "household goods group",
        "เราทำของใช้ที่ทนและสวยพอดี จากวัสดุที่หาได้ในหมู่บ้าน",
        "We make lasting, good-looking things for the house from what our village has.",
    ),
    "plant": Craft(
        "กลุ่มพันธุ์พืชและปัจจัยการผลิต",
        "plants and farm inputs group",
        "เราคัดพันธุ์ เพาะ และทดลองในแปลงของสมาชิกก่อนส่งให้ลูกค้า",
        "We select, raise and try everything in our members' plots before we send it out.",
    ),
}

WOMENS_CRAFTS = frozenset({"food"})
"""Crafts whose groups are named after their women."""

CRAFT_OF = {
    "rice": "rice",
    "fresh-produce": "farm",
    "processed-fruit": "food",
    "chilli-paste": "food",
    "eggs-meat-dairy": "animal",
    "seafood": "sea",
    "snacks-sweets": "food",
    "honey-sugar": "sweet",
    "beverages": "drink",
    "silk": "weave",
    "cotton": "weave",
    "clothing": "weave",
    "bags-jewellery": "bags",
    "basketry": "basket",
    "ceramics": "pot",
    "wood-metal": "wood",
    "souvenirs": "gift",
    "herbal-care": "herb",
    "home-care": "home",
    "farm-inputs": "plant",
}
"""Category → craft."""

CRAFT_OF_GOOD = {
    "Roasted tiger-striped peanuts": "food",
    "Khlong Khon shrimp paste": "sea",
    "Cooked fermented-fish sauce": "sea",
    "Traditional fish sauce": "sea",
    "Yan Lipao vine handbag": "basket",
    "Krajood sedge bag": "basket",
    "Water-hyacinth bag": "basket",
    "Hill-tribe cloth bag": "weave",
    "Nan silver jewellery": "wood",
    "Nakhon niello ware": "wood",
    "Bang Sadet court dolls": "pot",
    "Khit pillow": "weave",
    "Hand-woven tablecloth": "weave",
    "Herbal scented candle": "herb",
}
"""Goods that another craft makes than most of their category."""


def first_name(position: int, *, woman: bool, muslim: bool) -> str:
    """A name that fits the face beside it."""
    names = (MUSLIM_WOMEN if woman else MUSLIM_MEN) if muslim else (WOMEN if woman else MEN)
    return names[position % len(names)]


UNITS_EN = (
    ("กก.", "kg"),
    ("มล.", "ml"),
    ("ก.", "g"),
    ("ม.", "m"),
    ("กล่อง", "box"),
    ("กระปุก", "jar"),
    ("ขวด", "bottle"),
    ("ถุง", "bag"),
    ("ผืน", "piece"),
    ("ชิ้น", "piece"),
    ("ใบ", "piece"),
    ("ลูก", "pieces"),
    ("ลัง", "case"),
    ("แพ็ก", "pack"),
    ("แผง", "tray"),
    ("ฟอง", "eggs"),
    ("ก้อน", "block"),
    ("ตัว", "piece"),
    ("ชุด", "set"),
    ("คู่", "pair"),
    ("หลา", "yard"),
    ("เมตร", "metre"),
    ("เล่ม", "piece"),
    ("ด้าม", "piece"),
    ("ช่อ", "bunch"),
    ("ต้น", "plant"),
    ("อัน", "piece"),
    ("คัน", "piece"),
    ("ถัง", "tub"),
    ("ถาด", "tray"),
    ("หลอด", "tube"),
    ("ตลับ", "tin"),
    ("กระสอบ", "sack"),
    ("พวง", "bunch"),
    ("หวี", "hand"),
    ("มัด", "bundle"),
    ("ผล", "fruit"),
    ("แท่ง", "bar"),
    ("ห่อ", "packet"),
    ("เส้น", "piece"),
    ("หมวก", "hat"),
    ("กรง", "cage"),
    ("โหล", "dozen"),
    ("ซอง", "sachet"),
    ("กระเป๋า", "bag"),
    ("กระป๋อง", "can"),
    ("แก้ว", "glass"),
    ("โอ่ง", "jar"),
)


def unit_en(unit_th: str) -> str:
    """ "ถุง 5 กก." → "bag 5 kg"."""
    for thai, english in UNITS_EN:
        unit_th = unit_th.replace(thai, english)
    return unit_th
