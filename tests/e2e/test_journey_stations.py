"""On a phone in a village: visits written down without a signal are sent later, a conflict is settled."""

from typing import Any

from playwright.sync_api import expect

from e2e.conftest import PHONE
from e2e.looking import look
from e2e.pages.form_page import FormPage


def _write_down(item: Any, way: str, status: str) -> None:
    item.get_by_text("记一次走访").click()
    item.get_by_label("走访方式").select_option(label=way)
    item.get_by_label("了解到的就业状况").select_option(label=status)
    item.get_by_role("button", name="记下", exact=True).click()


def test_visits_without_a_signal_are_sent_later_and_a_conflict_is_settled(sign_in_as: Any) -> None:
    page = sign_in_as("mt-officer", PHONE, has_touch=True, is_mobile=True)
    page.goto("/labour/caseload/")
    form = FormPage(page)
    form.expect_no_sideways_scrolling()
    look(page, "caseload")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()  # now through the worker, which keeps it
    items = form.main.locator("li[data-shanhai-visit]")
    first, second = items.nth(0), items.nth(1)
    names = [one.locator("strong").first.inner_text() for one in (first, second)]
    other = items.nth(1).get_attribute("data-shanhai-visit")

    page.context.set_offline(True)
    _write_down(first, "入户", "在岗")
    _write_down(second, "电话", "换岗")
    waiting = form.main.locator("[data-shanhai-queued] li")
    expect(waiting).to_have_count(2)
    expect(waiting.first).to_contain_text("等网络")
    expect(first).to_contain_text("已存在本机")
    page.reload()
    expect(waiting).to_have_count(2)
    form.expect_no_sideways_scrolling()
    look(page, "caseload-offline")

    # Meanwhile somebody at the county office hears something else of the second.
    office = sign_in_as("mt-officer")
    office.goto("/labour/caseload/")
    theirs = office.locator(f'li[data-shanhai-visit="{other}"]')
    _write_down(theirs, "视频", "不愿或无力")
    expect(theirs).to_contain_text("已送出")

    page.context.set_offline(False)
    expect(waiting).to_have_count(1)
    expect(waiting).to_contain_text(names[1])
    expect(waiting).to_contain_text("请逐项选用谁的")
    expect(waiting).to_contain_text("登记上的：不愿或无力")
    look(page, "caseload-conflict")
    waiting.get_by_role("button", name="再送一次").click()
    expect(waiting).to_have_count(0)
    page.goto(f"/labour/workerregistration/{other}/")
    expect(form.main).to_contain_text("换岗")


def test_who_signs_out_leaves_no_list_on_the_phone(sign_in_as: Any) -> None:
    page = sign_in_as("mt-officer", PHONE, has_touch=True, is_mobile=True)
    page.goto("/labour/caseload/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(page.locator("li[data-shanhai-visit]").first).to_be_visible()
    page.evaluate("document.querySelector('form[action*=\"out\"]').submit()")
    page.wait_for_load_state()
    page.wait_for_function("caches.has('shanhai-caseload').then((has) => !has)")
