"""The first load of the home page on a slow phone: bytes by the wire, and LCP at slow 4G with the CPU slowed 4 times.

`python -m benchmarks.home_page ADDRESS` against a running demo. One cold load a round; median and spread.
"""

import statistics
import sys

from playwright.sync_api import BrowserContext, CDPSession

from greenlife.demo import ACCOUNTS
from tests.browser.chromium import driving, launch

ROUNDS = 7
PHONE = {"width": 390, "height": 844}
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
"""Lighthouse's mobile profile: 150 ms, 1.6 Mbit/s down, 750 kbit/s up."""
CPU_SLOWDOWN = 4
OBSERVE = """() => new Promise(resolve => new PerformanceObserver(list =>
  resolve(list.getEntries().at(-1).startTime)).observe({type: "largest-contentful-paint", buffered: true}))"""


def main(base: str) -> None:
    """Prints bytes and LCP."""
    with driving() as playwright:
        browser = launch(playwright)
        state = _signed_in(browser.new_context(viewport=PHONE), base)
        rounds = [_load(browser.new_context(viewport=PHONE, storage_state=state), base) for _ in range(ROUNDS)]
    paints, sizes = [lcp for lcp, _ in rounds], [size for _, size in rounds]
    print(f"LCP at slow 4G, CPU {CPU_SLOWDOWN} times slower: {_spread(paints)} ms; bytes by the wire: {_spread(sizes)}")


def _signed_in(context: BrowserContext, base: str) -> object:
    page = context.new_page()
    page.goto(f"{base}/sign-in")
    page.fill("#phone", ACCOUNTS[0].phone)
    page.click("button[form=phone-form]")
    page.fill("#code", page.inner_text(".shown-code b"))
    page.click("button[form=code-form]")
    page.wait_for_selector("a[href='/scan']")
    return context.storage_state()


def _load(context: BrowserContext, base: str) -> tuple[float, int]:
    page = context.new_page()
    session: CDPSession = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(base)
    page.wait_for_load_state("networkidle")
    lcp = float(page.evaluate(OBSERVE))
    context.close()
    return lcp, sum(sizes)


def _spread(values: list[float] | list[int]) -> str:
    return f"{statistics.median(values):,.0f} ({min(values):,.0f} to {max(values):,.0f})"


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
