"""Moves of balances that never pass a floor.

A move is one conditional UPDATE for each account; the number of rows it met says whether the account was there, of
the same unit and floor, with enough on it. Accounts are met in the order of their paths, so that two batches wait for
each other and do not deadlock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Connection,
    and_,
    bindparam,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql

from ledger.amounts import LARGEST_BALANCE
from ledger.errors import (
    BalanceOutOfRange,
    BalanceTooLow,
    FloorMismatch,
    LedgerError,
    UnitMismatch,
)
from ledger.log import Record
from ledger.tables import account_table

_account = account_table.c
_DELTA: BindParameter[int] = bindparam("delta", type_=BigInteger)
_LOWEST: BindParameter[int] = bindparam("lowest", type_=BigInteger)

_FITS = and_(
    _account.unit == bindparam("of_unit"),
    _account.floor.is_not_distinct_from(bindparam("of_floor")),
    or_(_account.floor.is_(None), _account.balance + _LOWEST >= _account.floor),
    (_account.balance + _DELTA).between(-LARGEST_BALANCE, LARGEST_BALANCE),
)
_AT = and_(_account.book == bindparam("at_book"), _account.path == bindparam("at_path"))

_MOVE = update(account_table).where(_AT, _FITS).values(balance=_account.balance + _DELTA)
_CHUNK = 500
"""Paths that are asked for at once."""
_OPEN_ONES = select(_account.path).where(
    _account.book == bindparam("at_book"), _account.path.in_(bindparam("at_paths", expanding=True))
)
_LOOK = select(_account.unit, _account.floor, _account.balance).where(_AT)
# Where others write at the same time, one of them may have opened the account since we looked.
_OPEN = {
    "sqlite": insert(account_table).inline().prefix_with("OR FAIL"),
    "postgresql": postgresql.insert(account_table).inline().on_conflict_do_nothing(),
}


class MovesBlocked(Exception):
    """At least one account cannot take its move; ``explain_block`` says which, once the others are taken back."""


@dataclass(slots=True)
class Move:
    """What a batch does to one account: ``delta`` in all, and ``lowest`` on the way there."""

    book: str
    path: str
    unit: str
    floor: int | None
    delta: int
    lowest: int

    def as_row(self) -> dict[str, object]:
        """Named as the UPDATE wants them."""
        return {
            "at_book": self.book,
            "at_path": self.path,
            "of_unit": self.unit,
            "of_floor": self.floor,
            "delta": self.delta,
            "lowest": self.lowest,
        }


def plan_moves(records: Iterable[Record]) -> list[Move]:
    """One move for each account the records touch, in the order of book and path.

    Raises UnitMismatch or FloorMismatch where two of them disagree about an account.
    """
    moves: dict[tuple[str, str], Move] = {}
    for record in records:
        for path, unit, floor, amount in record.lines:
            move = moves.get((record.book, path))
            if move is None:
                moves[record.book, path] = Move(record.book, path, unit, floor, amount, amount)
                continue
            _agree(move, unit, floor)
            move.delta += amount
            move.lowest = min(move.lowest, move.delta)
    return [moves[key] for key in sorted(moves)]


def move_balances(connection: Connection, moves: Sequence[Move], *, now: datetime) -> None:
    """Adds each delta to its account, opening those that are new; raises MovesBlocked after having moved some."""
    if any(abs(move.delta) > LARGEST_BALANCE for move in moves):
        raise MovesBlocked
    moved = connection.execute(_MOVE, [move.as_row() for move in moves]).rowcount
    if moved == len(moves):
        return
    present = _present(connection, moves)
    new = [move for move in moves if (move.book, move.path) not in present]
    if not new or moved + len(new) != len(moves):
        raise MovesBlocked
    connection.execute(_OPEN[connection.dialect.name], [_opening(move, now) for move in new])
    if connection.execute(_MOVE, [move.as_row() for move in new]).rowcount != len(new):
        raise MovesBlocked


def explain_block(connection: Connection, moves: Sequence[Move]) -> LedgerError | None:
    """Why a move is blocked, in the order of the paths; None when it is so no longer."""
    for move in moves:
        row = _look(connection, move)
        unit, floor, balance = (move.unit, move.floor, 0) if row is None else row
        error = _find_obstacle(move, unit, floor, balance)
        if error is not None:
            return error
    return None


def _present(connection: Connection, moves: Sequence[Move]) -> set[tuple[str, str]]:
    """Those of the accounts that are open, as (book, path)."""
    found: set[tuple[str, str]] = set()
    for book in {move.book for move in moves}:
        paths = [move.path for move in moves if move.book == book]
        for start in range(0, len(paths), _CHUNK):
            bound = {"at_book": book, "at_paths": paths[start : start + _CHUNK]}
            found |= {(book, path) for path in connection.execute(_OPEN_ONES, bound).scalars()}
    return found


def _look(connection: Connection, move: Move) -> tuple[str, int | None, int] | None:
    row = connection.execute(_LOOK, {"at_book": move.book, "at_path": move.path}).one_or_none()
    return None if row is None else (row.unit, row.floor, row.balance)


def _opening(move: Move, now: datetime) -> dict[str, object]:
    return {
        "book": move.book,
        "path": move.path,
        "unit": move.unit,
        "floor": move.floor,
        "balance": 0,
        "opened_at": now,
    }


def _find_obstacle(move: Move, unit: str, floor: int | None, amount: int) -> LedgerError | None:
    try:
        _agree(move, unit, floor)
    except (UnitMismatch, FloorMismatch) as error:
        return error
    if floor is not None and amount + move.lowest < floor:
        return BalanceTooLow(book=move.book, path=move.path, short_by=floor - amount - move.lowest)
    if abs(move.delta) > LARGEST_BALANCE or abs(amount + move.delta) > LARGEST_BALANCE:
        return BalanceOutOfRange(book=move.book, path=move.path, most=LARGEST_BALANCE)
    return None


def _agree(move: Move, unit: str, floor: int | None) -> None:
    if move.unit != unit:
        raise UnitMismatch(book=move.book, path=move.path, unit=unit)
    if move.floor != floor:
        raise FloorMismatch(book=move.book, path=move.path, floor=floor)
