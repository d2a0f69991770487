"""What a rule says: a reason as a code with its figures, and whether it holds the action or only marks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["hold", "flag"]
OUTCOMES: tuple[Outcome, ...] = ("hold", "flag")
"""Hold: booked as pending until somebody has decided. Flag: booked, and shown to who reviews."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """``code`` names the sentence, ``params`` fill it, ``related`` are the ids of the observations it rests on."""

    code: str
    outcome: Outcome
    params: Mapping[str, int]
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that the rules say about one action."""

    suspicions: tuple[Suspicion, ...]

    @property
    def held(self) -> bool:
        return any(suspicion.outcome == "hold" for suspicion in self.suspicions)
