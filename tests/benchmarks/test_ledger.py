"""That the ledger's benchmark runs through, which also means that both of its sides wrote the same rows."""

import pytest

from benchmarks.ledger.__main__ import PLACES
from benchmarks.ledger.rows import ROWS, Scale, findings

TINY = Scale(rounds=1, posts=3, batches=1, book=100, leaves=100, seconds=0.1)


@pytest.mark.parametrize("place", PLACES)
def test_all_rows_but_that_of_many_writers_are_measured(place: str) -> None:
    wanted = ROWS.keys() - {"writers"}
    with PLACES[place]() as opened:
        assert len(list(findings(opened, TINY, wanted))) == len(wanted)
