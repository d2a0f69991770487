"""What is wrong is said in the page's language with its code, changes nothing, and is never a 500."""

import pytest
from flask import Flask
from sqlalchemy import func, select

import ledger
from greenlife.models import ActionRecord
from greenlife.scans import own_code
from tests.mobile_web.conftest import Browser, People
from tests.world import World


def booked(world: World) -> int:
    with world.database.reading() as session:
        return session.scalar(select(func.count()).select_from(ActionRecord)) or 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "code_unknown"),
        ("ZZZZZZZZ", "code_unknown"),
        ("https://evil.example/P/AAAAAAAAAAAAAAAAAAAAAAAAAA", "code_foreign"),
        ("x" * 5000, "code_unknown"),
        ("<script>alert(1)</script>", "code_unknown"),
        ("\x00\ud7ff", "code_unknown"),
        ("GLC1:V:7K3M92QF", "code_elsewhere"),
    ],
)
def test_codes_that_are_none(world: World, people: People, text: str, code: str) -> None:
    browser = people.sign_in(world.resident())
    answer = browser.send("/scan", code=text)
    assert answer.status_code in {404, 409}
    assert code in answer.text
    assert "<script>alert" not in answer.text
    assert booked(world) == 0


@pytest.mark.parametrize("weight", ["0", "-1", "1000000000", "NaN", "", "1e3", "３．２", "3,2", "∞", "0x10"])
def test_weights_that_are_none_or_full_width(world: World, people: People, weight: str) -> None:
    resident = world.resident()
    counter = people.sign_in(world.attendant())
    opened = counter.send("/counter", "/counter/open", code=own_code(resident, city="huzhou", now=world.now).text)
    visit = opened.headers["Location"]
    world.later(seconds=3)
    answer = counter.send(visit, action="recyclables", material="cardboard", quantity=weight)
    if weight == "３．２":  # what a Chinese keyboard types for 3.2
        assert (answer.status_code, booked(world)) == (303, 1)
        return
    assert answer.status_code == 422
    assert "quantity_" in answer.text
    assert f'value="{weight}"' in answer.text, "what was typed is still there"
    assert booked(world) == 0


def test_a_form_without_its_protection_is_refused(world: World, people: People) -> None:
    browser, poster = people.sign_in(world.resident()), world.poster()
    whole = browser.form(f"/P/{poster.code}") | {"code": poster.code}
    for missing in ("csrf_token", "form_key"):
        answer = browser.http.post(
            "/scan/confirm", data={name: value for name, value in whole.items() if name != missing}
        )
        assert "form_stale" in answer.text
        assert booked(world) == 0
    assert browser.http.post("/scan/confirm", data=whole).status_code == 303  # the control: with both it books
    assert booked(world) == 1


def test_without_the_protection_a_foreign_site_could_book(world: World, people: People, app: Flask) -> None:
    """The negative control of the one above."""
    browser, poster = people.sign_in(world.resident()), world.poster()
    app.config["WTF_CSRF_ENABLED"] = False
    forged = {"code": poster.code, "form_key": "0" * 32}
    assert browser.http.post("/scan/confirm", data=forged).status_code == 303


def test_the_same_form_twice_books_once(world: World, people: People) -> None:
    browser, poster = people.sign_in(world.resident()), world.poster()
    form = browser.form(f"/P/{poster.code}") | {"code": poster.code}
    first, second = (browser.http.post("/scan/confirm", data=form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert booked(world) == 1


def test_looking_changes_nothing(world: World, people: People) -> None:
    browser, poster = people.sign_in(world.resident()), world.poster()
    for _ in range(3):
        assert browser.get(f"/P/{poster.code}").status_code == 200
    assert booked(world) == 0


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "address_unknown"),
        ("POST", "/me", 405, "method_not_allowed"),
        ("GET", "/records/ent_unknown", 404, "record_unknown"),
        ("GET", "/records?before=%00", 422, "cursor_invalid"),
        ("GET", "/rewards?after=x", 422, "cursor_invalid"),
        ("GET", "/rewards/off_unknown", 404, "offer_unknown"),
        ("GET", "/vouchers/rdm_unknown", 404, "redemption_unknown"),
        ("GET", "/methodology/unknown", 404, "methodology_unknown"),
        ("GET", "/records?month=9999-99", 200, ""),
        ("GET", "/P/AAAAAAAAAAAAAAAAAAAAAAAAAA", 404, "code_unknown"),
    ],
)
def test_addresses(world: World, people: People, method: str, path: str, status: int, code: str) -> None:
    browser = people.sign_in(world.resident())
    token = browser.form("/me")
    answer = browser.http.open(path, method=method, data=token if method == "POST" else None)
    assert answer.status_code == status
    assert code in answer.text


def test_a_body_of_ten_megabytes(world: World, people: People) -> None:
    browser = people.sign_in(world.resident())
    answer = browser.http.post("/scan", data={"code": "x" * 10_000_000})
    assert answer.status_code == 413
    assert "body_too_large" in answer.text


def test_a_wrong_content_type_is_a_stale_form(world: World, people: People) -> None:
    browser = people.sign_in(world.resident())
    answer = browser.http.post("/scan/confirm", data=b'{"code": 1}', content_type="application/json")
    assert answer.status_code == 422
    assert "form_stale" in answer.text


def test_refusals_are_in_the_language_of_the_page(stranger: Browser) -> None:
    assert "没有这一页" in stranger.get("/nowhere", Accept_Language="zh-CN").text
    assert "There is no such page" in stranger.get("/nowhere", Accept_Language="en").text
    assert "没有这一页" in stranger.get("/nowhere", Accept_Language="fr").text


def test_something_broken_says_so_without_telling_how(
    app: Flask, stranger: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setitem(app.view_functions, "pages.methodologies", broken)
    answer = stranger.get("/methodology")
    assert answer.status_code == 500
    assert "internal_error" in answer.text
    assert "secret of the house" not in answer.text


def test_headers_of_every_page(stranger: Browser) -> None:
    answer = stranger.get("/sign-in")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "unsafe-inline" not in policy
    assert "<script>" not in answer.text
    assert "style=" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_second_use_of_a_residents_code(world: World, people: People) -> None:
    resident = world.resident()
    code = own_code(resident, city="huzhou", now=world.now).text
    counter = people.sign_in(world.attendant())
    assert counter.send("/counter", "/counter/open", code=code).status_code == 303
    again = counter.send("/counter", "/counter/open", code=code)
    assert again.status_code == 409
    assert "code_used" in again.text


def test_the_ledger_is_as_its_entries_say(world: World, people: People) -> None:
    browser, poster = people.sign_in(world.resident()), world.poster()
    browser.send(f"/P/{poster.code}", "/scan/confirm", code=poster.code)
    with world.database.reading() as session:
        assert ledger.check_book(session, "huzhou-deqing") is None
