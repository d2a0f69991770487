"""What is wrong with an entry, and what the book says no to."""

from ledger.errors.base import LedgerError


# The entry itself is wrong.
class EntryInvalid(LedgerError):
    code = "entry_invalid"
    kind = "invalid"


class EmptyEntry(EntryInvalid):
    """No legs at all."""

    code = "entry_empty"


class TooManyLegs(EntryInvalid):
    """``params``: found, most."""

    code = "too_many_legs"


class DuplicateLeg(EntryInvalid):
    """Two legs on one account; ``params``: path."""

    code = "duplicate_leg"


class Unbalanced(EntryInvalid):
    """The legs of a unit do not sum to zero; ``params``: unit, sum."""

    code = "entry_unbalanced"


class LegInvalid(EntryInvalid):
    """Not a tuple of legs, or a leg that is none."""

    code = "leg_invalid"


class AmountInvalid(EntryInvalid):
    """Zero, or no integer; ``params``: path."""

    code = "amount_invalid"


class AmountOutOfRange(EntryInvalid):
    """``params``: path, most."""

    code = "amount_out_of_range"


class UnitUnknown(EntryInvalid):
    """``params``: unit."""

    code = "ledger_unit_unknown"


class UnitMismatch(EntryInvalid):
    """The account was opened in another unit; ``params``: book, path, unit (the account's)."""

    code = "unit_mismatch"


class FloorMismatch(EntryInvalid):
    """The account was opened with another floor; ``params``: book, path, floor (the account's)."""

    code = "floor_mismatch"


class CeilingMismatch(EntryInvalid):
    """The account was opened with another ceiling; ``params``: book, path, ceiling (the account's)."""

    code = "ceiling_mismatch"


class ExpiryMismatch(EntryInvalid):
    """The account was opened with another time of expiry; ``params``: book, path, expires_at (the account's)."""

    code = "expiry_mismatch"


class PathInvalid(EntryInvalid):
    """Not an account path, or too long; ``params``: path (shortened)."""

    code = "path_invalid"


class NameInvalid(EntryInvalid):
    """A book, id, kind or reference of the wrong form; ``params``: field."""

    code = "name_invalid"


class TimeInvalid(EntryInvalid):
    """Not an aware datetime, or not a date; ``params``: field."""

    code = "time_invalid"


class DetailsInvalid(EntryInvalid):
    """Not plain JSON without fractions, or too much of it; ``params``: why (size, depth, number, key, text, type)."""

    code = "details_invalid"


class SaltInvalid(EntryInvalid):
    """Not 32 bytes."""

    code = "salt_invalid"


class CommitmentInvalid(EntryInvalid):
    """Not 32 bytes."""

    code = "commitment_invalid"


class ActInvalid(EntryInvalid):
    """Act, hold, deadline, reversal and closings do not go together; ``params``: why (the field)."""

    code = "act_invalid"


class HoldInvalid(EntryInvalid):
    """A hold is of one unit, from accounts with a floor into one account that is new; ``params``: path."""

    code = "hold_invalid"


class NotOfHold(EntryInvalid):
    """The legs are not those of a capture or a release of this hold; ``params``: hold (its entry)."""

    code = "not_of_hold"


class NotAMirror(EntryInvalid):
    """An entry says that it reverses one that it does not mirror; ``params``: entry_id (the original)."""

    code = "not_a_mirror"


class CursorInvalid(EntryInvalid):
    """Not a cursor that a page of this ledger gave out."""

    code = "cursor_invalid"


# The state of the book says no.
class EntryRefused(LedgerError):
    code = "entry_refused"
    kind = "refused"


class BalanceTooLow(EntryRefused):
    """A balance would fall below its floor; ``params``: book, path, short_by."""

    code = "balance_too_low"


class BalanceOutOfRange(EntryRefused):
    """A balance would leave what an account can hold; ``params``: book, path, most."""

    code = "balance_out_of_range"


class BalanceTooHigh(EntryRefused):
    """A balance would rise above its ceiling; ``params``: book, path, over_by."""

    code = "balance_too_high"


class AccountClosed(EntryRefused):
    """The account takes nothing more; ``params``: book, path, closed_by (the entry that closed it)."""

    code = "account_closed"


class AccountNotEmpty(EntryRefused):
    """An account that is to be closed has something on it; ``params``: book, path, balance."""

    code = "account_not_empty"


class AccountHasHold(EntryRefused):
    """An account that is to be closed would get something back from a hold; ``params``: book, path, hold (its entry).

    Closed, it could not, and what is held could never be released.
    """

    code = "account_has_hold"


class AccountExpired(EntryRefused):
    """A lot whose time is over was to be spent; ``params``: book, path, expires_at."""

    code = "account_expired"


class AccountHeld(EntryRefused):
    """Held amounts move by a capture or a release only; ``params``: book, path, hold (its entry)."""

    code = "account_held"


class HoldEnded(EntryRefused):
    """Nothing is left of the hold; ``params``: hold (its entry), ended_by (the entry that took the last of it)."""

    code = "hold_ended"


class HoldOverdue(EntryRefused):
    """Its deadline is over, so it can only be released; ``params``: hold (its entry), deadline."""

    code = "hold_overdue"


class AlreadyReversed(EntryRefused):
    """``params``: entry_id (the original), reversed_by."""

    code = "already_reversed"


class ReversalOfReversal(EntryRefused):
    """``params``: entry_id (the reversal that was to be reversed)."""

    code = "reversal_of_reversal"


class ReversalOfHold(EntryRefused):
    """A hold or a release is undone by its own acts, not by a reversal; ``params``: entry_id."""

    code = "reversal_of_hold"


class NotInLogYet(EntryRefused):
    """No signed checkpoint covers the entry so far, which takes about a second; ``params``: book, entry_id."""

    code = "not_in_log_yet"


# The name is taken.
class EntryConflict(LedgerError):
    code = "entry_conflict"
    kind = "conflict"


class ReferenceConflict(EntryConflict):
    """The home used the reference before, with other content; ``params``: reference."""

    code = "reference_conflict"


class IdConflict(EntryConflict):
    """Another entry of the book has this id; ``params``: entry_id."""

    code = "id_conflict"


# No such thing.
class EntryUnknown(LedgerError):
    """``params``: entry_id."""

    code = "entry_unknown"
    kind = "not_found"


class HoldUnknown(EntryUnknown):
    """No such entry, or it is no hold; ``params``: hold."""

    code = "hold_unknown"


class AccountUnknown(EntryUnknown):
    """An account that was never used was to be closed; ``params``: book, path."""

    code = "account_unknown"
