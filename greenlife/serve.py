"""The web server: granian, one worker on SQLite."""

import logging
from dataclasses import dataclass
from pathlib import Path

from granian.constants import Interfaces, SSLProtocols
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server


@dataclass(frozen=True)
class Tls:
    """A certificate and its key, as PEM files."""

    certificate: Path
    key: Path


def serve(
    *, address: str, port: int, tls: Tls | None = None, workers: int = 1, target: str = "greenlife.app:create_worker"
) -> None:
    """Serve until told to stop; the workers read their settings from the environment.

    ``target`` names what makes a ``Front``.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    Server(
        target,
        factory=True,
        interface=Interfaces.RSGI,
        address=address,
        port=port,
        workers=workers,
        websockets=False,
        log_level=LogLevels.warning,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        ssl_cert=tls.certificate if tls else None,
        ssl_key=tls.key if tls else None,
        ssl_protocol_min=SSLProtocols.tls12,
        workers_kill_timeout=5,
    ).serve()
