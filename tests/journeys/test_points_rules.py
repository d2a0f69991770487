"""Points at the city's desk: one proposes a rule and a campaign, another decides, and a resident's scan shows it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.chromium import launch
from tests.journeys.conftest import FLAGS, Browse, Demo, copy_city, serving
from tests.journeys.people import CITY, SECOND_CITY, newcomer, poster, sign_in
from tests.journeys.test_appeal import DESK, SMALL, is_fine

pytestmark = pytest.mark.xdist_group("browser")
WAY = "own_bag:poster"


def propose_rule(page: Page, base: str) -> str:
    """The draft's address: own bags by poster earn 3 points from tomorrow on; what is wrong at first is said."""
    page.goto(f"{base}/desk/rules")
    page.get_by_role("link", name="拟定规则").click()
    page.select_option("#way", WAY)
    for field, value in (("#base", "3"), ("#least", "9"), ("#most", "3")):
        page.fill(field, value)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("最少高于最多")
    is_fine(page)
    page.fill("#least", "1")
    page.get_by_role("button", name="提交").dblclick()
    return drafted(page)


def propose_campaign(page: Page, base: str, title: str) -> str:
    """The draft's address: twice the points for own bags, for a week from tomorrow on."""
    page.goto(f"{base}/desk/rules/propose?kind=campaign")
    last = date.fromisoformat(page.input_value("#starts_on")) + timedelta(days=6)
    for field, value in (("#title_zh", title), ("#title_en", "Own bags"), ("#multiplier", "2"), ("#budget", "500")):
        page.fill(field, value)
    page.fill("#ends_on", last.isoformat())
    page.locator("summary", has_text="适用行动").click()
    page.get_by_label("自带购物袋", exact=True).check()
    page.get_by_role("button", name="提交").click()
    return drafted(page)


def drafted(page: Page) -> str:
    expect(page.get_by_role("status")).to_contain_text("等待另一位市级管理员决定")
    expect(page.get_by_text("要由另一位市级管理员批准")).to_be_visible()
    expect(page.get_by_role("button", name="批准")).to_have_count(0)
    expect(page.get_by_role("table").first).to_contain_text("德清县")
    is_fine(page)
    return page.url


def approve(page: Page, draft: str, state: str) -> None:
    page.goto(draft)
    page.get_by_role("button", name="批准", exact=True).dblclick()
    expect(page.get_by_role("status")).to_contain_text("已批准")
    expect(page.locator(".desk-head .chip")).to_have_text(state)


def begin_today(var: Path, *drafts: str) -> None:
    """The night passes for what was approved, in a city that nobody serves yet."""
    with closing(sqlite3.connect(var / "demo.db")) as database, database:
        for draft in drafts:
            table, first = ("points_rule", "valid_from") if "rul_" in draft else ("campaign", "starts_on")
            begun = f"update {table} set {first} = date('now', '-1 day') where id = ? and state = 'approved'"
            assert database.execute(begun, (draft.rpartition("/")[2],)).rowcount == 1


@dataclass(frozen=True)
class Approved:
    """A rule and a campaign by their addresses, a page on which the rule still waits, and a city where both began."""

    rule: str
    campaign: str
    late: Page
    tomorrow: Path


@pytest.fixture(scope="module")
def approved(demo: Demo, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Approved]:
    """Clicked by two people; in the shared city nothing of it has begun."""
    browser = launch(playwright, *FLAGS)
    one = sign_in(browser.new_context(viewport=SMALL, locale="zh-CN"), demo.base, CITY)
    rule, campaign = propose_rule(one, demo.base), propose_campaign(one, demo.base, "自带购物袋周")
    other = sign_in(browser.new_context(viewport=DESK, locale="zh-CN"), demo.base, SECOND_CITY)
    late = other.context.new_page()
    late.goto(rule)
    approve(other, rule, "已批准")
    approve(other, campaign, "即将开始")
    is_fine(other)
    var = copy_city(demo.var, tmp_path_factory.mktemp("tomorrow"))
    begin_today(var, rule, campaign)
    yield Approved(rule, campaign, late, var)
    browser.close()


def test_a_scan_earns_what_two_people_decided(approved: Approved, browse: Browse) -> None:
    with serving(approved.tomorrow) as tomorrow:
        page = newcomer(browse(), tomorrow.base)
        page.goto(f"{tomorrow.base}/P/{poster(tomorrow.var)[0]}")
        expect(page.get_by_text("其中 +3 分：自带购物袋周")).to_be_visible()
        page.get_by_role("button", name="记下这一次").click()
        expect(page.locator(".receipt-figures .figure.gold")).to_have_text("+6")
        expect(page.get_by_text("其中 +3 分：自带购物袋周")).to_be_visible()
        is_fine(page)


def test_what_was_approved_is_told_to_who_comes_late_and_can_be_stopped(approved: Approved) -> None:
    page = approved.late
    page.get_by_role("button", name="批准", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("已有决定")
    expect(page.locator(".facts div", has_text="批准").last).to_contain_text("您")
    is_fine(page)
    page.get_by_role("button", name="撤回").click()
    expect(page.get_by_role("status")).to_contain_text("已作废")

    page.goto(approved.campaign)
    page.locator("summary", has_text="关闭活动").click()
    page.get_by_role("button", name="确认关闭").click()
    expect(page.get_by_role("status")).to_contain_text("已退回市级资金")
    expect(page.locator(".desk-head .chip")).to_have_text("已关闭")
    expect(page.get_by_text("剩余积分")).to_have_count(0)


def test_what_another_does_not_approve_never_begins(demo: Demo, browse: Browse) -> None:
    one = sign_in(browse(viewport=DESK), demo.base, CITY)
    campaign = propose_campaign(one, demo.base, "自带布袋周")
    other = sign_in(browse(viewport=SMALL), demo.base, SECOND_CITY)
    other.goto(campaign)
    is_fine(other)
    other.get_by_role("button", name="不批准").click()
    expect(other.get_by_role("status")).to_contain_text("已作废")
    expect(other.locator(".rule-lines li", has_text="自带布袋周")).to_contain_text("已作废")
    other.locator("summary", has_text="看表格").click()
    expect(other.get_by_role("rowheader", name="自带购物袋").first).to_be_visible()
    is_fine(other)

    one.get_by_role("button", name="撤回").click()
    expect(one.get_by_role("alert")).to_contain_text("已有决定")
    expect(one.get_by_role("button", name="撤回")).to_have_count(0)
