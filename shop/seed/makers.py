"""News of the demo about people who make things."""

from __future__ import annotations

from shop.seed.telling import Item

MAKERS = (
    Item(
        slug="indigo-of-sakon-nakhon",
        picture="category-cotton",
        alt=("แผงผ้าครามในตลาด", "A stall of indigo cloth"),
        day=9,
        province="สกลนคร",
        topics=("weaving", "standards"),
        title=("ครามหม้อเดียวกัน สีไม่เคยซ้ำกันเลย", "One pot of indigo, never the same blue twice"),
        summary=(
            "กลุ่มย้อมครามสกลนครเล่าวิธีดูแลหม้อครามที่ต้องให้อาหารทุกวัน และทำไมผ้าแต่ละผืนจึงเข้มไม่เท่ากัน",
            "Dyers of Sakon Nakhon tell how a pot of indigo is fed every day, and why no two cloths come out alike.",
        ),
        thai=(
            ("text", "<p>หม้อครามคือของมีชีวิต เช้ามาต้องเปิดดู ดม และชิม ถ้าฟองเป็นสีน้ำเงินเข้มแปลว่าวันนี้ย้อมได้ ถ้าไม่ ก็ให้หม้อพักไปก่อน</p>"),
            ("quote", "หม้อครามเหมือนคนแก่ในบ้าน ต้องดูแลทุกวัน หายไปวันเดียวก็งอน"),
            ("gallery", None),
            ("text", "<p>ผ้าที่ย้อมธรรมชาติไม่มีผืนไหนสีเท่ากันเป๊ะ กลุ่มจึงถ่ายรูปทุกล็อตแยกกัน ใครอยากได้สีเข้มหรืออ่อนบอกกลุ่มได้ก่อนสั่ง</p>"),
            ("goods", None),
            ("certificates", None),
        ),
        english=(
            (
                "text",
                "<p>A pot of indigo lives. Each morning it is opened, smelled and tasted; dark blue foam says that there will be dyeing today, "
                "and without it the pot rests.</p>",
            ),
            ("quote", "The pot is like the old people of a house: look after it every day, or it sulks."),
            ("gallery", None),
            (
                "text",
                "<p>No two naturally dyed cloths have the same blue, so the group photographs each lot by itself.</p>",
            ),
            ("goods", None),
            ("certificates", None),
        ),
        goods=("Sakon Nakhon indigo cloth", "Women's indigo cotton blouse", "Naturally dyed pha khao ma"),
        pictures=(
            ("Sakon Nakhon indigo cloth", "ผ้าครามพับเป็นชั้น", "Indigo cloth, folded"),
            ("Women's indigo cotton blouse", "เสื้อผ้าฝ้ายย้อมคราม", "A blouse dyed with indigo"),
            ("Naturally dyed pha khao ma", "ผ้าขาวม้าย้อมสีธรรมชาติ", "A naturally dyed loincloth"),
        ),
    ),
    Item(
        slug="dried-shrimp-of-chumphon",
        picture="scene-sea",
        alt=("เรือประมงเล็กริมชายฝั่ง", "Small fishing boats on the shore"),
        day=34,
        province="ชุมพร",
        topics=("food", "standards"),
        title=("กุ้งแห้งตากแดดเดียว ไม่ใส่สี", "Shrimp dried in one sun, with no colour added"),
        summary=(
            "กลุ่มแม่บ้านประมงชุมพรเปลี่ยนจากตากบนถนนมาเป็นโรงตากหลังคาใส สะอาดขึ้น และได้เลข อย. มาแล้ว",
            "The fishers' wives of Chumphon no longer dry by the road but under a clear roof; it is cleaner, and brought them their food licence.",
        ),
        thai=(
            (
                "text",
                "<p>กุ้งสดขึ้นฝั่งตีห้า ต้มเกลือเบา ๆ ไม่เกินแปดโมงต้องอยู่บนตะแกรงตากแล้ว โรงตากหลังคาใสกันฝุ่นกันแมลงวัน แต่แดดยังถึงเต็มที่</p>",
            ),
            (
                "steps",
                [
                    {"title": "คัด", "text": "<p>เลือกเฉพาะกุ้งที่ตัวใสและหัวไม่ดำ</p>", "image": None, "alt_text": ""},
                    {"title": "ต้ม", "text": "<p>น้ำเดือด เกลือพอเค็ม 5 นาที</p>", "image": None, "alt_text": ""},
                    {"title": "ตาก", "text": "<p>แดดเดียวเต็มวัน พลิกทุกสองชั่วโมง</p>", "image": None, "alt_text": ""},
                ],
            ),
            ("goods", None),
            ("groups", None),
        ),
        english=(
            (
                "text",
                "<p>The shrimp land at five. Boiled in lightly salted water, they lie on the racks by eight, under a clear roof that keeps dust and flies away.</p>",
            ),
            (
                "steps",
                [
                    {
                        "title": "Sort",
                        "text": "<p>Only clear ones, with no dark heads.</p>",
                        "image": None,
                        "alt_text": "",
                    },
                    {"title": "Boil", "text": "<p>Five minutes, salted.</p>", "image": None, "alt_text": ""},
                    {
                        "title": "Dry",
                        "text": "<p>One whole sun, turned every two hours.</p>",
                        "image": None,
                        "alt_text": "",
                    },
                ],
            ),
            ("goods", None),
            ("groups", None),
        ),
        goods=("Dried shrimp", "Khlong Khon shrimp paste", "Fish crackers"),
    ),
    Item(
        slug="rooster-bowls-of-lampang",
        picture="category-ceramics",
        alt=("แผงเครื่องปั้นดินเผา", "A stall of pottery"),
        day=71,
        province="ลำปาง",
        topics=("crafts",),
        title=("ชามตราไก่ วาดไก่ตัวละไม่ถึงนาที", "Rooster bowls: a bird in less than a minute"),
        summary=(
            "ช่างวาดของลำปางวาดไก่วันละสี่ร้อยตัวด้วยมือเปล่า ไม่มีแบบ ไม่มีร่าง ไก่แต่ละตัวจึงหันหน้าไม่เหมือนกัน",
            "The painters of Lampang draw four hundred roosters a day, with no pattern and no sketch, so that no two look alike.",
        ),
        thai=(
            (
                "text",
                "<p>พู่กันจุ่มสีเดียวลากคอ หลัง หาง แล้วค่อยแต้มหงอนแดง ดอกโบตั๋นกับต้นกล้วยตามมาทีหลัง ดินขาวลำปางเผาที่ 1,250 องศา จึงแกร่งและล้างง่าย</p>",
            ),
            ("quote", "ไก่ที่เหมือนกันทุกตัวคือไก่พิมพ์ ไก่เราวาดเอง"),
            ("goods", None),
            ("groups", None),
        ),
        english=(
            (
                "text",
                "<p>One stroke for neck, back and tail, then the red comb; peony and banana tree follow. The white clay of Lampang is fired at 1,250 degrees.</p>",
            ),
            ("quote", "Roosters that are all alike are printed. Ours are drawn."),
            ("goods", None),
            ("groups", None),
        ),
        goods=("Lampang rooster bowls", "Sukhothai Sangkhalok ware", "Ko Kret pottery"),
    ),
    Item(
        slug="coffee-of-doi-chang",
        picture="category-beverages",
        alt=("แผงกาแฟและชา", "A stall of coffee and tea"),
        day=152,
        province="เชียงราย",
        topics=("food", "export"),
        title=("กาแฟดอยช้าง คั่วตามใบสั่ง ส่งถึงวันรุ่งขึ้น", "Doi Chang coffee, roasted to order"),
        summary=(
            "กลุ่มผู้ปลูกกาแฟเชียงรายเลิกคั่วเก็บ หันมาคั่วเมื่อมีคนสั่ง บนถุงจึงมีวันคั่วและล็อตให้ตรวจทุกใบ",
            "The growers of Chiang Rai roast only when somebody orders; each bag names its day and its lot.",
        ),
        thai=(
            ("text", "<p>กาแฟหอมที่สุดในสองสัปดาห์แรกหลังคั่ว กลุ่มจึงเก็บเป็นสารกาแฟ แล้วเปิดเตาคั่วทุกวันอังคารกับวันศุกร์</p>"),
            ("goods", None),
            ("lots", None),
            (
                "map",
                {
                    "name": "โรงคั่วกาแฟของกลุ่ม (ตัวอย่าง)",
                    "address": "ต.วาวี อ.แม่สรวย จ.เชียงราย",
                    "latitude": None,
                    "longitude": None,
                },
            ),
        ),
        english=(
            (
                "text",
                "<p>Coffee smells best in its first two weeks, so the group keeps the beans green and roasts on Tuesdays and Fridays.</p>",
            ),
            ("goods", None),
            ("lots", None),
            (
                "map",
                {
                    "name": "The group's roastery (example)",
                    "address": "Wawi, Mae Suai, Chiang Rai",
                    "latitude": None,
                    "longitude": None,
                },
            ),
        ),
        goods=("Doi Chang roasted coffee", "Doi Mae Salong oolong tea", "Khao Thalu robusta coffee"),
    ),
)
