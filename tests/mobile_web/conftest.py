"""Pages of the whole application on a small world."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from greenlife.app import create_app
from greenlife.models import Resident, Staff
from tests.world import World, make_world

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
KEY = re.compile(r'name="form_key" value="([0-9a-f]{32})"')


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


@pytest.fixture
def app(world: World, tmp_path: Path) -> Flask:
    return create_app(world.runtime(tmp_path))


@dataclass
class Browser:
    """A person's browser without scripts: it gets pages, and sends the forms that are on them."""

    http: FlaskClient

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.http.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def form(self, page: str) -> dict[str, str]:
        """The hidden fields of a page: token and key."""
        text = self.get(page).text
        found = {"csrf_token": TOKEN.search(text), "form_key": KEY.search(text)}
        return {name: match.group(1) for name, match in found.items() if match}

    def send(self, page: str, to: str | None = None, **fields: str) -> TestResponse:
        """The form on ``page``, filled in and sent."""
        return self.http.post(to or page, data=self.form(page) | fields)


@pytest.fixture
def stranger(app: Flask) -> Browser:
    return Browser(app.test_client())


@dataclass
class People:
    app: Flask

    def sign_in(self, person: Resident | Staff) -> Browser:
        browser = Browser(self.app.test_client())
        path = "/sign-in" if isinstance(person, Resident) else "/staff/sign-in"
        browser.send(path, phone=person.phone)
        shown = re.search(r"<b>(\d{6})</b>", browser.get(f"{path}/code").text)
        assert shown
        assert browser.send(f"{path}/code", code=shown.group(1)).status_code == 303
        return browser


@pytest.fixture
def people(app: Flask) -> People:
    return People(app)
