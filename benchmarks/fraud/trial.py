"""The rules on one made-up city: they are shown the observations, and the labels are opened afterwards."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from benchmarks.fraud.cheats import KINDS, Month, live_as_cheats
from benchmarks.fraud.city import build_city
from benchmarks.fraud.diary import Diary
from benchmarks.fraud.honest import live_honestly
from greenlife.review import Inspection, MemoryHistory, Rulebook

CHEATS_A_HUNDRED = 10
Progress = Callable[[str, int, int], None]


def silent(_what: str, _done: int, _of: int) -> None:
    """For whom nobody waits."""


@dataclass(slots=True)
class Counts:
    """People, actions and points of a kind or a group, and how many of each were held at least once."""

    people: set[str] = field(default_factory=set)
    held_people: set[str] = field(default_factory=set)
    actions: int = 0
    held_actions: int = 0
    points: int = 0
    held_points: int = 0
    flagged_actions: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Outcome:
    """By kind of cheating what cheats did, by group what honest people did, and what cheats did honestly."""

    seed: int
    kinds: dict[str, Counts] = field(default_factory=dict)
    groups: dict[str, Counts] = field(default_factory=dict)
    honest_acts_of_cheats: Counts = field(default_factory=Counts)


def make_diary(seed: int, honest: int, progress: Progress = silent, *, kinds: Mapping[str, Month] = KINDS) -> Diary:
    """So many honest people and a tenth as many cheats, for a month."""
    rng = Random(seed)
    city, diary = build_city(rng, honest), Diary(rng)
    cheats = honest * CHEATS_A_HUNDRED // 100
    for number, _ in enumerate(live_honestly(diary, city, honest)):
        progress("making", number, honest + cheats)
    for number, _ in enumerate(live_as_cheats(diary, city, cheats, kinds)):
        progress("making", honest + number, honest + cheats)
    diary.close()
    return diary


def held_by(rulebook: Rulebook, diary: Diary, progress: Progress = silent) -> dict[str, tuple[tuple[str, str], ...]]:
    """What each rule said of each observation: code and outcome; no label is read here."""
    history, said = MemoryHistory(), {}
    for town, middle in diary.towns.items():
        history.add_town(town, middle)
    for number, (_, seen) in enumerate(diary.seen):
        progress("judging", number, len(diary.seen))
        if isinstance(seen, Inspection):
            history.inspect(seen)
            continue
        verdict = rulebook.judge(seen, history)
        if verdict.suspicions:
            said[seen.id] = tuple((one.code, one.outcome) for one in verdict.suspicions)
        history.add(seen, held=verdict.held)
    return said


def score(seed: int, diary: Diary, said: dict[str, tuple[tuple[str, str], ...]]) -> Outcome:
    """Opens the labels."""
    outcome = Outcome(seed)
    for observation_id, label in diary.labels.items():
        if label.kind is not None:
            counts = outcome.kinds.setdefault(label.kind, Counts())
        elif label.group == "cheat":
            counts = outcome.honest_acts_of_cheats
        else:
            counts = outcome.groups.setdefault(label.group, Counts())
        reasons = said.get(observation_id, ())
        held = any(wanted == "hold" for _, wanted in reasons)
        counts.people.add(label.resident_id)
        counts.actions += 1
        counts.points += label.points
        counts.flagged_actions += bool(reasons) and not held
        if held:
            counts.held_people.add(label.resident_id)
            counts.held_actions += 1
            counts.held_points += label.points
            counts.reasons.update(code for code, wanted in reasons if wanted == "hold")
    return outcome


def try_rules(
    rulebook: Rulebook, *, seed: int, honest: int, progress: Progress = silent, kinds: Mapping[str, Month] = KINDS
) -> Outcome:
    diary = make_diary(seed, honest, progress, kinds=kinds)
    return score(seed, diary, held_by(rulebook, diary, progress))
