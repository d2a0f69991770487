"""The made-up city: that it meets the published figures, tells the rules nothing, and needs every rule."""

import dataclasses
import re
from collections.abc import Iterator
from functools import cache
from random import Random
from statistics import mean, median

import pytest

from benchmarks.fraud import moments
from benchmarks.fraud.cheats import KINDS
from benchmarks.fraud.city import build_city
from benchmarks.fraud.diary import DAYS, ZONE, Diary
from benchmarks.fraud.honest import one_account
from benchmarks.fraud.person import new_person
from benchmarks.fraud.report import lines, share, total
from benchmarks.fraud.trial import Outcome, held_by, make_diary, score
from benchmarks.fraud.tricks import TRICKS
from greenlife.review import RULES, Observation, load_rulebook
from greenlife.review.rules.speed import Speed

SEED, HONEST = 1, 600
PENDING = "already_pending"
MAIN_RULES = {
    "salt_doses": ("repeated_small_weighings",),
    "split_bags": ("bag_split",),
    "shared_posters": ("poster_shared", "far_from_the_code", "too_fast_between_places"),
    "photo_reuse": ("photo_reused",),
    "step_shaking": ("steps_shaken",),
    "many_accounts": ("many_residents_on_device",),
    "car_trips": ("trip_too_fast",),
    "dead_trees": ("tree_dead",),
    "colluding_pairs": ("pair_too_busy",),
    "spoofed_places": ("identical_coordinates",),
}
"""What is meant for a kind; others help, and the one about what waits already multiplies what they find.

Against posters in chats three rules stand together, because a member may lie, say the truth, or say nothing.
"""

Said = dict[str, tuple[tuple[str, str], ...]]


@cache
def diary() -> Diary:
    return make_diary(SEED, HONEST)


@cache
def said(*without: str) -> Said:
    return held_by(load_rulebook().without(without), diary())


@cache
def outcome() -> Outcome:
    return score(SEED, diary(), said())


def silenced(*codes: str) -> Said:
    """What the others say where these rules are taken out: no rule but that about what waits hears the others."""
    kept = {one: tuple(reason for reason in reasons if reason[0] not in codes) for one, reasons in said().items()}
    return {one: reasons for one, reasons in kept.items() if reasons}


def observations() -> Iterator[Observation]:
    return (seen for _, seen in diary().seen if isinstance(seen, Observation))


def held(found: Outcome, kind: str) -> float:
    return share(found.kinds[kind].held_points, found.kinds[kind].points)


# --- the published figures ---


def trips() -> list[Observation]:
    return [one for one in observations() if one.action == "shared_bike"]


def test_bike_trips_are_as_long_as_in_ningbo() -> None:
    kilometres = [float(one.quantity) for one in trips()]
    assert median(kilometres) == pytest.approx(moments.NINGBO_MEDIAN_KM, rel=0.05)
    assert mean(one < 1.6 for one in kilometres) == pytest.approx(moments.NINGBO_SHARE_BELOW_1600_M, abs=0.02)


def test_bike_trips_take_as_long_as_in_changshu() -> None:
    least, most = moments.CHANGSHU_MEAN_MINUTES
    assert least - 0.3 <= mean(one.minutes or 0 for one in trips()) <= most + 0.3


def test_the_peaks_bring_as_much_as_in_shanghai() -> None:
    # Emissions avoided go with kilometres.
    peak = sum(one.quantity for one in trips() if moments.in_peak(one.occurred_at.astimezone(ZONE).hour))
    assert float(peak / sum(one.quantity for one in trips())) == pytest.approx(moments.SHANGHAI_PEAK_SHARE, abs=0.02)


def test_households_hand_in_as_much_as_in_quzhou() -> None:
    kilograms: dict[str, float] = {}
    for one in observations():
        if one.weighed and diary().labels[one.id].group in {"ordinary", "commuter", "family on one phone"}:
            kilograms[one.resident_id] = kilograms.get(one.resident_id, 0) + float(one.quantity)
    assert mean(kilograms.values()) * 365 / 12 / DAYS == pytest.approx(moments.QUZHOU_MONTHLY_KG, rel=0.2)


# --- what the rules are told ---


