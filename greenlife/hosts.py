"""Hosts as they stand in addresses."""

import re

_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(
    rf"(?:(?=.{{1,253}}(?::|$)){_LABEL}(?:\.{_LABEL})*\.?|\[[0-9A-Fa-f:.]{{2,45}}\])(?::([0-9]{{1,5}}))?"
)
LAST_PORT = 65535


def is_host(text: str) -> bool:
    """Whether it is a host, with a port or without; other alphabets come as punycode."""
    found = _HOST.fullmatch(text)
    return found is not None and int(found[1] or 0) <= LAST_PORT
