"""In which line of a TOML file a key stands: the standard library's parser does not say.

Good enough to point at a mistake, in files whose tables have headers of their own; what stands inside an inline table
is found where that table begins.
"""

import re

_HEADER = re.compile(r"\s*(\[{1,2})\s*([^\[\]]+?)\s*\]{1,2}\s*(#.*)?")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*")(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"))*)\s*=""")
_FENCE = re.compile(r'"""|' + "'''")


def line_of(text: str, path: str) -> int | None:
    """The line, from 1, of ``path`` (such as ``parameter[2].rejected[1].unit``), or of the nearest table around it."""
    places = _places(text)
    while path:
        if path in places:
            return places[path]
        path = path.rpartition(".")[0] or (path[: path.rindex("[")] if path.endswith("]") else "")
    return None


def _places(text: str) -> dict[str, int]:
    places: dict[str, int] = {}
    counts: dict[str, int] = {}
    table, fenced = "", False
    for number, line in enumerate(text.splitlines(), 1):
        inside, fenced = fenced, fenced ^ (len(_FENCE.findall(line)) % 2 == 1)
        if inside:
            continue
        if header := _HEADER.fullmatch(line):
            table = _table(header[2], counts, is_array=header[1] == "[[")
            places.setdefault(table, number)
        elif key := _KEY.match(line):
            name = ".".join(part.strip().strip('"') for part in key[1].split("."))
            places.setdefault(f"{table}.{name}" if table else name, number)
    return places


def _table(name: str, counts: dict[str, int], *, is_array: bool) -> str:
    """The path of a header, each array of tables on the way with the number of its newest table."""
    *parents, last = (part.strip().strip('"') for part in name.split("."))
    path = ""
    for part in parents:
        path = f"{path}.{part}" if path else part
        if path in counts:
            path = f"{path}[{counts[path]}]"
    path = f"{path}.{last}" if path else last
    if is_array:
        counts[path] = counts.get(path, 0) + 1
        path = f"{path}[{counts[path]}]"
    return path
