"""What an installation is told by its environment, read once and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from greenlife.errors import ConfigInvalid

SHORTEST_SECRET = 32


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Frozen; every part is there or the program does not start."""

    database_url: str
    secret_key: str
    base_url: str
    city: str
    var: Path
    demo: bool
    other_hosts: frozenset[str] = frozenset()

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts (with ports) whose addresses in codes are ours: the public one and those it is also known by."""
        return self.other_hosts | {urlsplit(self.base_url).netloc.lower()}

    @property
    def secure(self) -> bool:
        """Whether pages are served over HTTPS, so that cookies may be bound to it."""
        return urlsplit(self.base_url).scheme == "https"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings; raises ConfigInvalid naming the variable that is wrong or missing."""
    var = Path(environment.get("GREENLIFE_VAR", "var")).absolute()
    demo = environment.get("GREENLIFE_DEMO", "0")
    if demo not in {"0", "1"}:
        raise _wrong("GREENLIFE_DEMO", "0 or 1")
    base_url = environment.get("GREENLIFE_BASE_URL", "")
    address = urlsplit(base_url)
    if address.scheme not in {"http", "https"} or not address.netloc or address.path.strip("/"):
        raise _wrong("GREENLIFE_BASE_URL", "the public address, such as https://example.org, without a path")
    secret = environment.get("GREENLIFE_SECRET_KEY", "")
    if len(secret) < SHORTEST_SECRET:
        raise _wrong("GREENLIFE_SECRET_KEY", f"at least {SHORTEST_SECRET} random characters")
    return Settings(
        database_url=environment.get("GREENLIFE_DATABASE_URL") or f"sqlite:///{var / 'greenlife.db'}",
        secret_key=secret,
        base_url=base_url.rstrip("/"),
        city=environment.get("GREENLIFE_CITY", "huzhou"),
        var=var,
        demo=demo == "1",
        other_hosts=frozenset(filter(None, environment.get("GREENLIFE_OTHER_HOSTS", "").lower().split(","))),
    )


def _wrong(name: str, why: str) -> ConfigInvalid:
    return ConfigInvalid(where="environment", key=name, why=why)
