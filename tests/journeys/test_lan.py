"""The demo for phones: HTTPS at the address in the local network, camera included."""

from pathlib import Path

import pytest

from tests.journeys.camera import film
from tests.journeys.conftest import Browse, Demo
from tests.journeys.people import newcomer, poster

pytestmark = pytest.mark.xdist_group("browser")


def test_a_scan_over_the_local_network(lan_demo: Demo, browse: Browse, tmp_path: Path) -> None:
    assert lan_demo.base.startswith("https://")
    assert "localhost" not in lan_demo.base
    code, _ = poster(lan_demo.var)
    context = browse(film(f"{lan_demo.base}/P/{code}".upper(), tmp_path / "film.mjpeg"), ignore_https_errors=True)
    page = newcomer(context, lan_demo.base)
    page.goto(f"{lan_demo.base}/scan")
    page.wait_for_url(f"**/P/{code}")
    cookies = {cookie["name"]: cookie for cookie in context.cookies()}
    assert cookies["gl_session"]["secure"]


def test_without_trust_a_browser_warns(lan_demo: Demo, browse: Browse) -> None:
    page = browse().new_page()
    with pytest.raises(Exception, match="ERR_CERT"):
        page.goto(lan_demo.base)
