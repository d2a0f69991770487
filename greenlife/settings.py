"""What an installation is told by its environment, read once and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from greenlife.errors import ConfigInvalid
from greenlife.hosts import is_host

SHORTEST_SECRET = 32
ENVIRONMENT_FILE = "environment"
DEFAULT_CITY = "huzhou"
DEMO_ORIGIN = "demo.greenlife.example"
"""The demo is served on many ports; its log has one name."""
PREFIX = "GREENLIFE_"
NAMES = frozenset(
    PREFIX + name
    for name in (
        "ACTIONS", "BASE_URL", "CITY", "DATABASE_URL", "DEMO", "LOCALE", "LOG_ORIGIN", "OTHER_HOSTS", "POSTER_FONT",
        "SECRET_KEY", "VAR",
    )
)  # fmt: skip
"""The settings; another name that begins like them is a mistake."""
_LINE = f"must be NAME=value, with one of {', '.join(sorted(NAMES))}"
_ADDRESS = re.compile(r"https?://([^/]+)/?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Frozen; every part is there or the program does not start."""

    database_url: str
    secret_key: str
    base_url: str
    city: str
    var: Path
    demo: bool
    log_origin: str = DEMO_ORIGIN
    """The host that the logs are named by for ever, whatever address the pages have."""
    other_hosts: frozenset[str] = frozenset()
    more_actions: Path | None = None
    """A folder of action files of the city's own."""
    poster_font: Path | None = None
    """A TrueType font with Chinese for the posters, where it is not the one that Debian installs."""

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts (with ports) whose addresses in codes are ours: the public one and those it is also known by."""
        return self.other_hosts | {urlsplit(self.base_url).netloc.lower()}

    @property
    def secure(self) -> bool:
        """Whether pages are served over HTTPS, so that cookies may be bound to it."""
        return urlsplit(self.base_url).scheme == "https"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings, from the environment and, below it, from the file ``environment`` in the var folder.

    Raises ConfigInvalid naming the variable that is wrong or missing.
    """
    var, environment = _installation(environment)
    demo = environment.get("GREENLIFE_DEMO", "0")
    if demo not in {"0", "1"}:
        raise _wrong("GREENLIFE_DEMO", "0 or 1")
    base_url = environment.get("GREENLIFE_BASE_URL", "")
    found = _ADDRESS.fullmatch(base_url)
    if found is None or not is_host(found[1]):
        raise _wrong("GREENLIFE_BASE_URL", "the public address, such as https://example.org, without a path")
    secret = environment.get("GREENLIFE_SECRET_KEY", "")
    if len(secret) < SHORTEST_SECRET:
        raise _wrong("GREENLIFE_SECRET_KEY", f"at least {SHORTEST_SECRET} random characters")
    return Settings(
        database_url=environment.get("GREENLIFE_DATABASE_URL") or f"sqlite:///{var / 'greenlife.db'}",
        secret_key=secret,
        base_url=base_url.rstrip("/"),
        city=environment.get("GREENLIFE_CITY", DEFAULT_CITY),
        var=var,
        demo=demo == "1",
        log_origin=_log_origin(environment, demo == "1", found[1]),
        other_hosts=_other_hosts(environment),
        more_actions=_more_actions(environment),
        poster_font=_poster_font(environment),
    )


def read_rules(environment: Mapping[str, str]) -> tuple[str, Path | None]:
    """The city and the folder of its own actions: what can be asked about without a database or an address.

    Raises ConfigInvalid naming the variable that is wrong.
    """
    _, environment = _installation(environment)
    return environment.get("GREENLIFE_CITY", DEFAULT_CITY), _more_actions(environment)


def _installation(environment: Mapping[str, str]) -> tuple[Path, dict[str, str]]:
    """The var folder, and the settings with those that are kept there."""
    var = Path(environment.get("GREENLIFE_VAR", "var")).absolute()
    try:
        if var.exists() and not var.is_dir():
            raise _wrong("GREENLIFE_VAR", "a folder")
        return var, _from_file(var / ENVIRONMENT_FILE) | dict(environment)
    except (OSError, ValueError) as error:  # no path at all, or a file that is no text
        raise _wrong("GREENLIFE_VAR", f"a folder, and in it a readable file {ENVIRONMENT_FILE!r}: {error}") from error


def _other_hosts(environment: Mapping[str, str]) -> frozenset[str]:
    hosts = [host.strip() for host in environment.get("GREENLIFE_OTHER_HOSTS", "").lower().split(",")]
    for host in filter(None, hosts):
        if not is_host(host):
            raise _wrong("GREENLIFE_OTHER_HOSTS", f"hosts with commas between them, without https://; {host!r} is none")
    return frozenset(filter(None, hosts))


def _more_actions(environment: Mapping[str, str]) -> Path | None:
    folder = environment.get("GREENLIFE_ACTIONS")
    if not folder:
        return None
    if not Path(folder).is_dir():
        raise _wrong("GREENLIFE_ACTIONS", "a folder of action files")
    return Path(folder).absolute()


def _poster_font(environment: Mapping[str, str]) -> Path | None:
    file = environment.get("GREENLIFE_POSTER_FONT")
    if not file:
        return None
    if not Path(file).is_file():
        raise _wrong("GREENLIFE_POSTER_FONT", "a TrueType font with Chinese")
    return Path(file).absolute()


def _log_origin(environment: Mapping[str, str], demo: bool, host: str) -> str:
    origin = environment.get("GREENLIFE_LOG_ORIGIN") or (DEMO_ORIGIN if demo else host)
    if not re.fullmatch(r"[A-Za-z0-9._:/-]{1,200}", origin) or origin.endswith("/"):
        raise _wrong("GREENLIFE_LOG_ORIGIN", "a host, with a path or without, such as log.example.org")
    return origin


def _from_file(path: Path) -> dict[str, str]:
    """NAME=value lines, so that the command line finds the same installation as the server."""
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        name, is_setting, value = line.partition("=")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not is_setting or (name.strip().startswith(PREFIX) and name.strip() not in NAMES):
            raise ConfigInvalid(where=path.name, key=name.strip()[:40], why=f"line {number}: {_LINE}")
        found[name.strip()] = value.strip()
    return found


def write_environment(var: Path, settings: Mapping[str, str]) -> None:
    """Keep these settings in the var folder; the file holds the secret key, so only its owner reads it."""
    path = var / ENVIRONMENT_FILE
    path.touch(mode=0o600)
    path.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), encoding="utf-8")


def _wrong(name: str, why: str) -> ConfigInvalid:
    return ConfigInvalid(where="environment", key=name, why=why)
