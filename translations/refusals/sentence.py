"""The form of a refusal's words before they are translated."""

from typing import NamedTuple

from translations import N_


class Refusal(NamedTuple):
    """Three message ids: what happened, why, what to do."""

    title: str
    why: str
    what_to_do: str


UNKNOWN = Refusal(
    N_("This did not work"),
    N_("The rules of the programme did not allow it."),
    N_("Go back and try again. If it stays, tell the help line the code below."),
)
