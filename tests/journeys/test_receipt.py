"""The public proof of a record: downloaded, handed on, and checked in a browser without a network."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.journeys.conftest import Browse, Demo
from tests.journeys.people import RESIDENT, sign_in

pytestmark = pytest.mark.xdist_group("browser")


def open_record(context: BrowserContext, demo: Demo) -> Page:
    """The newest action of the resident."""
    page = sign_in(context, demo.base, RESIDENT)
    page.goto(f"{demo.base}/records")
    page.locator("a.row:not(.money)").first.click()
    page.wait_for_url("**/records/*")
    return page


def download(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载公开凭证").click()
    entry = page.url.rpartition("/")[2]
    assert waiting.value.suggested_filename == f"receipt-{entry}.txt"
    waiting.value.save_as(folder / "receipt.txt")
    return folder / "receipt.txt"


def verifier(browse: Browse, demo: Demo, **options: object) -> tuple[Page, list[str]]:
    """The page as a stranger opens it, and what it asks for from then on, which is nothing."""
    context = browse(**options)
    page = context.new_page()
    page.goto(f"{demo.base}/verify")
    expect(page.locator("[data-check]")).to_be_enabled()
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    context.set_offline(True)
    page.on("request", note)
    return page, asked


def steps(page: Page) -> dict[str, str]:
    found = page.locator("[data-step]").evaluate_all("all => all.map(one => [one.dataset.step, one.dataset.state])")
    return dict(found)


def test_a_downloaded_proof_is_checked_without_a_network(demo: Demo, browse: Browse, tmp_path: Path) -> None:
    receipt = download(open_record(browse(), demo), tmp_path)
    page, asked = verifier(browse, demo)

    page.set_input_files("[data-file]", receipt)

    expect(page.get_by_text("验过了，凭证是真的")).to_be_visible()
    assert set(steps(page).values()) == {"passed"}
    expect(page.locator("[data-facts]")).to_contain_text("德清县")
    expect(page.locator("[data-facts]")).to_contain_text("g CO₂e")
    assert asked == []


def test_a_changed_proof_is_refused_at_its_step(demo: Demo, browse: Browse, tmp_path: Path) -> None:
    text = download(open_record(browse(), demo), tmp_path).read_text(encoding="utf-8")
    page, asked = verifier(browse, demo)

    def check(changed: str) -> dict[str, str]:
        page.fill("[data-text]", changed)
        page.get_by_role("button", name="验证").click()
        expect(page.get_by_text("这张凭证没有通过验证")).to_be_visible()
        expect(page.locator("[data-entry]")).to_be_hidden()
        return steps(page)

    passed = {"form": "passed", "signature": "passed", "inclusion": "failed"}
    assert check(text.replace("index ", "index 1")).items() >= (passed | {"leaf": "open", "body": "open"}).items()
    size = text.split("\n\n")[1].split("\n")[1]
    assert check(text.replace(f"\n{size}\n", f"\n{int(size) + 1}\n"))["signature"] == "failed"
    expect(page.locator("[data-code]")).to_have_text("signature_false")
    assert check(text[:200])["form"] == "failed"
    assert check(text.replace("huzhou-deqing\n", "huzhou-elsewhere\n"))["signature"] == "failed"
    expect(page.locator("[data-bad]")).to_contain_text("这不是本市的账本")
    page.fill("[data-text]", text)  # the control
    page.get_by_role("button", name="验证").click()
    expect(page.get_by_text("验过了，凭证是真的")).to_be_visible()
    assert asked == []


def test_another_key_than_the_citys_can_be_asked_for(demo: Demo, browse: Browse, tmp_path: Path) -> None:
    text = download(open_record(browse(), demo), tmp_path).read_text(encoding="utf-8")
    page, _ = verifier(browse, demo, locale="en")
    keys = page.locator("details code", has_text="+").all_text_contents()
    own = next(key for key in keys if "deqing" in key)
    other = next(key for key in keys if "deqing" not in key)
    page.locator("summary", has_text="Another log").click()
    page.fill("[data-text]", text)

    for key, sentence in ((other, "None of the signatures"), (own[:-8], "cannot be used"), (own, "The proof holds")):
        page.fill("[data-key]", key)
        page.get_by_role("button", name="Check").click()
        expect(page.locator("[data-result]")).to_contain_text(sentence)


def test_from_the_record_to_the_check_nothing_of_it_is_in_an_address(demo: Demo, browse: Browse) -> None:
    context = browse()
    page = open_record(context, demo)
    addresses: list[str] = []

    def note(request: Request) -> None:
        addresses.append(request.url)

    page.on("request", note)
    page.get_by_role("link", name="公开凭证", exact=False).last.click()
    page.wait_for_url("**/proof")
    expect(page.locator(".qr svg")).to_be_visible()
    text = page.input_value("#receipt-text")
    page.get_by_role("link", name="在本机验证").click()
    expect(page.get_by_text("验过了，凭证是真的")).to_be_visible()
    assert page.url == f"{demo.base}/verify"
    root = text.rstrip().split("\n")[-3]
    assert not [address for address in addresses if len(address) > 200 or root in address]
    page.reload()
    expect(page.locator("[data-check]")).to_be_enabled()
    expect(page.locator("[data-result]")).to_be_hidden()


def test_a_photo_of_the_qr_picture_is_read(demo: Demo, browse: Browse, tmp_path: Path) -> None:
    page = open_record(browse(device_scale_factor=3), demo)
    page.goto(f"{page.url}/proof")
    page.locator(".qr").screenshot(path=tmp_path / "qr.png")
    page.goto(f"{demo.base}/verify")
    expect(page.locator("[data-check]")).to_be_enabled()

    page.set_input_files("[data-file]", tmp_path / "qr.png")

    expect(page.get_by_text("验过了，凭证是真的")).to_be_visible()


def test_without_scripts_it_says_that_nothing_was_checked(demo: Demo, browse: Browse) -> None:
    page = browse(java_script_enabled=False).new_page()
    page.goto(f"{demo.base}/verify")

    expect(page.get_by_text("什么都没有验").first).to_be_visible()
    expect(page.get_by_text("python -m ledger.verify").first).to_be_visible()
    for selector in ("[data-result]", "[data-check]", "[data-text]"):
        expect(page.locator(selector)).to_be_hidden()
    page.locator("summary", has_text="本市的账本和公钥").click()
    expect(page.locator("code", has_text="demo.greenlife.example/log/huzhou-deqing+")).to_be_visible()
