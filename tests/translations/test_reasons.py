"""Every reason has words, in every language, for who reviews and for whose action it is."""

import re

import pytest

from greenlife.actions.judging import TO_BE_SEEN
from greenlife.cases import APPROVAL_REASONS, REFUSAL_REASONS
from greenlife.review import RULES
from translations import LOCALES, texts_for
from translations.reasons import DECISION_REASONS, RULE_REASONS, VARIANTS, words_of

CODES = (*RULES, TO_BE_SEEN.code)
ACCUSING = ("作弊", "造假", "欺骗", "骗", "违规", "cheat", "fraud", "fake", "suspic")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", CODES)
def test_each_rule_has_words_in_each_language(code: str, locale: str) -> None:
    gettext = texts_for(locale).gettext
    for value in (0, 1):
        words = words_of(code, {VARIANTS[code]: value} if code in VARIANTS else {})
        assert words is not None
        for text in map(gettext, words):
            assert (re.search("[\u4e00-\u9fff]", text) is not None) == (locale == "zh-CN"), text


def test_there_are_no_words_for_rules_that_are_not_there() -> None:
    assert {name.partition(".")[0] for name in RULE_REASONS} == set(CODES)
    assert words_of("no_such_rule", {}) is None


@pytest.mark.parametrize("locale", LOCALES)
def test_each_reason_of_a_decision_has_words(locale: str) -> None:
    assert set(DECISION_REASONS) == {*APPROVAL_REASONS, *REFUSAL_REASONS}
    for text in map(texts_for(locale).gettext, DECISION_REASONS.values()):
        assert (re.search("[\u4e00-\u9fff]", text) is not None) == (locale == "zh-CN"), text


@pytest.mark.parametrize("locale", LOCALES)
def test_residents_are_accused_of_nothing_and_told_no_thresholds(locale: str) -> None:
    said = [words.resident for words in RULE_REASONS.values()] + list(DECISION_REASONS.values())
    for text in map(texts_for(locale).gettext, said):
        assert not any(word in text.lower() for word in ACCUSING), text
        assert "%(" not in text
