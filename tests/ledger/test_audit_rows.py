"""The audit reads pages, and comes to the same rows whatever their size, on both stores."""

import pytest
from sqlalchemy import Engine

from ledger.rows import sources
from ledger.rows.stream import Source
from tests.ledger.sample import BOOK
from tests.ledger.whole_book import make_whole

SOURCES = {name: source for name, source in vars(sources).items() if isinstance(source, Source)}


@pytest.mark.parametrize("page", [1, 3])
def test_pages_of_any_size_give_all_rows_in_their_order(store: Engine, page: int) -> None:
    make_whole(store)

    with store.connect() as connection:
        for name, source in SOURCES.items():
            whole = list(source.stream(connection, BOOK))

            assert list(source.stream(connection, BOOK, page=page)) == whole, name
            assert whole, name
