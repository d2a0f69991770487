"""Whatever a booking hands over, the rules answer: a rule that raises would refuse an honest action."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenlife.review import OUTCOMES, Fix, Observation, load_rulebook
from tests.greenlife.review.build import HERE, NOON, history, north, seen

RULEBOOK = load_rulebook()


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    minutes = draw(st.integers(-3000, 3000))
    site = draw(st.sampled_from([None, "here", "far"]))
    return seen(
        minutes,
        resident_id=draw(st.sampled_from(["one", "two"])),
        tier=draw(st.sampled_from(["declared", "poster", "rotating", "attended", "partner"])),
        quantity=Decimal(draw(st.integers(0, 40_000))) / 1000,
        unit=draw(st.sampled_from(["kg", "km", "step", "ride", "something new"])),
        material=draw(st.sampled_from([None, "pet"])),
        device_id=draw(st.sampled_from([None, "phone"])),
        staff_id=draw(st.sampled_from([None, "attendant"])),
        site_id=site,
        site=draw(st.sampled_from([None, HERE, north(20_000)])) if site else None,
        town=draw(st.sampled_from([None, "far", "nowhere"])),
        fix=draw(st.sampled_from([None, Fix(HERE, 0), Fix(north(9_000), 10)])),
        started_at=draw(st.sampled_from([None, NOON, NOON + timedelta(minutes=minutes)])),
        moved_metres=draw(st.sampled_from([None, 0, 5000])),
        photo_hash=draw(st.sampled_from([None, 0, 2**64 - 1])),
        tree_id=draw(st.sampled_from([None, "tree"])),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(observations(), max_size=30))
def test_rules_answer_to_anything(acts: list[Observation]) -> None:
    past = history()
    for act in acts:
        verdict = RULEBOOK.judge(act, past)
        assert all(one.outcome in OUTCOMES and act.id not in one.related for one in verdict.suspicions)
        assert all(type(value) is int for one in verdict.suspicions for value in one.params.values())
        past.add(act, held=verdict.held)
