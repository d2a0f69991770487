"""The running installation, as the views find it."""

from typing import cast

from flask import current_app

from greenlife.runtime import Runtime


def runtime() -> Runtime:
    """Settings, database, programme, clock: put there by the application factory."""
    return cast("Runtime", current_app.extensions["greenlife"])
