"""What a draft would have cost on past actions, to the point, and without writing anything."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from greenlife.actions import ActionClaim, book_actions
from greenlife.cli.main import cli
from greenlife.errors import ConfigInvalid, PeriodInvalid, StaffUnknown
from greenlife.models import Campaign, PolicyRule, Resident
from greenlife.policy import Cost, Draft, Simulation, count_people, read_drafts, simulate
from greenlife.scans.own_code import ref_of
from tests.greenlife.policy_world import campaign_draft, days_on, live, rule_draft, today
from tests.world import ANJI, DEQING, World

MINUTE = timedelta(minutes=1)


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


def weigh(world: World, resident: Resident, *kilograms: str) -> list[int]:
    """Weighed recyclables: points grow with their mass."""
    claims = [
        ActionClaim(
            resident=ref_of(resident), action="recyclables", tier="attended", quantity=Decimal(mass), unit="kg",
            material="cardboard", started_at=world.now - MINUTE, occurred_at=world.now, evidence_key=f"w:{resident.id}:{world.now}:{at}",
            reference=f"w:{world.now}:{at}",
        )
        for at, mass in enumerate(kilograms)
    ]  # fmt: skip
    with world.database.writing() as session:
        return [
            one.points for one in book_actions(session, world.programme, claims, now=world.now, entropy=world.entropy)
        ]


def simulated(world: World, draft: Draft, days: int = 30) -> Simulation:
    with world.database.reading() as session:
        return simulate(
            session, world.programme, draft=draft, since=days_on(world, -days), until=today(world), today=today(world)
        )


def test_a_rule_by_quantity_is_computed_for_each_action_and_not_for_their_sum(world: World) -> None:
    one, other = world.resident(), world.resident(ANJI)
    world.fund(district=ANJI)
    was = weigh(world, one, "0.60", "0.60", "3.20") + weigh(world, other, "0.90")
    draft = rule_draft(world, action="recyclables", tier="attended", base=0, per_unit=Decimal(2), least=1, most=5)
    found = simulated(world, draft)
    assert found.total == Cost(actions=4, now=sum(was), draft=1 + 1 + 5 + 1)
    assert found.by_district == {
        DEQING: Cost(actions=3, now=sum(was[:3]), draft=7), ANJI: Cost(actions=1, now=was[3], draft=1),
    }  # fmt: skip
    assert found.by_group == {"goods": found.total}
    assert found.by_action == {"recyclables": found.total}
    assert found.total.difference == 8 - sum(was)


def test_what_the_simulation_says_is_what_the_rule_then_costs(world: World) -> None:
    resident, masses = world.resident(), ("0.55", "1.99", "4.00", "12.50")
    weigh(world, resident, *masses)
    draft = rule_draft(world, action="recyclables", tier="attended", base=1, per_unit=Decimal("1.5"), least=1, most=12)
    said = simulated(world, draft).total.draft
    live(world, draft)
    world.later(days=1)
    assert sum(weigh(world, resident, *masses)) == said


def test_only_the_days_actions_and_districts_that_were_asked_for_count(world: World) -> None:
    resident = world.resident()
    weigh(world, resident, "1.00")
    world.later(days=10)
    weigh(world, resident, "1.00")
    rule = rule_draft(world, action="recyclables", tier="attended")
    assert [simulated(world, rule, days).total.actions for days in (5, 10)] == [1, 2]
    assert simulated(world, rule_draft(world)).total.actions == 0
    assert simulated(world, campaign_draft(world, districts=(ANJI,))).total.actions == 0
    assert simulated(world, campaign_draft(world, tiers=("poster",))).total.actions == 0
    assert simulated(world, campaign_draft(world, actions=("recyclables",))).total.actions == 2


def test_bonuses_of_campaigns_that_ran_then_are_left_out(world: World) -> None:
    resident = world.resident()
    live(world, campaign_draft(world))
    world.later(days=1)
    assert weigh(world, resident, "2.00") == [20]
    found = simulated(world, rule_draft(world, action="recyclables", tier="attended", base=3, most=3))
    assert found.total == Cost(actions=1, now=10, draft=3)


def test_a_campaigns_budget_ends_on_a_day_and_to_the_point(world: World) -> None:
    resident = world.resident()
    for _ in range(3):
        weigh(world, resident, "2.00", "1.00")  # ten points and five
        world.later(days=1)
    wide, narrow = (simulated(world, campaign_draft(world, budget=budget)) for budget in (50, 25))
    assert (wide.total.draft - wide.total.now, wide.budgets[DEQING].left, wide.budgets[DEQING].ran_out) == (45, 5, None)
    assert (narrow.total.difference, narrow.budgets[DEQING].left) == (25, 0)
    assert narrow.budgets[DEQING].ran_out == days_on(world, -2)


def test_what_the_simulation_says_of_a_campaign_is_what_it_then_pays(world: World) -> None:
    people = [world.resident() for _ in range(4)]
    for one in people:
        weigh(world, one, "2.00", "3.00")
    draft = campaign_draft(world, multiplier=Decimal("1.5"), budget=7)
    said = simulated(world, draft)
    live(world, draft)
    world.later(days=1)
    paid = sum(sum(weigh(world, one, "2.00", "3.00")) for one in people)
    assert paid == said.total.draft
    assert said.budgets[DEQING].left == 0


def test_each_figure_is_told_of_how_many_people_it_is(world: World) -> None:
    world.fund(district=ANJI)
    for home, masses in ((DEQING, ("1.00", "2.00")), (DEQING, ("1.00",)), (ANJI, ("3.00",))):
        weigh(world, world.resident(home), *masses)
    for draft in (rule_draft(world, action="recyclables", tier="attended"), campaign_draft(world, districts=None)):
        found = simulated(world, draft)
        with world.database.reading() as session:
            count_people(session, world.programme, draft=draft, result=found)
        assert {book: cost.people for book, cost in found.by_district.items()} == {DEQING: 2, ANJI: 1}
        costs = (found.total, found.by_group["goods"], found.by_action["recyclables"])
        assert [cost.people for cost in costs] == [3, 3, 3]


def test_a_simulation_writes_nothing(world: World) -> None:
    weigh(world, world.resident(), "2.00")
    simulated(world, rule_draft(world))
    simulated(world, campaign_draft(world))
    with world.database.reading() as session:
        assert not session.scalar(select(func.count()).select_from(PolicyRule))
        assert not session.scalar(select(func.count()).select_from(Campaign))


@pytest.mark.parametrize(("since", "until"), [(0, 1), (-1, -2)])
def test_a_period_that_is_none_is_refused(world: World, since: int, until: int) -> None:
    with world.database.reading() as session, pytest.raises(PeriodInvalid):
        simulate(
            session, world.programme, draft=rule_draft(world), since=days_on(world, since), until=days_on(world, until),
            today=today(world),
        )  # fmt: skip


RULE = {
    "action": '"own_bag"', "tier": '"poster"', "base": "5", "per_unit": '"0"', "least": "1", "most": "10",
    "valid_from": "2026-11-10",
}  # fmt: skip
CAMPAIGN = {
    "titles": '{ zh-CN = "低碳周", en = "Week" }', "multiplier": '"2"', "starts_on": "2026-11-10",
    "ends_on": "2026-11-16", "budget": "500",
}  # fmt: skip


def written(folder: Path, table: str, values: Mapping[str, str]) -> Path:
    file = folder / "draft.toml"
    lines = [f"[[{table}]]", *(f"{name} = {value}" for name, value in values.items())]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_a_file_may_hold_several_drafts(world: World, tmp_path: Path) -> None:
    rule, campaign = (
        written(tmp_path, name, values).read_text("utf-8") for name, values in (("rule", RULE), ("campaign", CAMPAIGN))
    )
    file = tmp_path / "both.toml"
    file.write_text(f"{campaign}\n{rule}\n", encoding="utf-8")
    first, second = read_drafts(file, world.programme, now=world.now)
    assert first == rule_draft(world, since=8)
    assert second == campaign_draft(
        world, since=8, until=14, titles={"zh-CN": "低碳周", "en": "Week"}, budget=500, districts=None
    )


@pytest.mark.parametrize(
    ("table", "change", "line", "key"),
    [
        ("rule", {"base": "-1"}, 4, "rule[1].base"),
        ("rule", {"least": "11"}, 6, "rule[1].least"),
        ("rule", {"action": '"flying"'}, 2, "rule[1].action"),
        ("rule", {"tier": '"hearsay"'}, 3, "rule[1].tier"),
        ("rule", {"valid_from": "2026-11-02"}, 8, "rule[1].valid_from"),
        ("rule", {"valid_to": "2026-11-09"}, 9, "rule[1].valid_to"),
        ("rule", {"per_unit": "0.5"}, 5, "rule[1].per_unit"),
        ("rule", {"bse": "5"}, 9, "rule[1].bse"),
        ("campaign", {"multiplier": '"0"'}, 3, "campaign[1].multiplier"),
        ("campaign", {"budget": "0"}, 6, "campaign[1].budget"),
        ("campaign", {"ends_on": "2026-11-01"}, 5, "campaign[1].ends_on"),
        ("campaign", {"districts": '["atlantis"]'}, 7, "campaign[1].districts"),
        ("campaign", {"actions": "[]"}, 7, "campaign[1].actions"),
        ("campaign", {"titles": '{ en = "Week" }'}, 2, "campaign[1].titles.zh-CN"),
        ("campagne", {}, 1, "campagne"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_line_and_key(
    world: World, tmp_path: Path, table: str, change: dict[str, str], line: int, key: str
) -> None:
    file = written(tmp_path, table, (CAMPAIGN if table == "campaign" else RULE) | change)
    with pytest.raises(ConfigInvalid) as refusal:
        read_drafts(file, world.programme, now=world.now)
    told = refusal.value.params
    if table == "campagne":
        assert told["where"] == "draft.toml"
        return
    assert (told["where"], told["key"]) == ("draft.toml", key)
    assert key.endswith("zh-CN") or str(told["why"]).startswith(f"line {line}:"), told


@pytest.fixture
def commands(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    runtime = world.runtime(tmp_path)
    monkeypatch.setattr("greenlife.cli.rules.open_runtime", lambda _: runtime)
    monkeypatch.setattr("greenlife.cli.rules.read_settings", lambda _: runtime.settings)
    monkeypatch.setenv("GREENLIFE_LOCALE", "en")
    return world


def run(*words: str) -> str:
    done = CliRunner().invoke(cli, ["rules", *words])
    if done.exception:
        raise done.exception
    return done.output


def test_the_commands_propose_simulate_and_list(commands: World, tmp_path: Path) -> None:
    weigh(commands, commands.resident(), "2.00", "3.00")
    admin = commands.staff("city_admin", "huzhou")
    file = written(tmp_path, "campaign", CAMPAIGN)
    draft_id = run("propose", str(file), "--by", admin.phone).split()[-1]
    assert f"{draft_id} draft: Week, × 2" in run("list")
    since = (today(commands) - timedelta(days=1)).isoformat()
    from_file, from_draft = (
        run("simulate", str(file), "--since", since),
        run("simulate", "--draft", draft_id, "--since", since),
    )
    assert from_file == from_draft
    assert "Total: 2  25  50  +25" in from_file
    assert "Goods and waste: 2  25  50  +25" in from_file
    assert "475 points of the budget would be left" in from_file
    assert date.fromisoformat(since).isoformat() in from_file


def test_a_stranger_proposes_nothing(commands: World, tmp_path: Path) -> None:
    with pytest.raises(StaffUnknown):
        run("propose", str(written(tmp_path, "rule", RULE)), "--by", "13700000000")


def test_a_simulation_is_of_a_file_or_of_a_draft(commands: World) -> None:
    assert commands
    with pytest.raises(SystemExit):
        run("simulate", "--since", "2026-11-01")
