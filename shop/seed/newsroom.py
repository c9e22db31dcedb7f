"""The newsroom of the demo: a draft, a story that waits for the department, one that was sent back, one with a time set."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cms.models import NewsPage
from cms.services.releases import begin_press_release
from shop.common import clock

DRAFT = "เปิดรับสมัครร่วมออกร้านงานของดีประจำจังหวัด"
WAITING = "กลุ่มทอผ้าส่งมอบผ้าพันคอผืนแรกให้ผู้สั่งจากต่างจังหวัด"
RETURNED = "อบรมการถ่ายรูปสินค้าด้วยโทรศัพท์ให้สมาชิกสหกรณ์"
PLANNED = "กรมส่งเสริมสหกรณ์เปิดตลาดร่วมภาคเหนือ ต้นเดือนหน้า"
_SUMMARY = "เครือข่ายและสำนักงานสหกรณ์จังหวัดร่วมกันเตรียมงาน สมาชิกสอบถามรายละเอียดได้ที่สำนักงาน"
_BODY = (
    "<p>สมาชิกกลุ่มอาชีพจากหลายอำเภอร่วมกันเตรียมงานตลอดสัปดาห์ ทั้งคัดสินค้า ติดป้ายใบรับรอง และจัดที่รับของสำหรับผู้ซื้อ</p>"
    "<h2>ผู้สนใจทำอย่างไรต่อ</h2><p>สอบถามที่สำนักงานสหกรณ์จังหวัดได้ในเวลาราชการ</p>"
)
DAYS_AHEAD = 3


def make_newsroom(users: dict[str, Any]) -> None:
    """Begun by an office's editor and by one of the department, through the services that the pages use."""
    writer, publisher = users["editor.x@example.test"], users["editor@example.test"]
    begin_press_release(title=DRAFT, by=writer)
    _hand_in(_written(WAITING, writer), writer)
    returned = _written(RETURNED, writer)
    state = _hand_in(returned, writer)
    state.current_task_state.specific.reject(user=publisher, comment="ขอรูปบรรยากาศหนึ่งรูป และบอกวันอบรมครั้งต่อไปด้วย")
    planned = _written(PLANNED, publisher)
    planned.go_live_at = clock.start_of_day(clock.today() + dt.timedelta(days=DAYS_AHEAD)) + dt.timedelta(hours=9)
    planned.save_revision(user=publisher).publish(user=publisher)


def _written(title: str, by: Any) -> NewsPage:
    page = begin_press_release(title=title, by=by)
    page.summary, page.body = _SUMMARY, [("text", _BODY)]
    page.save()
    page.save_revision(user=by)
    return page


def _hand_in(page: NewsPage, by: Any) -> Any:
    return page.get_workflow().start(page, by)
