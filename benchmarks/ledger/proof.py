"""An inclusion proof from the stored tree: the entry's index, the newest checkpoint, the nodes, as a text."""

import random
from collections.abc import Callable

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

import ledger
from benchmarks.ledger.actions import BOOK, START
from benchmarks.ledger.meter import Work, ratio_of, take_turns
from benchmarks.ledger.pair import analyse
from benchmarks.ledger.places import Place
from benchmarks.ledger.report import Aim, Finding
from greenlife.db import Database
from ledger.stores import open_store
from ledger.tables import leaf_table
from ledger.tlog.edge import Edge, extend
from ledger.tlog.inclusion import prove_inclusion
from ledger.tlog.proofs import Proof, format_proof
from ledger.tree import store_growth, tree_reader

AIM = Aim(3)
_PLACE = (
    "SELECT l.leaf_index, c.size, c.note FROM ledger_leaf l JOIN ledger_checkpoint c ON c.book = l.book AND c.size = "
    "(SELECT MAX(newest.size) FROM ledger_checkpoint newest WHERE newest.book = ?) WHERE l.book = ? AND l.entry_id = ?"
)
_ROW = select(leaf_table).where(
    leaf_table.c.book == bindparam("of_book"), leaf_table.c.entry_id == bindparam("of_entry")
)
_AT_ONCE = 50_000


def measure_proof(place: Place, *, size: int, rounds: int, each: int) -> Finding:
    """In a tree of ``size`` leaves, of random hashes."""
    database = place.open_new()
    _grow(database, size)
    analyse(database)
    sides = {
        "proof": _reading(database, size, each, _prove),
        "one row": _reading(database, size, each, _read_row),
    }
    costs = take_turns(sides, rounds=rounds, entries=each, pids=place.pids)
    proofs, rows = costs["proof"], costs["one row"]
    cpu = ratio_of([cost.cpu for cost in proofs], [cost.cpu for cost in rows])
    wall = ratio_of([cost.wall for cost in proofs], [cost.wall for cost in rows])
    ratios = [("CPU, proof / one row", cpu, AIM), ("wall, proof / one row", wall, None)]
    return Finding(f"inclusion proof at {size:,} leaves", costs, ratios)


def _name(index: int) -> str:
    return f"ent_{index * 2654435761 % 2**32:026x}"


def _grow(database: Database, size: int) -> None:
    entropy, edge = random.Random(1).randbytes, Edge()
    drop, make = (ddl(database.engine.dialect.name) for ddl in (ledger.drop_append_only_ddl, ledger.append_only_ddl))
    with database.writing() as session:
        connection = session.connection()
        for statement in drop:
            connection.exec_driver_sql(statement)
        while edge.size < size:
            count = min(_AT_ONCE, size - edge.size)
            growth = extend(edge, [entropy(32) for _ in range(count)])
            store_growth(open_store(connection), BOOK, growth, [_name(edge.size + at) for at in range(count)])
            edge = growth.new
        head = ledger.Head(BOOK, edge.size, edge.root(), size, waiting=False)
        ledger.note_checkpoint(session, head, f"bench\n{size}\nroot\n\nsignature\n".encode(), now=START)
        for statement in make:
            connection.exec_driver_sql(statement)


def _reading(database: Database, size: int, each: int, read: Callable[[Session, str], object]) -> Work:
    """Of entries by chance, one after another in one session."""
    chance = random.Random(2)

    def work(_number: int) -> None:
        names = [_name(chance.randrange(size)) for _ in range(each)]
        with database.reading() as session:
            for name in names:
                read(session, name)

    return work


def _prove(session: Session, entry_id: str) -> bytes:
    store = open_store(session.connection())
    index, size, note = store.fetch(_PLACE, BOOK, BOOK, entry_id)[0]
    hashes = prove_inclusion(tree_reader(store, BOOK), index, size)
    return format_proof(Proof(index, tuple(hashes), note.encode()))


def _read_row(session: Session, entry_id: str) -> object:
    return session.connection().execute(_ROW, {"of_book": BOOK, "of_entry": entry_id}).one()
