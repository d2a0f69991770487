"""What an action is paid with: points, and the fund that gives them."""

from dataclasses import dataclass

CITY_FUND = "city"
"""The fund that pays for actions, allotted to each district; campaigns bring funds of their own."""

BY_FILE = "file"
"""What is frozen in the place of a rule's id where the action's own file ruled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Points that one fund pays; ``campaign`` is its campaign's id where they are a bonus."""

    fund: str
    points: int
    campaign: str | None = None
