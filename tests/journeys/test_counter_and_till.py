"""Two people at a counter: a code is used up by a visit, a voucher by a capture."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.camera import film, film_of
from tests.journeys.conftest import Browse, Demo
from tests.journeys.people import ATTENDANT, CLERK, RESIDENT, entries, newcomer, sign_in

pytestmark = pytest.mark.xdist_group("browser")


def test_an_attendant_scans_weighs_and_undoes(demo: Demo, browse: Browse, tmp_path: Path) -> None:
    resident = newcomer(browse(), demo.base)
    resident.goto(f"{demo.base}/my-code")
    resident.wait_for_selector("[data-computed]")
    shown = resident.locator(".qr").screenshot()
    counter = sign_in(browse(film_of(shown, tmp_path / "film.mjpeg")), demo.base, ATTENDANT)
    counter.goto(f"{demo.base}/counter")
    counter.wait_for_url("**/counter/visit/*")
    before = entries(demo.var)
    counter.wait_for_timeout(3_000)  # nobody is weighed sooner
    for material, weight, keys in (("纸板", "3.20", "3.20"), ("塑料瓶", "0.85", "0.85")):
        counter.get_by_text(material, exact=True).click()
        for key in keys:
            counter.locator(f"[data-key='{key}']").click()
        counter.get_by_role("button", name="记下").click()
        expect(counter.locator(".note")).to_contain_text("记好了")
        expect(counter.locator(".dock")).to_contain_text(weight)
    assert entries(demo.var) == before + 2
    counter.goto(f"{demo.base}/counter")  # the camera sees the same code again
    expect(counter.get_by_role("alert")).to_contain_text(re.compile("已经有人用过|过时"))
    counter.goto(f"{demo.base}/counter/last")
    counter.get_by_role("link", name="撤销").first.click()
    counter.get_by_label("重量记错了").check()
    counter.get_by_role("button", name="撤销").click()
    expect(counter.locator(".note")).to_contain_text("已撤销")
    assert entries(demo.var) == before + 3
    resident.goto(f"{demo.base}/records")
    expect(resident.locator(".row.undone")).to_have_count(1)


def test_a_voucher_is_captured_once(demo: Demo, browse: Browse, tmp_path: Path) -> None:
    resident = sign_in(browse(), demo.base, RESIDENT)
    resident.goto(f"{demo.base}/rewards")
    resident.get_by_role("link", name="菜场 5 元券").first.click()
    resident.get_by_role("button", name=re.compile("兑换")).click()
    resident.wait_for_url("**/vouchers/*")
    code = resident.inner_text(".big-code").replace(" ", "")
    till = sign_in(browse(film(f"GLC1:V:{code}", tmp_path / "film.mjpeg")), demo.base, CLERK)
    till.wait_for_url("**/till/accepted/*")
    expect(till.locator(".verdict.good")).to_contain_text("减 5.00 元")
    before = entries(demo.var)
    till.goto(f"{demo.base}/till")
    till.wait_for_url("**/till/accept")
    expect(till.locator(".verdict.bad")).to_contain_text("不能收")
    expect(till.locator(".facts")).to_contain_text("7 号摊")
    assert entries(demo.var) == before
    till.goto(f"{demo.base}/till/today")
    expect(till.get_by_text(f"{code[:4]} {code[4:]}")).to_be_visible()
    resident.reload()
    expect(resident.get_by_role("heading", name="用过了")).to_be_visible()


def test_a_voucher_is_given_back(demo: Demo, browse: Browse) -> None:
    resident = sign_in(browse(), demo.base, RESIDENT)
    points = resident.inner_text(".balance.points .figure")
    resident.goto(f"{demo.base}/rewards")
    resident.locator("a.button.green").first.click()
    resident.get_by_role("button", name=re.compile("兑换")).click()
    resident.get_by_role("button", name=re.compile("退回")).click()
    expect(resident.locator(".note")).to_contain_text("已退回")
    resident.goto(demo.base)
    assert resident.inner_text(".balance.points .figure") == points
