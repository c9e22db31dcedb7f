"""The first words of the plain pages, Thai and English; editors change them in the CMS afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from shop.order.policies import RETURN_DAYS


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
            f"<p>คืนสินค้าได้ภายใน {RETURN_DAYS} วันหลังได้รับของ ถ้าของไม่ตรงตามที่สั่งหรือชำรุด เราออกค่าส่งคืนให้</p>"
            "<p>ของสด อาหารและเครื่องสำอางที่เปิดใช้แล้ว และของสั่งทำ คืนได้เฉพาะเมื่อชำรุดหรือส่งผิด</p>"
            "<p>ถ่ายรูปของที่ได้รับแล้วติดต่อเราพร้อมเลขที่คำสั่งซื้อ</p>"
        ),
        body_en=(
            f"<p>You may return goods within {RETURN_DAYS} days of receiving them. If they are damaged or not what you ordered, "
            "we pay for the way back.</p><p>Fresh goods, opened food and cosmetics, and goods made to order can be "
            "returned only when they are damaged or wrong.</p><p>Take a photo and write to us with your order number.</p>"
        ),
    ),
    PlainText(
        slug="privacy",
        title_th="ความเป็นส่วนตัวและคุกกี้",
        title_en="Privacy and cookies",
        body_th=(
            "<h2>เราเก็บอะไร และเพื่ออะไร</h2><ul>"
            "<li><b>คำสั่งซื้อ</b>: ชื่อ เบอร์โทรศัพท์ อีเมล ที่อยู่ และของที่ซื้อ เพื่อส่งของ ติดต่อเรื่องคำสั่งซื้อ และทำบัญชีตามกฎหมาย</li>"
            "<li><b>บัญชี</b>: อีเมล รหัสผ่านที่เข้ารหัสแล้ว ชื่อ ภาษา ที่อยู่ที่บันทึก รายการถูกใจ กลุ่มที่ติดตาม และเวลาที่เข้าสู่ระบบครั้งล่าสุด</li>"
            "<li><b>ความยินยอม</b>: จดหมายข่าวและอีเมลจากกลุ่มที่ติดตาม เราส่งเฉพาะเมื่อคุณยินยอมแต่ละข้อ และถอนได้ทุกเมื่อ</li></ul>"
            "<p>เราไม่ขายข้อมูล ไม่มีโฆษณา และไม่ติดตามคุณไปเว็บอื่น</p>"
            "<h2>ใครเห็นบ้าง</h2><p>กลุ่มผู้ขายเห็นชื่อ ที่อยู่ และเบอร์โทรของคุณเฉพาะระหว่างที่กลุ่มจัดส่งของให้คุณเอง "
            "ผู้ขนส่งเห็นข้อมูลบนพัสดุ กลุ่มอื่นและเครือข่ายไม่เห็น</p>"
            "<h2>เก็บนานเท่าไร</h2><ul>"
            "<li>คำสั่งซื้อ: กฎหมายบัญชีและภาษีให้เก็บ 5 ปีหลังสิ้นปีที่ขาย ถ้าซื้อโดยไม่มีบัญชีหรือลบบัญชีแล้ว "
            "เมื่อครบกำหนดเราลบชื่อ เบอร์โทรศัพท์ อีเมล และที่อยู่ออก ถ้ายังมีบัญชี เราเก็บประวัติไว้ให้คุณดูจนกว่าจะลบบัญชี</li>"
            "<li>บัญชี ที่อยู่ที่บันทึก รายการถูกใจ: จนกว่าคุณจะลบ</li>"
            "<li>ตะกร้าและสิ่งที่พิมพ์ค้างไว้ก่อนสั่งซื้อ: ตะกร้าผูกกับคุกกี้ 30 วัน สิ่งที่พิมพ์ไว้ 14 วัน</li></ul>"
            "<h2>คุกกี้</h2><p>เราใช้เฉพาะคุกกี้ที่ร้านขาดไม่ได้ จึงไม่มีหน้าต่างถาม</p><ul>"
            "<li><b>sessionid</b>: จำการเข้าสู่ระบบและที่อยู่ที่พิมพ์ระหว่างสั่งซื้อ 14 วัน</li>"
            "<li><b>market_basket</b>: จำตะกร้าของผู้ที่ไม่ได้เข้าสู่ระบบ 30 วัน</li>"
            "<li><b>csrftoken</b>: ป้องกันการส่งแบบฟอร์มปลอม 1 ปี</li>"
            "<li><b>messages</b>: ข้อความแจ้งที่จะแสดงในหน้าถัดไป จนกว่าจะแสดง</li></ul>"
            '<h2>สิทธิของคุณ</h2><p>เมื่อเข้าสู่ระบบ ที่หน้า <a href="/account/privacy/">ข้อมูลของฉัน</a> คุณดาวน์โหลดข้อมูลทั้งหมด ให้หรือถอนความยินยอม '
            "และลบบัญชีได้เอง แก้ไขชื่อและที่อยู่ได้ทุกเมื่อ ถ้าซื้อโดยไม่มีบัญชี หรือต้องการใช้สิทธิอื่นตามกฎหมายคุ้มครองข้อมูลส่วนบุคคล ติดต่อเราได้ เราตอบภายใน 30 วัน</p>"
        ),
        body_en=(
            "<h2>What we keep, and why</h2><ul>"
            "<li><b>Orders</b>: name, phone, e-mail, address and what you bought, to deliver, to write to you about the order, and for the accounts.</li>"
            "<li><b>Account</b>: e-mail, scrambled password, name, language, saved addresses, favourites, followed groups, and when you last signed in.</li>"
            "<li><b>Consents</b>: newsletter, and e-mails about followed groups. We send each only if you agreed to it; you can withdraw at any time.</li></ul>"
            "<p>We sell no data, show no advertising, and do not follow you to other sites.</p>"
            "<h2>Who sees it</h2><p>A group sees your name, address and phone only while it is sending you a parcel itself. "
            "The carrier sees what stands on the parcel. Other groups and the networks do not see it.</p>"
            "<h2>For how long</h2><ul>"
            "<li>Orders: accounting and tax law asks for five years after the year of sale. If you bought without an account, or have deleted it, name, "
            "phone, e-mail and address are then taken off. With an account, your history stays for you to see until you delete the account.</li>"
            "<li>Account, saved addresses, favourites: until you delete them.</li>"
            "<li>Basket and what you typed before ordering: the basket hangs on a cookie of 30 days, what you typed is kept for 14 days.</li></ul>"
            "<h2>Cookies</h2><p>We use only cookies that the shop cannot do without, so there is no box to ask you.</p><ul>"
            "<li><b>sessionid</b>: remembers that you are signed in, and the address typed while ordering; 14 days.</li>"
            "<li><b>market_basket</b>: remembers the basket of somebody who is not signed in; 30 days.</li>"
            "<li><b>csrftoken</b>: keeps forged forms out; 1 year.</li>"
            "<li><b>messages</b>: what the next page has to tell you; until it has been told.</li></ul>"
            '<h2>Your rights</h2><p>Signed in, on the page <a href="/en/account/privacy/">Your data</a>, you download everything, give or withdraw consents, '
            "and delete the account yourself. Name and addresses can be changed at any time. If you bought without an account, or want to use another "
            "right under the Personal Data Protection Act, write to us; we answer within 30 days.</p>"
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
