"""Review: which actions look as if somebody cheats, and why.

Pure: a new observation, a history that answers bounded questions, and thresholds in; suspicions out. What is held is
booked as pending and waits for a person; nothing here decides that somebody cheated.
"""

from greenlife.review.history import BANDS, History, Tally, TreeTally, bands
from greenlife.review.memory import MemoryHistory
from greenlife.review.observation import Inspection, Observation, Sighting
from greenlife.review.place import Fix, Point, metres_between
from greenlife.review.rulebook import Rulebook, load_rulebook
from greenlife.review.rules import RULES, Rule
from greenlife.review.suspicion import OUTCOMES, Outcome, Suspicion, Verdict
from greenlife.review.together import BothHistories

__all__ = [
    "BANDS",
    "OUTCOMES",
    "RULES",
    "BothHistories",
    "Fix",
    "History",
    "Inspection",
    "MemoryHistory",
    "Observation",
    "Outcome",
    "Point",
    "Rule",
    "Rulebook",
    "Sighting",
    "Suspicion",
    "Tally",
    "TreeTally",
    "Verdict",
    "bands",
    "load_rulebook",
    "metres_between",
]
