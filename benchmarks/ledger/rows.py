"""The rows of the table, each measured in one place at some scale."""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace

from benchmarks.ledger.growth import measure_growth
from benchmarks.ledger.places import Place
from benchmarks.ledger.post import measure_post, measure_post_many
from benchmarks.ledger.proof import measure_proof
from benchmarks.ledger.report import Finding
from benchmarks.ledger.sequencing import measure_sequencing
from benchmarks.ledger.writers import measure_writers


@dataclass(frozen=True)
class Scale:
    """How much is measured."""

    rounds: int
    posts: int
    batches: int
    book: int
    leaves: int
    seconds: float


ROWS: dict[str, Callable[[Place, Scale], list[Finding]]] = {
    "post": lambda place, scale: [measure_post(place, rounds=scale.rounds, each=scale.posts)],
    "many": lambda place, scale: [measure_post_many(place, rounds=scale.rounds, each=scale.batches)],
    "growth": lambda place, scale: [measure_growth(place, size=scale.book, rounds=scale.rounds, each=scale.posts)],
    "writers": lambda place, scale: measure_writers(place, rounds=scale.rounds, seconds=scale.seconds),
    "sequencing": lambda place, scale: [measure_sequencing(place, rounds=scale.rounds, each=scale.batches)],
    "proof": lambda place, scale: [measure_proof(place, size=scale.leaves, rounds=scale.rounds, each=scale.posts)],
}


def findings(place: Place, scale: Scale, wanted: Container[str]) -> Iterator[Finding]:
    for name, row in ROWS.items():
        if name in wanted:
            for finding in row(place, scale):
                yield replace(finding, title=f"{place.name}: {finding.title}")
