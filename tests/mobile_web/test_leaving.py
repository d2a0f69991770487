"""Leaving by the pages: one button behind a token, signed out everywhere, a farewell, and not twice."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from greenlife.models import ActionRecord, Resident, SignIn
from greenlife.scans import own_code
from tests.greenlife.life import Life, forget, make_town, mentions
from tests.mobile_web.conftest import Browser, People
from tests.world import World

PAGE, FAREWELL = "/me/delete", "/farewell"


def there(world: World, resident: Resident) -> bool:
    with world.database.reading() as session:
        return session.get(Resident, resident.id) is not None


def test_it_takes_one_form_and_no_script(world: World, people: People, tmp_path: Path) -> None:
    resident = world.resident()
    browser = people.sign_in(resident)
    page = browser.get(PAGE, Accept_Language="en").text
    assert re.search(r'<form method="post" action="/me/delete"><input type="hidden" name="csrf_token"', page)
    assert "You have no points to lose." in page
    assert there(world, resident)  # looking deletes nothing

    answer = browser.send(PAGE)

    assert (answer.status_code, answer.headers["Location"]) == (303, FAREWELL)
    assert not there(world, resident)
    assert (tmp_path / "demo/log/forgotten").read_text() == f"{resident.account}\n"
    farewell = browser.get(FAREWELL, Accept_Language="en")
    assert farewell.status_code == 200
    assert "Your account is deleted" in farewell.text
    assert "record" not in farewell.text  # there were none, so none are counted
    assert 'href="/verify"' in farewell.text
    assert "账号已注销" in browser.get(FAREWELL, Accept_Language="zh-CN").text


def test_it_says_what_would_be_lost_and_what_was(world: World, people: People) -> None:
    resident, poster = world.resident(), world.poster()
    browser = people.sign_in(resident)
    browser.send(f"/P/{poster.code}", "/scan/confirm", code=poster.code)
    assert re.search(r"Your [0-9][^<]* can no longer be spent", browser.get(PAGE, Accept_Language="en").text)

    browser.send(PAGE)

    assert "1 record is deleted." in browser.get(FAREWELL, Accept_Language="en").text


def test_a_foreign_site_deletes_nothing(world: World, people: People) -> None:
    resident = world.resident()
    browser = people.sign_in(resident)
    for forged in ({}, {"csrf_token": "0" * 40}, browser.form("/me") | {"csrf_token": ""}):
        answer = browser.http.post(PAGE, data=forged)
        assert answer.status_code == 422
        assert "form_stale" in answer.text
        assert there(world, resident)
    others = people.sign_in(world.resident())
    assert browser.http.post(PAGE, data=others.form(PAGE)).status_code == 422  # a token of another's page
    assert there(world, resident)
    assert browser.http.post(PAGE, data=browser.form(PAGE)).status_code == 303  # the control: with the token it does
    assert not there(world, resident)


def test_without_the_token_a_foreign_site_could(world: World, people: People, app: Flask) -> None:
    """The negative control of the one above."""
    resident = world.resident()
    browser = people.sign_in(resident)
    app.config["WTF_CSRF_ENABLED"] = False
    assert browser.http.post(PAGE).status_code == 303
    assert not there(world, resident)


def test_every_device_is_signed_out_and_nobody_else(world: World, people: People) -> None:
    resident, other = world.resident(), world.resident()
    phone, tablet, neighbour = (people.sign_in(one) for one in (resident, resident, other))
    cookie = phone.http.get_cookie("gl_session")
    assert cookie is not None
    assert tablet.get("/me").status_code == 200

    answer = phone.send(PAGE)

    assert any(one.startswith("gl_session=;") for one in answer.headers.getlist("Set-Cookie"))
    for browser in (phone, tablet):
        assert browser.get("/me").headers["Location"].startswith("/sign-in")
    phone.http.set_cookie("gl_session", cookie.value)
    assert phone.get("/me").headers["Location"].startswith("/sign-in")  # who kept the cookie keeps nothing
    assert neighbour.get("/me").status_code == 200
    with world.database.reading() as session:
        assert session.scalars(select(SignIn.subject_id)).all() == [other.id]


def test_a_second_time_there_is_nobody_to_delete(world: World, people: People) -> None:
    resident = world.resident()
    phone, tablet = people.sign_in(resident), people.sign_in(resident)
    form = tablet.form(PAGE)
    phone.send(PAGE)

    again = tablet.http.post(PAGE, data=form)

    assert again.status_code == 401
    assert "sign_in_required" in again.text


def test_the_farewell_is_for_those_who_left(world: World, people: People, stranger: Browser) -> None:
    assert stranger.get(FAREWELL).headers["Location"] == "/sign-in"
    stayed = people.sign_in(world.resident())
    stayed.get(PAGE)
    assert stayed.get(FAREWELL).status_code == 303
    left = people.sign_in(world.resident())
    left.send(PAGE)
    assert left.get(FAREWELL).status_code == 200  # the control


def test_strangers_and_staff_have_nothing_to_delete(world: World, people: People, stranger: Browser) -> None:
    assert stranger.get(PAGE).headers["Location"] == "/sign-in?next=/me/delete"
    assert stranger.send("/sign-in", PAGE).status_code == 401
    attendant = people.sign_in(world.attendant())
    assert attendant.get(PAGE).status_code == 403
    assert attendant.send("/counter", PAGE).status_code == 403


def test_the_way_out_asks_for_no_consent_and_no_home(world: World, people: People) -> None:
    newcomer = world.resident(None)
    with world.database.writing() as session:
        stored = session.merge(newcomer)
        stored.privacy_version = stored.privacy_accepted_at = None
    browser = people.sign_in(newcomer)
    assert browser.get("/me").headers["Location"].startswith("/welcome")  # the control: other pages do ask
    assert browser.get(PAGE).status_code == 200
    assert browser.send(PAGE).status_code == 303
    assert not there(world, newcomer)


@pytest.fixture
def leaves_meanwhile(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[Life], None]:
    """The person's account is deleted, from another device, between a request's look and its writing."""

    def arm(life: Life) -> None:
        writing = world.database.writing

        def late() -> AbstractContextManager[Session]:
            monkeypatch.setattr(world.database, "writing", writing)
            forget(life)
            return writing()

        monkeypatch.setattr(world.database, "writing", late)

    return arm


def sent_late(world: World, people: People, what: str, leaves: Callable[[Life], None]) -> tuple[TestResponse, set[str]]:
    """The answer to a form that was sent when its sender left, and where the person is mentioned after it."""
    town = make_town(world)
    life = Life(town, world.resident())
    browser, poster = people.sign_in(life.resident), world.poster()
    for _ in range(25):
        world.later(days=1)
        browser.send(f"/P/{poster.code}", "/scan/confirm", code=poster.code)
    offer = f"/rewards/{town.offer}"
    forms = {"/scan/confirm": (f"/P/{poster.code}", {"code": poster.code}), offer: (offer, {})}
    path = offer if what == "redeem" else "/scan/confirm"
    world.later(days=1)
    page, fields = forms[path]
    form = browser.form(page) | fields
    leaves(life)
    answer = browser.http.post(path, data=form)
    needles = life.personal | {"account": life.resident.account}
    return answer, {place for place, _ in mentions(world, needles, but=("ledger_",))}


@pytest.mark.parametrize("what", ["scan", "redeem"])
def test_a_form_that_is_late_by_a_moment_books_nothing(
    world: World, people: People, what: str, leaves_meanwhile: Callable[[Life], None]
) -> None:
    answer, mentioned = sent_late(world, people, what, leaves_meanwhile)
    assert answer.status_code == 404
    assert "resident_gone" in answer.text
    assert mentioned == set()


@pytest.mark.parametrize(("what", "left"), [("scan", "action_record.resident_id"), ("redeem", "redemption.holder")])
def test_control_without_the_look_it_would(
    world: World, people: People, what: str, left: str, leaves_meanwhile: Callable[[Life], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("greenlife.actions.booking.keep_residents", lambda *_: None)
    monkeypatch.setattr("mobile_web.views.vouchers.keep_residents", lambda *_: None)
    answer, mentioned = sent_late(world, people, what, leaves_meanwhile)
    assert answer.status_code == 303
    assert left in mentioned


def test_where_it_fails_nothing_is_deleted(
    world: World, people: People, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise OSError("the disk is full")

    resident, poster = world.resident(), world.poster()
    browser = people.sign_in(resident)
    browser.send(f"/P/{poster.code}", "/scan/confirm", code=poster.code)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with monkeypatch.context() as broken_disk:
        broken_disk.setattr("greenlife.residents.leaving._rest", broken)
        answer = browser.send(PAGE)
    assert answer.status_code == 500
    assert "internal_error" in answer.text
    assert browser.get(FAREWELL).status_code == 303
    assert browser.get("/me").status_code == 200
    with world.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ActionRecord)) == 1


def test_the_code_that_was_on_the_screen_opens_no_counter(world: World, people: People) -> None:
    resident = world.resident()
    code = own_code(resident, city="huzhou", now=world.now).text
    people.sign_in(resident).send(PAGE)
    answer = people.sign_in(world.attendant()).send("/counter", "/counter/open", code=code)
    assert answer.status_code == 404
    assert "code_unknown" in answer.text