def test_the_rules_say_the_same_when_nobody_knows_who_cheats() -> None:
    unlabelled = dataclasses.replace(diary(), labels={})
    assert held_by(load_rulebook(), unlabelled) == held_by(load_rulebook(), diary())


def test_ids_tell_nothing() -> None:
    for one in observations():
        for name in (one.id, one.resident_id, one.device_id, one.staff_id, one.site_id, one.tree_id):
            assert name is None or re.fullmatch("[0-9a-f]{12}", name)


def test_cheats_do_nothing_that_honest_people_never_do() -> None:
    shapes: dict[bool, set[tuple[str, str, bool, bool]]] = {True: set(), False: set()}
    for one in observations():
        cheating = diary().labels[one.id].kind is not None
        shapes[cheating].add((one.action, one.tier, one.fix is None, one.device_id is None))
    assert shapes[True] <= shapes[False]


def test_cheats_live_honestly_besides() -> None:
    spare, kinds = outcome().honest_acts_of_cheats, outcome().kinds.values()
    assert spare.actions > 0.3 * sum(one.actions for one in kinds)


def test_one_seed_makes_one_city() -> None:
    again = make_diary(SEED, 60)
    assert again.seen == make_diary(SEED, 60).seen and again.labels == make_diary(SEED, 60).labels
    assert again.seen != make_diary(SEED + 1, 60).seen


# --- what they find ---


def test_most_of_what_cheats_take_is_held_and_few_honest_people_are() -> None:
    """Wide bounds for a small city; the figures are those of the whole one, in docs/review.md."""
    assert set(outcome().kinds) == set(KINDS)
    assert mean(held(outcome(), kind) for kind in KINDS) > 75
    honest = total(outcome().groups.values())
    assert len(honest.people) == pytest.approx(HONEST, abs=10)
    assert share(len(honest.held_people), len(honest.people)) < 1.5


@pytest.mark.parametrize("kind", KINDS)
def test_without_its_rules_less_of_a_kind_of_cheating_is_held(kind: str) -> None:
    with_rules = held(score(SEED, diary(), silenced(PENDING)), kind)
    without = held(score(SEED, diary(), silenced(PENDING, *MAIN_RULES[kind])), kind)
    assert without < with_rules - 10, (without, with_rules)


def test_a_rule_taken_out_is_a_rule_that_says_nothing() -> None:
    assert said(PENDING, "trip_too_fast") == silenced(PENDING, "trip_too_fast")


def test_without_the_rule_about_what_waits_less_is_held() -> None:
    without = score(SEED, diary(), silenced(PENDING))
    assert mean(held(without, kind) for kind in KINDS) < mean(held(outcome(), kind) for kind in KINDS) - 5


@cache
def accounts_of_two() -> Diary:
    """Many more of them than a city has, so that a share says something."""
    rng = Random(SEED)
    city, shared = build_city(rng, 10_000), Diary(rng)
    for _ in range(1000):
        one_account(shared, city, new_person(rng, city, "two on one account"))
    shared.close()
    return shared


def held_accounts_of_two() -> int:
    speed_alone = load_rulebook().without(set(RULES) - {Speed.code})
    found = score(SEED, accounts_of_two(), held_by(speed_alone, accounts_of_two()))
    return len(found.groups["two on one account"].held_people)


def test_two_on_one_account_are_hardly_ever_too_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    assert held_accounts_of_two() <= 3
    monkeypatch.setattr(Speed, "_one_person", lambda *_: True)
    assert held_accounts_of_two() >= 10  # if their phones are taken for one person's


def test_who_knows_the_rules_gets_round_them_as_the_document_says() -> None:
    tricked = make_diary(SEED, 200, kinds=TRICKS)
    found = score(SEED, tricked, held_by(load_rulebook(), tricked))
    assert set(found.kinds) == set(TRICKS)
    assert all(held(found, trick) < 40 for trick in TRICKS), {trick: held(found, trick) for trick in TRICKS}


def test_the_report_has_a_line_for_each_kind_and_each_group() -> None:
    text = "\n".join(lines(outcome()))
    for name in (*KINDS, *outcome().groups, "all honest people", "what cheats did honestly"):
        assert name in text


def test_amounts_are_drawn_from_the_seed_alone() -> None:
    assert [moments.trip_kilometres(Random(4)) for _ in range(3)] == [moments.trip_kilometres(Random(4))] * 3
