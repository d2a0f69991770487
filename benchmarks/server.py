"""What the benchmark serves: the application as a city runs it and, beside it in the same worker, a bare endpoint."""

from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, jsonify, request
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, insert

from greenlife.app import create_app, in_front_of
from greenlife.front import Front
from greenlife.scheduler import follow_parent

BARE = "/bare"
TARGET = f"{__name__}:create_worker"
metadata = MetaData()
notes = Table("bench_note", metadata, Column("id", Integer, primary_key=True), Column("code", String(200)))


def create_bare(engine: Engine) -> Flask:
    """The least that a Flask endpoint does to keep something: read JSON, insert a row, commit, answer JSON."""
    app = Flask("bare", static_folder=None)

    @app.post(BARE)
    def keep() -> tuple[Response, int]:
        with engine.begin() as connection:
            connection.execute(insert(notes), {"code": request.get_json()["code"]})
        return jsonify(kept=True), 201

    return app


def create_worker() -> Front:
    """Both behind one door: same worker, engine, database file, and pragmas.

    No scheduled jobs run, since they would be counted to whichever request they interrupt.
    """
    whole = create_app()
    bare = create_bare(whole.extensions["greenlife"].database.engine)
    follow_parent()

    def door(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return (bare if environ["PATH_INFO"] == BARE else whole)(environ, start_response)

    return in_front_of(whole, door)
