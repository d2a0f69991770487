"""Languages: which there are, and the catalogue of each."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

LOCALES = {"zh-CN": "中文", "en": "English"}
"""Tag of the locale → its own name; the first one is the city's."""

BABEL_NAMES = {"zh-CN": "zh_Hans_CN", "en": "en"}
"""Tag of the locale → Babel's name, which is also the folder of its catalogue."""

DEFAULT = next(iter(LOCALES))


@cache
def texts_for(locale: str) -> NullTranslations:
    """The catalogue of a locale of LOCALES; English, the language of the message ids, where none was compiled."""
    catalogue = files("translations") / BABEL_NAMES[locale] / "LC_MESSAGES" / "messages.mo"
    if not catalogue.is_file():
        return NullTranslations()
    with catalogue.open("rb") as compiled:
        return GNUTranslations(compiled)


@cache
def script_texts(locale: str) -> str:
    """What scripts need of the catalogue, as JSON: message id → text."""
    texts = files("translations") / BABEL_NAMES[locale] / "js.json"
    return texts.read_text(encoding="utf-8") if texts.is_file() else "{}"


def N_(text: str) -> str:  # noqa: N802  (gettext's own name for a mark)
    """The text itself: a mark by which the collector of messages finds it."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802  (as N_)
    """Both forms of a text: a mark by which the collector finds a message with a plural."""
    return one, many


def pick(texts: dict[str, str], locale: str) -> str:
    """A text that is data in the wanted locale; the city's own where nobody wrote it in that one."""
    return texts.get(locale) or texts.get(DEFAULT) or next(iter(texts.values()), "")
