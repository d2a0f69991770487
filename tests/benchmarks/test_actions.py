"""That the benchmark of codes and actions runs through."""

import pytest

from benchmarks.actions.__main__ import ROWS, Scale

TINY = Scale(rounds=1, codes=10, bookings=2)


@pytest.mark.parametrize("row", ROWS)
def test_each_row_finds_ratios(row: str) -> None:
    found = list(ROWS[row](TINY))
    assert found
    assert all(finding.ratios for finding in found)
