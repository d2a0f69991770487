"""The rules, one a module; each is a pure function of a new observation and of what its history answers."""

from collections.abc import Mapping

from greenlife.review.rules.already_pending import AlreadyPending
from greenlife.review.rules.coordinates import IdenticalCoordinates
from greenlife.review.rules.dead_tree import DeadTree
from greenlife.review.rules.device import CrowdedDevice
from greenlife.review.rules.elsewhere import Elsewhere
from greenlife.review.rules.pair import ColludingPair
from greenlife.review.rules.photo import PhotoReused
from greenlife.review.rules.rule import Rule
from greenlife.review.rules.shaken_steps import ShakenSteps
from greenlife.review.rules.shared_poster import SharedPoster
from greenlife.review.rules.small_weighings import SmallWeighings
from greenlife.review.rules.speed import Speed
from greenlife.review.rules.split_bag import SplitBag
from greenlife.review.rules.vehicle import Vehicle
from greenlife.review.rules.velocity import Velocity

RULES: Mapping[str, type[Rule]] = {
    rule.code: rule
    for rule in (
        Speed,
        Velocity,
        CrowdedDevice,
        SmallWeighings,
        SplitBag,
        IdenticalCoordinates,
        Elsewhere,
        SharedPoster,
        ColludingPair,
        PhotoReused,
        DeadTree,
        ShakenSteps,
        Vehicle,
        AlreadyPending,
    )
}
"""By code, in the order in which reasons are shown."""

__all__ = ["RULES", "Rule"]
