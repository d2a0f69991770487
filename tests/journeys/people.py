"""What everybody does first: sign in, and settle notice and home."""

import sqlite3
from itertools import count
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from greenlife.demo import ACCOUNTS

RESIDENT, ATTENDANT, CLERK, DISTRICT, CITY, SECOND_CITY = (account.phone for account in ACCOUNTS)
NEWCOMERS = "188"
"""Numbers that the demo gives to nobody begin so."""
_numbers = count(1)


def sign_in(context: BrowserContext, base: str, phone: str) -> Page:
    """A page on which the phone's owner is signed in."""
    page = context.new_page()
    is_resident = phone == RESIDENT or phone.startswith(NEWCOMERS)
    page.goto(f"{base}{'/sign-in' if is_resident else '/staff/sign-in'}")
    page.fill("#phone", phone)
    page.click("button[form=phone-form]")
    page.fill("#code", page.inner_text(".shown-code b"))
    page.click("button[form=code-form]")
    page.wait_for_url(lambda address: "sign-in" not in address)
    return page


def newcomer(context: BrowserContext, base: str, *, scripts: bool = True) -> Page:
    """Somebody who was never here: signs in, accepts the notice, lives in Wukang."""
    page = sign_in(context, base, f"{NEWCOMERS}{next(_numbers):08d}")
    page.click("button[form=accept]")
    if scripts:
        page.wait_for_selector("html.js")
    page.select_option("#district", "huzhou-deqing")
    if not scripts:
        page.click("form button.no-js")
    page.wait_for_selector("#town")
    page.select_option("#town", "wukang")
    page.click("button[form=home-form]")
    page.wait_for_selector("a[href='/scan']")
    return page


def poster(var: Path, action: str = "own_bag", *, skip: int = 0) -> tuple[str, str]:
    """(whole code, typed code) of a poster of the demo."""
    with sqlite3.connect(var / "demo.db") as database:
        rows = database.execute(
            "select code, short from poster where action = ? and active order by code limit 1 offset ?", (action, skip)
        ).fetchall()
    return rows[0][0], rows[0][1]


def entries(var: Path) -> int:
    """How many entries all books have."""
    with sqlite3.connect(var / "demo.db") as database:
        return int(database.execute("select count(*) from ledger_entry").fetchone()[0])


def shop(var: Path, district: str = "huzhou-deqing") -> str:
    """The id of a place at which things are bought."""
    with sqlite3.connect(var / "demo.db") as database:
        query = "select id from site where kind = 'shop' and district = ? and active order by id limit 1"
        return str(database.execute(query, (district,)).fetchone()[0])
