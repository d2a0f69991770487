"""The caller's wallet, as rewards needs it: accounts, never a resident."""

from dataclasses import dataclass
from datetime import date

from api.calls import Call
from greenlife import chart
from greenlife.actions import ResidentRef
from greenlife.scans.own_code import ref_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    owner: ResidentRef
    book: str
    account: str
    holder: str
    wallet: str
    today: date


def purse(call: Call) -> Purse:
    """Raises RoleRequired for staff and HomeMissing before a district was chosen."""
    ref = ref_of(call.resident)
    return Purse(
        owner=ref,
        book=ref.book,
        account=ref.account,
        holder=chart.holder(ref.account),
        wallet=chart.wallet(ref.account),
        today=call.programme.local_day(call.now),
    )
