"""Hearts and following in a real browser: with the script without leaving the page, without it by the list."""

from __future__ import annotations

from playwright.sync_api import expect

from shop.favourites.models import Favourite, Follow
from tests.browser.conftest import Come, Market
from tests.browser.watch import Watch
from tests.tour import facts as cast


def clear(market: Market) -> None:
    """No hearts and follows from earlier tests."""

    def act() -> None:
        Favourite.objects.all().delete()
        Follow.objects.all().delete()

    market.ask(act)


def hearts(market: Market) -> list[int]:
    return market.ask(lambda: list(Favourite.objects.values_list("product_id", flat=True)))


def test_a_heart_fills_without_leaving_the_page_and_is_there_on_the_next(come: Come, open_market: Market) -> None:
    clear(open_market)
    watch = Watch()
    visit = come(cast.BUYER, watch=watch)
    visit.until = "networkidle"
    page = visit.page
    visit.open("/products/")
    heart = page.locator("button.heart").first
    expect(heart).to_have_attribute("aria-pressed", "false")
    heart.dblclick()
    expect(heart).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#said")).to_have_text("เก็บไว้ในรายการถูกใจแล้ว")
    assert page.url == f"{visit.base}/products/"
    assert len(hearts(open_market)) == 1
    visit.open("/products/")
    expect(page.locator("button.heart").first).to_have_attribute("aria-pressed", "true")
    page.locator("button.heart").first.press("Enter")
    expect(page.locator("button.heart").first).to_have_attribute("aria-pressed", "false")
    assert hearts(open_market) == []


def test_hearts_stay_when_the_results_change_in_place(come: Come, open_market: Market) -> None:
    """The goods that a filter or an order brings come from a page made for everybody, without anybody's hearts."""
    clear(open_market)
    visit = come(cast.BUYER, viewport={"width": 1280, "height": 900})
    visit.until = "networkidle"
    page = visit.page
    visit.open("/products/")
    page.evaluate("document.documentElement.dataset.mark = 'here'")
    first = page.locator("button.heart").first
    kept = first.get_attribute("value")
    first.click()
    expect(first).to_have_attribute("aria-pressed", "true")
    for order in ("price", "newest"):
        page.select_option("#sort", order)
        expect(page.locator("#results[aria-busy]")).to_have_count(0)
        expect(page.locator(f"#sort option[value={order}]")).to_have_attribute("selected", "")
    heart = page.locator(f"button.heart[value='{kept}']")
    expect(heart).to_have_attribute("aria-pressed", "true")
    expect(page.locator("button.heart[aria-pressed=true]")).to_have_count(1)
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "false")
    assert hearts(open_market) == [], "the second press took it off instead of adding it again"
    assert page.evaluate("document.documentElement.dataset.mark") == "here"


def test_a_refused_press_leaves_the_heart_as_it_is(come: Come, open_market: Market) -> None:
    clear(open_market)
    visit = come(cast.BUYER)
    visit.until = "networkidle"
    page = visit.page
    visit.open("/products/")
    heart = page.locator("button.heart").first
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(800)  # the second press of a double click is none
    refusal = {"status": 409, "content_type": "application/json", "body": '{"on": false, "text": "ช้าลงหน่อย"}'}
    page.route("**/account/favourites/change/", lambda route: route.fulfill(**refusal))
    heart.click()
    expect(page.locator("#said")).to_have_text("ช้าลงหน่อย")
    expect(heart).to_have_attribute("aria-pressed", "true")
    expect(heart).to_have_attribute("name", "remove")
    assert len(hearts(open_market)) == 1


def test_a_group_is_followed_on_its_page(come: Come, open_market: Market) -> None:
    clear(open_market)
    visit = come(cast.BUYER)
    visit.until = "networkidle"
    visit.open(visit.facts.group)
    button = visit.page.get_by_role("button", name="ติดตามกลุ่มนี้")
    button.click()
    expect(visit.page.locator("button[data-follow]")).to_have_attribute("name", "remove")
    expect(visit.page.get_by_role("button", name="ติดตามอยู่")).to_be_visible()
    visit.open("/account/following/")
    expect(visit.page.locator(".acc-group")).to_have_count(1)


def test_without_javascript_the_heart_leads_to_the_list_and_back(come: Come, open_market: Market) -> None:
    clear(open_market)
    visit = come(cast.BUYER, java_script_enabled=False)
    visit.open("/products/")
    visit.page.locator("button.heart").first.click()
    expect(visit.page).to_have_url(f"{visit.base}/account/favourites/?back=%2Fproducts%2F")
    expect(visit.page.locator(".heart")).to_have_count(1)
    visit.page.locator(".acc-back").click()
    expect(visit.page).to_have_url(f"{visit.base}/products/")


def test_a_guest_signs_in_and_finds_the_heart(come: Come, open_market: Market) -> None:
    clear(open_market)
    visit = come()
    visit.until = "networkidle"
    page = visit.page
    visit.open("/products/")
    page.locator("button.heart").first.click()
    expect(page.locator("main .note")).to_contain_text("เก็บรายการที่คุณเพิ่งกดไว้ให้ทันที")
    page.fill("input[name=login]", cast.BUYER)
    page.fill("input[name=password]", "talat-2569!")
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(f"{visit.base}/products/")
    expect(page.locator("button.heart").first).to_have_attribute("aria-pressed", "true")
    assert len(hearts(open_market)) == 1
