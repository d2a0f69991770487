"""Whatever is put into addresses and fields, every page of every role answers, and never with a 500."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import URL
from werkzeug.routing import Rule

from greenlife.app import create_app
from tests.mobile_web.conftest import Browser, People
from tests.mobile_web.test_access import merchant
from tests.world import DEQING, World, make_world

JUNK = (
    "", "x", "0", "-1", "9" * 400, "%00", "..%2F..%2Fetc", "'\"><script>", "\u202e乱码", "😀", "null", "[]",
    "2026-02-30", "0001-01-01", "9999-12-31", "0001-01", "9999-12", "1e400", "NaN", "٣", "own_bag:poster", "campaign", "GLC1:R:", "GLC1:V:AAAAAAAA", "http://[", "HTTP://GREEN.EXAMPLE/P/", "HTTP://GREEN.EXAMPLE/K/", "ent_" + "0" * 26,
)  # fmt: skip
FIELDS = (
    "code", "phone", "next", "district", "town", "version", "material", "quantity", "reason", "language", "large",
    "form_key", "site", "action", "kind", "way", "base", "per_unit", "least", "most", "valid_from", "valid_to", "multiplier",
    "starts_on", "ends_on", "budget", "districts", "tiers", "actions", "title_zh", "title_en", "look", "decision",
    "latitude", "longitude", "accuracy",
)  # fmt: skip
QUERIES = (
    "before",
    "after",
    "month",
    "district",
    "since",
    "until",
    "days",
    "show",
    "undo",
    "visit",
    "new",
    "next",
    "at",
    "page",
    "file",
    "site",
    "action",
    "kind",
)
ROUNDS = 6


def addresses(rule: Rule, dice: Random) -> str:
    path = str(rule)
    for name in rule.arguments:
        path = path.replace(f"<{name}>", dice.choice(JUNK[1:]).replace("/", "%2F"))
    query = "&".join(f"{name}={dice.choice(JUNK)}" for name in dice.sample(QUERIES, 4))
    return f"{path}?{query}".replace(" ", "+").replace("#", "%23")


@pytest.mark.parametrize("role", ["nobody", "resident", "attendant", "clerk", "district_admin", "city_admin"])
def test_junk_is_answered(world: World, people: People, app: Flask, stranger: Browser, role: str) -> None:
    browser = {
        "nobody": lambda: stranger,
        "resident": lambda: people.sign_in(world.resident()),
        "attendant": lambda: people.sign_in(world.attendant()),
        "clerk": lambda: people.sign_in(world.staff("clerk", merchant(world))),
        "district_admin": lambda: people.sign_in(world.staff("district_admin", DEQING)),
        "city_admin": lambda: people.sign_in(world.staff("city_admin", "huzhou")),
    }[role]()
    dice = Random(role)
    token = stranger.form("/sign-in")["csrf_token"] if role == "nobody" else browser.form("/nowhere").get("csrf_token")
    app.config["WTF_CSRF_ENABLED"] = token is not None and role == "nobody"
    rules = [
        rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("pages.") and str(rule) != "/sign-out"
    ]
    for rule in rules:
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for _ in range(ROUNDS):
                fields = {name: dice.choice(JUNK) for name in dice.sample(FIELDS, 12)}
                if dice.random() < 0.7:
                    fields["form_key"] = "0" * 32
                address = addresses(rule, dice)
                answer = browser.http.open(address, method=method, data=fields if method == "POST" else None)
                assert answer.status_code < 500, (method, address, fields)


@pytest.fixture
def on_postgresql(tmp_path: Path, postgres_url: URL) -> Iterator[World]:
    """PostgreSQL refuses NUL in a text, where SQLite finds nothing."""
    world = make_world(tmp_path, postgres_url.render_as_string(hide_password=False))
    yield world
    world.database.engine.dispose()


def test_nul_is_nowhere_a_500(on_postgresql: World, tmp_path: Path) -> None:
    world = on_postgresql
    app = create_app(world.runtime(tmp_path))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    people, failed = People(app), []
    staff = (
        world.attendant(), world.staff("clerk", merchant(world)), world.staff("district_admin", DEQING),
        world.staff("city_admin", "huzhou"),
    )  # fmt: skip
    browsers = [Browser(app.test_client()), *map(people.sign_in, (world.resident(), *staff))]
    app.config["WTF_CSRF_ENABLED"] = False
    fields = dict.fromkeys(FIELDS, "\0") | {"form_key": "0" * 32, "action": "own_bag"}
    query = "&".join(f"{name}=%00" for name in QUERIES)
    for rule in app.url_map.iter_rules():
        path = str(rule)
        for name in rule.arguments:
            path = path.replace(f"<{name}>", "%00")
        for method in sorted((rule.methods or set()) & {"GET", "POST", "DELETE"}):
            for browser in browsers if path != "/sign-out" else ():
                data = fields if method == "POST" else None
                answer = browser.http.open(f"{path}?{query}", method=method, data=data)
                failed += [(method, path)] if answer.status_code >= 500 else []
    assert sorted(set(failed)) == []
