"""The form of a reason's words before they are translated."""

from typing import NamedTuple


class ReasonWords(NamedTuple):
    """Message ids: a short name, a sentence with the figures for the reviewer, and a kind one for the resident."""

    title: str
    reviewer: str
    resident: str
