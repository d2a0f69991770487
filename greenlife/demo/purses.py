"""Who can spend how much: counted along, so that nobody asks the ledger for what it would refuse."""

from dataclasses import dataclass, field
from random import Random

from greenlife.demo.people import Person


@dataclass(slots=True)
class Purses:
    """Points by account. What an expired voucher gave back is not counted: it may be less than the ledger says."""

    points: dict[str, int] = field(default_factory=dict)

    def add(self, account: str, points: int) -> None:
        self.points[account] = self.points.get(account, 0) + points

    def of(self, person: Person) -> int:
        return self.points.get(person.ref.account, 0)

    def draw(self, dice: Random) -> str | None:
        """Somebody's account, the more likely the more points are in it; None where nobody has any."""
        if not any(self.points.values()):
            return None
        return dice.choices(list(self.points), weights=list(self.points.values()))[0]
