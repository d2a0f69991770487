"""`python -m translations.check`: every language is complete, and says what the sources ask for.

Chinese has a text for each message id. English may leave a text empty, because the id is the text. Both name the same
placeholders as the id, and neither has a text that the sources no longer use.
"""

import re
import sys
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from translations import BABEL_NAMES
from translations.collect import collect, read_catalogue, untranslated

PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w+)(?:![rsa])?\}")
SPEAKS_IN_IDS = "en"


def complaints() -> Iterator[str]:
    """One line for each thing that is wrong with a catalogue."""
    wanted = {_key(message) for message in collect() if message.id}
    for tag, name in BABEL_NAMES.items():
        catalogue = read_catalogue(name)
        present = {_key(message) for message in catalogue if message.id}
        yield from (f"{tag}: not collected: {key}" for key in sorted(map(str, wanted - present)))
        yield from (f"{tag}: no longer used: {key}" for key in sorted(map(str, present - wanted)))
        if tag != SPEAKS_IN_IDS:
            yield from (f"{tag}: no text for: {text}" for text in untranslated(catalogue))
        yield from (f"{tag}: {complaint}" for complaint in _crooked(catalogue))


def _crooked(catalogue: Catalog) -> Iterator[str]:
    for message in catalogue:
        if not message.id:
            continue
        if message.fuzzy:
            yield f"fuzzy: {message.id}"
        ids, texts = _forms(message.id), [text for text in _forms(message.string) if text]
        allowed = {frozenset(_placeholders(form)) for form in ids}
        yield from (
            f"other placeholders than the id: {text}" for text in texts if frozenset(_placeholders(text)) not in allowed
        )


def _forms(text: object) -> list[str]:
    return [str(form) for form in text] if isinstance(text, tuple | list) else [str(text)]


def _placeholders(text: str) -> set[str]:
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, _forms(message.id)[0]


if __name__ == "__main__":
    found = list(complaints())
    print("\n".join(found) if found else "translations: complete in " + ", ".join(BABEL_NAMES))
    sys.exit(bool(found))
