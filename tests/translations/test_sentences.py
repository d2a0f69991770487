"""Every refusal has words, in every language, whatever its parameters are."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import api.errors
import greenlife.errors
import ledger.errors
import mobile_web.errors
import rewards.errors
from translations import LOCALES, texts_for
from translations.refusals.sentence import UNKNOWN
from translations.sentences import REFUSALS, refusal_of, sentence

HOMES = (greenlife.errors, ledger.errors, rewards.errors, mobile_web.errors, api.errors)


def codes() -> Iterator[str]:
    for home in HOMES:
        modules = [home]
        if hasattr(home, "__path__"):
            modules += [
                importlib.import_module(f"{home.__name__}.{one.name}") for one in pkgutil.iter_modules(home.__path__)
            ]
        for module in modules:
            for value in vars(module).values():
                if isinstance(value, type) and issubclass(value, Exception) and "code" in vars(value):
                    yield str(value.code)


CODES = sorted(set(codes()))


def test_there_are_codes() -> None:
    assert {"cap_reached", "voucher_used", "form_stale", "json_too_deep", "panel_unknown"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_words_of_its_own(code: str) -> None:
    if code in {"error", "rewards_error", "ledger_error"}:  # trunks of the trees, never raised themselves
        return
    assert refusal_of(code, {}) is not UNKNOWN, code
    assert code in REFUSALS or any(name.startswith(f"{code}.") for name in REFUSALS)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", CODES)
def test_words_come_in_each_language_and_never_fail(code: str, locale: str) -> None:
    words = sentence(code, {}, texts_for(locale).gettext)
    assert words.title
    assert "%(" not in words.title + words.why + words.what_to_do
    if locale == "zh-CN":
        assert any("\u4e00" <= letter <= "\u9fff" for letter in words.title)
