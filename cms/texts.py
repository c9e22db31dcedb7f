"""The first words of the plain pages, Thai and English; editors change them in the CMS afterwards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PlainText:
    """A plain page in both languages."""

    slug: str
    title_th: str
    title_en: str
    body_th: str
    body_en: str


# The joiners keep the browser from breaking the line inside ใบรับรอง, which it takes for two words.
HEADLINE_TH, HEADLINE_EN = (
    "ของดีมีใบ\u2060รับ\u2060รอง ส่งตรงจากกลุ่มอาชีพทั่วไทย",
    "Certified goods, straight from groups all over Thailand",
)
LEAD_TH = "เลือกของจากหลายกลุ่มใส่ตะกร้าเดียว จ่ายครั้งเดียว ตรวจใบรับรองได้ทุกใบ"
LEAD_EN = "Fill one basket from many groups, pay once, and check every certificate."

PLAIN_PAGES = (
    PlainText(
        slug="how-to-buy",
        title_th="วิธีซื้อของ",
        title_en="How to buy",
        body_th=(
            "<h2>1. เลือกของจากกี่กลุ่มก็ได้</h2><p>ใส่ของจากหลายกลุ่มในตะกร้าเดียวกันได้ ระบบแยกใบสั่งให้แต่ละกลุ่มเอง</p>"
            "<h2>2. บอกที่อยู่</h2><p>พิมพ์ชื่อตำบลหรือรหัสไปรษณีย์ แล้วเลือกจากรายการ เราคิดค่าส่งให้เห็นก่อนจ่ายเงิน</p>"
            "<h2>3. จ่ายครั้งเดียว</h2><p>โอนเงินหรือเก็บเงินปลายทาง ราคาทุกชิ้นรวมภาษีมูลค่าเพิ่มแล้ว</p>"
            "<h2>4. ติดตามของ</h2><p>ลิงก์ในอีเมลเปิดหน้าคำสั่งซื้อได้ทันที ไม่ต้องสมัครสมาชิก</p>"
        ),
        body_en=(
            "<h2>1. Choose from as many groups as you like</h2><p>Goods of many groups go into one basket; "
            "each group gets its own part of the order.</p>"
            "<h2>2. Tell us where to</h2><p>Type the sub-district or the postcode and choose from the list. "
            "You see the delivery price before you pay.</p>"
            "<h2>3. Pay once</h2><p>By bank transfer or in cash on delivery. All prices include VAT.</p>"
            "<h2>4. Follow your goods</h2><p>The link in your e-mail opens your order at once; no account needed.</p>"
        ),
    ),
    PlainText(
        slug="returns",
        title_th="การคืนสินค้า",
        title_en="Returns",
        body_th=(
            "<p>คืนสินค้าได้ภายใน 7 วันหลังได้รับของ ถ้าของไม่ตรงตามที่สั่งหรือชำรุด เราออกค่าส่งคืนให้</p>"
            "<p>ของสด อาหารและเครื่องสำอางที่เปิดใช้แล้ว และของสั่งทำ คืนได้เฉพาะเมื่อชำรุดหรือส่งผิด</p>"
            "<p>ถ่ายรูปของที่ได้รับแล้วติดต่อเราพร้อมเลขที่คำสั่งซื้อ</p>"
        ),
        body_en=(
            "<p>You may return goods within 7 days of receiving them. If they are damaged or not what you ordered, "
            "we pay for the way back.</p><p>Fresh goods, opened food and cosmetics, and goods made to order can be "
            "returned only when they are damaged or wrong.</p><p>Take a photo and write to us with your order number.</p>"
        ),
    ),
    PlainText(
        slug="privacy",
        title_th="ความเป็นส่วนตัว",
        title_en="Privacy",
        body_th=(
            "<p>เราเก็บชื่อ ที่อยู่ เบอร์โทรศัพท์ และอีเมล เพื่อส่งของและติดต่อเรื่องคำสั่งซื้อเท่านั้น</p>"
            "<p>กลุ่มผู้ขายเห็นชื่อ ที่อยู่ และเบอร์โทรของคุณเฉพาะระหว่างที่กลุ่มจัดส่งของให้คุณเอง</p>"
            "<p>คุณขอดู แก้ไข หรือลบข้อมูลของคุณได้ เราตอบภายใน 30 วัน</p>"
        ),
        body_en=(
            "<p>We keep your name, address, phone and e-mail only to deliver your goods and to write to you about "
            "your order.</p><p>A group sees your name, address and phone only while it is sending you a parcel itself.</p>"
            "<p>You may ask to see, correct or delete your data; we answer within 30 days.</p>"
        ),
    ),
    PlainText(
        slug="contact",
        title_th="ติดต่อเรา",
        title_en="Contact",
        body_th="<p>มีคำถามเรื่องคำสั่งซื้อ ตอบอีเมลยืนยันที่ได้รับ หรือติดต่อเครือข่ายจังหวัดใกล้บ้านคุณ</p>",
        body_en="<p>Answer the confirmation e-mail of your order, or ask the network of your province.</p>",
    ),
)
