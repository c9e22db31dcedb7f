"""News of the demo from the department and the networks."""

from __future__ import annotations

import datetime as dt

from shop.seed.telling import Item

RELEASE_DAY = dt.date(2011, 6, 21)
RELEASES = (
    Item(
        slug="networks-of-four-regions-2554",
        picture="scene-fair",
        alt=("ร้านค้าในงานแสดงสินค้าสหกรณ์", "Stalls of a fair of cooperatives"),
        day=RELEASE_DAY,
        province="",
        topics=("networks", "export"),
        title=(
            "เครือข่ายกลุ่มอาชีพ 4 ภาค จับมือตั้งจุดกระจายสินค้าทุกจังหวัด",
            "Four regions, one network: a hub for goods in every province",
        ),
        summary=(
            "กลุ่มอาชีพในสหกรณ์และกลุ่มเกษตรกรรวมตัวเป็นเครือข่าย 4 ภาค เปิดบัญชีร่วมเป็นกองทุนการตลาด และเตรียมพบผู้ซื้อในงานวันสหกรณ์สากล 28 มิถุนายน–4 กรกฎาคม 2554",
            "Occupational groups under cooperatives join in four regional networks, open an account as a marketing fund, and meet buyers at the "
            "fair of International Co-operatives Day, 28 June to 4 July 2011.",
        ),
        thai=(
            (
                "text",
                "<p>กลุ่มอาชีพที่ทำงานอยู่ใต้สหกรณ์และกลุ่มเกษตรกรมีของดีอยู่ทุกจังหวัด แต่ต่างคนต่างขาย ของจึงเดินทางไปไม่ถึงคนซื้อ "
                "กรมส่งเสริมสหกรณ์จึงชวนกลุ่มมารวมเป็นเครือข่าย 4 ภาค ช่วยกันรวบรวม ส่งต่อ และหาตลาด</p>",
            ),
            (
                "figures",
                [
                    {"number": "557", "words": "กลุ่มผู้ผลิตที่พัฒนามาตั้งแต่ปี 2547"},
                    {"number": "4", "words": "เครือข่ายภาค"},
                    {"number": "1", "words": "กองทุนการตลาดในชื่อเครือข่าย"},
                ],
            ),
            (
                "text",
                "<h2>ห้องเรียนของกลุ่ม</h2><p>ตั้งแต่ปี 2547 มหาวิทยาลัยราชภัฏพระนครเป็นที่ปรึกษาให้กลุ่ม ในการอบรมเชิงปฏิบัติการ "
                "ตัวแทนเครือข่ายทั้ง 4 ภาคเปิดบัญชีธนาคารในชื่อเครือข่าย เพื่อเป็นกองทุนทำการตลาดร่วมกัน "
                "และวางแผนให้ทุกจังหวัดมีเครือข่ายที่เป็นจุดกระจายสินค้า</p>"
                "<h2>คุณภาพต้องได้มาตรฐาน และสม่ำเสมอ</h2><p>เมื่อการค้าเสรี (FTA) เปิดกว้างขึ้น ของจากต่างประเทศจะเข้ามาแข่งถึงหน้าบ้าน "
                "สิ่งที่กลุ่มต้องรักษาคือคุณภาพที่ได้มาตรฐาน และเหมือนเดิมทุกครั้งที่ผลิต</p>",
            ),
            (
                "table",
                {
                    "caption": "งานวันสหกรณ์สากล พ.ศ. 2554",
                    "rows": "วันที่ | กิจกรรม\n28 มิถุนายน | เปิดงาน\n2 กรกฎาคม | วันสหกรณ์สากล\n4 กรกฎาคม | วันสุดท้ายของงาน",
                    "has_head": True,
                },
            ),
            ("attachments", None),
            (
                "act",
                {
                    "lead": "วันนี้เครือข่ายทั้ง 4 ภาคมีหน้าของตัวเองแล้ว",
                    "words": "ดูเครือข่ายและจุดกระจายสินค้า",
                    "page": None,
                    "url": "/networks/",
                },
            ),
        ),
        english=(
            (
                "text",
                "<p>The groups that work under cooperatives and farmer groups make good things in every province, but each sells alone, "
                "and the goods do not reach who would buy them. The department therefore brings them together in four regional networks "
                "that collect, forward and find markets.</p>",
            ),
            (
                "figures",
                [
                    {"number": "557", "words": "groups of makers trained since 2004"},
                    {"number": "4", "words": "regional networks"},
                    {"number": "1", "words": "marketing fund in the networks' name"},
                ],
            ),
            (
                "text",
                "<h2>A classroom for groups</h2><p>Since 2004 Phra Nakhon Rajabhat University has been the groups' adviser. At a workshop the four "
                "networks opened a bank account in the networks' name as a fund for joint marketing, and planned a network in every province as a "
                "hub for goods.</p><h2>Of one standard, every time</h2><p>As free trade opens borders, goods from abroad compete at everybody's door. "
                "What groups must keep is quality that meets a standard and is the same each time.</p>",
            ),
            (
                "table",
                {
                    "caption": "International Co-operatives Day 2011",
                    "rows": "Day | What happens\n28 June | Opening\n2 July | International Co-operatives Day\n4 July | Last day",
                    "has_head": True,
                },
            ),
            ("attachments", None),
            (
                "act",
                {
                    "lead": "Today each of the four networks has a page of its own.",
                    "words": "Networks and hubs",
                    "page": None,
                    "url": "/en/networks/",
                },
            ),
        ),
        contact=True,
    ),
    Item(
        slug="what-the-marketing-fund-does",
        picture="scene-fund",
        alt=("เหรียญของกองทุนการตลาดร่วม", "Coins of the joint marketing fund"),
        day=110,
        province="",
        topics=("networks", "marketing"),
        title=("กองทุนการตลาดร่วมเก็บจากไหน ใช้ทำอะไร", "Where the joint marketing fund comes from, and what it does"),
        summary=(
            "ทุกครั้งที่ขายได้ ส่วนเล็ก ๆ ของราคาเข้ากองทุนของเครือข่าย เพื่อพากลุ่มไปออกงานและหาตลาดใหม่",
            "A small part of each sale goes to the networks' fund, which takes groups to fairs and finds new markets.",
        ),
        thai=(
            (
                "text",
                "<p>กองทุนนี้เริ่มจากบัญชีธนาคารเล่มเดียวที่เครือข่าย 4 ภาคเปิดร่วมกัน เงินที่เข้ามาเป็นของทุกกลุ่ม จึงต้องบอกได้ว่าเข้าเท่าไร ออกไปเพื่ออะไร และใครเป็นคนอนุมัติ</p>",
            ),
            (
                "video",
                {
                    "url": "https://www.youtube.com/watch?v=talatruam-1",
                    "title": "กองทุนการตลาดร่วมคืออะไร (ตัวอย่าง)",
                    "length": "3.30 นาที",
                    "image": "scene-fund",
                },
            ),
            (
                "contact",
                {
                    "name": "สำนักงานเครือข่ายประเทศ (ตัวอย่าง)",
                    "phone": "0 2000 0200",
                    "fax": "",
                    "email": "network@example.test",
                    "web": "",
                },
            ),
        ),
        english=(
            (
                "text",
                "<p>The fund began as one bank account of the four networks. What comes in belongs to all groups, so everybody must be able to see what went "
                "where, and who agreed.</p>",
            ),
            (
                "video",
                {
                    "url": "https://www.youtube.com/watch?v=talatruam-1",
                    "title": "What is the marketing fund? (example)",
                    "length": "3:30 min",
                    "image": "scene-fund",
                },
            ),
            (
                "contact",
                {
                    "name": "Office of the national network (example)",
                    "phone": "0 2000 0200",
                    "fax": "",
                    "email": "network@example.test",
                    "web": "",
                },
            ),
        ),
    ),
)
