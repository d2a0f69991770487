"""The public log as its readers fetch it: files, kept for ever or a moment, and nothing beside them."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import ledger
from greenlife.app import create_app
from greenlife.public_log import advance_log, keeper_of, origin_of, published_folder, refound_log, verifiers_of
from greenlife.runtime import Runtime
from tests.greenlife.logs import fill, make_log
from tests.world import DEQING, World


@pytest.fixture
def runtime(world: World, tmp_path: Path) -> Runtime:
    """A log of 257 entries."""
    runtime = make_log(world, tmp_path)
    fill(world, 256)
    advance_log(runtime)
    return runtime


@pytest.fixture
def http(runtime: Runtime) -> FlaskClient:
    """A stranger without cookies."""
    return create_app(runtime).test_client(use_cookies=False)


def get(http: FlaskClient, path: str, **headers: str) -> TestResponse:
    return http.get(f"/log/{DEQING}/{path}", headers=headers)


def test_the_checkpoint_opens_with_the_logs_key(http: FlaskClient, runtime: Runtime) -> None:
    answer = get(http, "checkpoint")

    origin, verifiers = origin_of(runtime.settings, DEQING), verifiers_of(runtime.settings, DEQING)
    assert ledger.open_checkpoint(answer.data, origin=origin, verifiers=verifiers).size == 257
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=5"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "length", "kept"),
    [
        ("tile/0/000", 256 * 32, "public, max-age=31536000, immutable"),
        ("tile/0/001.p/1", 32, "public, max-age=5"),
        ("tile/1/000.p/1", 32, "public, max-age=5"),
    ],
)
def test_full_tiles_are_kept_for_ever_and_partial_ones_for_a_moment(
    http: FlaskClient, path: str, length: int, kept: str
) -> None:
    answer = get(http, path)

    assert (answer.status_code, len(answer.data)) == (200, length)
    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Cache-Control"] == kept
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert get(http, path, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_bundles_hold_the_leaves(http: FlaskClient) -> None:
    assert get(http, "tile/entries/000").status_code == 200
    assert b"greenlife/leaf" in get(http, "tile/entries/001.p/1").data


@pytest.mark.parametrize(
    "path",
    [
        "", "tile", "tile/0", "tile/0/002", "tile/0/000.p/3", "tile/0/0", "tile/00/000", "tile/0/000/", "keys/0001.key",
        "stopped", "rechecked", "checkpoint/", "Checkpoint", ".checkpoint.part", "../huzhou-anji/checkpoint",
        "%2e%2e/huzhou-anji/checkpoint", "..%2f..%2f..%2flog%2fkeys%2f0001.key", "tile/0/../../checkpoint",
        "tile/entries/%00", "tile/0/٠٠٠", "checkpoint%00", "C:/checkpoint", "a" * 5000,
    ],
)  # fmt: skip
def test_nothing_else_is_served(http: FlaskClient, path: str) -> None:
    assert get(http, path).status_code == 404


@pytest.mark.parametrize("book", ["huzhou", "keys", "..", "HUZHOU-DEQING", "huzhou-deqing.", "%2e%2e"])
def test_no_other_folder_is_a_book(http: FlaskClient, book: str) -> None:
    assert http.get(f"/log/{book}/checkpoint").status_code == 404


def test_a_link_out_of_the_folder_is_not_made_by_a_name(http: FlaskClient, runtime: Runtime) -> None:
    """The negative control: the secret key lies where a careless join would find it."""
    folder = published_folder(runtime.settings, DEQING)
    assert (folder / "../../../log/keys/0001.key").resolve().is_file()
    assert keeper_of(runtime.settings).has_keys
    assert get(http, "../../../log/keys/0001.key").status_code == 404


def test_the_api_alone_serves_the_log_too(app: Flask, runtime: Runtime) -> None:
    app.extensions["greenlife"] = runtime
    assert get(app.test_client(), "checkpoint").status_code == 200


def test_a_log_that_followed_a_lost_one_has_an_address_of_its_own(http: FlaskClient, runtime: Runtime) -> None:
    note = get(http, "checkpoint").data
    assert http.get(f"/log/2/{DEQING}/checkpoint").status_code == 404
    keep_less(runtime)
    refound_log(runtime, DEQING, reason="a test")
    advance_log(runtime)

    assert get(http, "checkpoint").data == note
    assert get(http, "founding").status_code == 404
    second = http.get(f"/log/2/{DEQING}/checkpoint")
    origin, verifiers = origin_of(runtime.settings, DEQING), verifiers_of(runtime.settings, DEQING)
    assert ledger.open_checkpoint(second.data, origin=origin, verifiers=verifiers).size == 257
    founding = http.get(f"/log/2/{DEQING}/founding")
    assert (founding.status_code, founding.content_type) == (200, "text/plain; charset=utf-8")
    for path in (f"1/{DEQING}", f"3/{DEQING}", f"-2/{DEQING}", f"{DEQING}/2", "2/keys", "2/.."):
        assert http.get(f"/log/{path}/checkpoint").status_code == 404, path


def keep_less(runtime: Runtime) -> None:
    """The database has less than was signed."""
    keeper = keeper_of(runtime.settings)
    origin = origin_of(runtime.settings, DEQING)
    other = ledger.Checkpoint(origin, 300, b"r" * 32)
    keeper.keep_checkpoint(DEQING, ledger.sign_checkpoint(other, keeper.signers(origin)))


def test_nothing_can_be_sent_there(http: FlaskClient) -> None:
    for method in (http.post, http.put, http.delete):
        assert method(f"/log/{DEQING}/checkpoint").status_code in {400, 405}
