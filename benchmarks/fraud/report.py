"""The outcome of a trial as a table to read."""

from collections.abc import Iterable

from benchmarks.fraud.trial import Counts, Outcome


def share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def lines(outcome: Outcome) -> Iterable[str]:
    yield f"seed {outcome.seed}"
    yield f"  {'kind of cheating':26} {'cheats':>7} {'points':>8} {'held':>8} {'missed by':>10}  reasons"
    for kind, counts in outcome.kinds.items():
        missed = len(counts.people) - len(counts.held_people)
        yield (
            f"  {kind:26} {len(counts.people):7} {counts.points:8} "
            f"{share(counts.held_points, counts.points):7.1f}% {missed:10}  {_reasons(counts)}"
        )
    yield f"  {'honest people':26} {'people':>7} {'actions':>8} {'people held':>12} {'actions held':>13}  reasons"
    for group, counts in (*outcome.groups.items(), ("all honest people", total(outcome.groups.values()))):
        yield (
            f"  {group:26} {len(counts.people):7} {counts.actions:8} "
            f"{share(len(counts.held_people), len(counts.people)):11.2f}% "
            f"{share(counts.held_actions, counts.actions):12.3f}%  {_reasons(counts)}"
        )
    spare = outcome.honest_acts_of_cheats
    yield (
        f"  {'what cheats did honestly':26} {len(spare.people):7} {spare.actions:8} "
        f"{share(len(spare.held_people), len(spare.people)):11.2f}% "
        f"{share(spare.held_actions, spare.actions):12.3f}%  {_reasons(spare)}"
    )


def total(all_counts: Iterable[Counts]) -> Counts:
    together = Counts()
    for counts in all_counts:
        together.people |= counts.people
        together.held_people |= counts.held_people
        together.actions += counts.actions
        together.held_actions += counts.held_actions
        together.points += counts.points
        together.held_points += counts.held_points
        together.reasons.update(counts.reasons)
    return together


def _reasons(counts: Counts) -> str:
    return ", ".join(f"{code} {number}" for code, number in counts.reasons.most_common(4))
