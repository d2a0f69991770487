"""Collect the texts of templates, scripts and Python into the catalogues: ``python -m translations.collect``.

Catalogues in git carry no line numbers and no dates, so that they change only when a text does.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from translations import BABEL_NAMES

ROOT = Path(__file__).parent.parent
PACKAGES = ("api", "greenlife", "mobile_web", "rewards", "translations")
METHODS = [
    ("mobile_web/node_modules/**", "ignore"),
    ("mobile_web/static/**", "ignore"),
    ("**.py", "python"),
    ("mobile_web/templates/**.html", "jinja2.ext:babel_extract"),
    ("mobile_web/assets/js/**.js", "javascript"),
]
PYTHON_KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "lazy_gettext": None, "N_": None, "NN_": (1, 2), "ngettext": (1, 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip
SCRIPT_KEYWORDS: dict[str, Any] = {"t": None}


def main() -> None:
    template = collect()
    for tag, name in BABEL_NAMES.items():
        path = catalogue_path(name)
        catalogue = read_catalogue(name)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            write_po(target, catalogue, sort_output=True, include_lineno=False, omit_header=False, width=110)
        print(f"{tag}: {len(template)} texts, {len(untranslated(catalogue))} without a translation")


def collect() -> Catalog:
    """Every text in the sources."""
    template = Catalog(project="green life code", charset="utf-8")
    for file, message, _, context in _found():
        template.add(message, locations=[(file, 1)], context=context)
    return template


def _found() -> Iterator[tuple[str, Any, list[str], str | None]]:
    keywords = PYTHON_KEYWORDS | SCRIPT_KEYWORDS
    found = extract_from_dir(
        ROOT,
        method_map=METHODS,
        options_map={"mobile_web/templates/**.html": {"trimmed": "true"}},
        keywords=keywords,
        directory_filter=_is_ours,
    )
    for file, _, message, comments, context in found:
        yield file, message, comments, context


def _is_ours(folder: str | Path) -> bool:
    parts = Path(folder).resolve().relative_to(ROOT).parts
    return not parts or (parts[0] in PACKAGES and not {"node_modules", "static", "__pycache__"} & set(parts))


def catalogue_path(name: str) -> Path:
    return ROOT / "translations" / name / "LC_MESSAGES" / "messages.po"


def read_catalogue(name: str) -> Catalog:
    """The catalogue as it is, or an empty one; without the dates that would change it each time."""
    path = catalogue_path(name)
    if path.exists():
        with path.open("rb") as source:
            catalogue = read_po(source, locale=name)
    else:
        catalogue = Catalog(locale=name, charset="utf-8", project="green life code")
    catalogue.fuzzy = False
    catalogue.header_comment = "# Texts of the green life code. English message ids; an empty text means: as the id."
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """Message ids without a text."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]


if __name__ == "__main__":
    main()
