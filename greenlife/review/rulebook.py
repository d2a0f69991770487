"""The rules of a city read from their file, and what they say together."""

from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Self

from greenlife.checked_table import open_table
from greenlife.review.history import History
from greenlife.review.observation import Observation
from greenlife.review.rules import RULES, Rule
from greenlife.review.suspicion import OUTCOMES, Verdict

STATUSES = ("placeholder", "set_by_city")


@dataclass(frozen=True, slots=True)
class Rulebook:
    """``placeholders`` are the codes of the rules whose thresholds no city has set."""

    rules: tuple[Rule, ...]
    placeholders: frozenset[str]

    def judge(self, new: Observation, history: History) -> Verdict:
        """What each rule says, in the order of the rules; ``history`` does not contain the new observation."""
        said = (rule.judge(new, history) for rule in self.rules)
        return Verdict(tuple(suspicion for suspicion in said if suspicion is not None))

    def without(self, codes: Collection[str]) -> Self:
        """The same rules without some: what a city that switches them off would miss."""
        return type(self)(tuple(rule for rule in self.rules if rule.code not in codes), self.placeholders - {*codes})


def load_rulebook(file: Path | Traversable | None = None) -> Rulebook:
    """The rules that come with the software, or those in ``file``; each has its table. Raises ConfigInvalid."""
    rules: list[Rule] = []
    placeholders: set[str] = set()
    with open_table(file or files("greenlife.review") / "data" / "rules.toml") as table:
        for code, kind in RULES.items():
            one = table.table(code)
            if one.choice("status", STATUSES) == STATUSES[0]:
                placeholders.add(code)
            outcome = next(known for known in OUTCOMES if known == one.choice("outcome", OUTCOMES))
            rules.append(kind.read(one, outcome))
            one.done()
    return Rulebook(tuple(rules), frozenset(placeholders))
