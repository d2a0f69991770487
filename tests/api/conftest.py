"""Fixtures of the API's tests: a client on a real database, and people who are signed in."""

from pathlib import Path

import pytest
from flask import Flask

import api
from tests.api.client import Client
from tests.world import World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


@pytest.fixture
def app(world: World, tmp_path: Path) -> Flask:
    """The API alone in an application; limits are those of the factory."""
    app = Flask("api_alone", static_folder=None, template_folder=None)
    app.extensions["greenlife"] = world.runtime(tmp_path)
    app.config["MAX_CONTENT_LENGTH"] = 256 * 1024
    api.register(app)
    return app


@pytest.fixture
def client(app: Flask, world: World) -> Client:
    return Client(app.test_client(), world)
