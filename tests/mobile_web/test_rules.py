"""The city's desk of points: proposed by one, decided by another, seen by residents on their receipts."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from greenlife.models import Campaign, PolicyRule
from greenlife.scans import record_scan
from tests.greenlife.policy_world import admins, campaign_draft, days_on, live, proposed, rule_draft
from tests.mobile_web.conftest import Browser, People
from tests.world import DEQING, HOSTS, World

RULE = {
    "kind": "rule", "way": "own_bag:poster", "base": "5", "per_unit": "0", "least": "1", "most": "10",
    "valid_from": "2026-11-10", "valid_to": "",
}  # fmt: skip
CAMPAIGN = {
    "kind": "campaign", "title_zh": "低碳周", "title_en": "Low-carbon week", "multiplier": "2", "budget": "500",
    "starts_on": "2026-11-10", "ends_on": "2026-11-16",
}  # fmt: skip
ENGLISH = {"Accept_Language": "en"}


def rows(world: World) -> list[str]:
    with world.database.reading() as session:
        return [one.state for model in (PolicyRule, Campaign) for one in session.query(model)]


def propose(browser: Browser, fields: Mapping[str, str]) -> str:
    """The address of the draft."""
    sent = browser.send("/desk/rules/propose", **fields)
    assert sent.status_code == 303, sent.text
    return sent.headers["Location"]


@pytest.mark.parametrize(
    "path",
    ["/desk/rules", "/desk/rules/propose", "/desk/rules/rul_1"],
)
def test_the_desk_of_points_is_the_citys(world: World, people: People, stranger: Browser, path: str) -> None:
    for person in (world.resident(), world.attendant(), world.staff("district_admin", DEQING)):
        assert people.sign_in(person).get(path).status_code == 403
    assert stranger.get(path).status_code == 303


@pytest.mark.parametrize("fields", [RULE, CAMPAIGN])
def test_one_proposes_and_another_approves(world: World, people: People, fields: dict[str, str]) -> None:
    one, other = map(people.sign_in, admins(world))
    address = propose(one, fields)
    own = one.get(address, **ENGLISH).text
    assert "You proposed this yourself" in own
    assert f'action="{address}/approve"' not in own
    forced = one.http.post(f"{address}/approve", data=one.form(address))
    assert forced.status_code == 403
    assert "own_draft" in forced.text
    assert rows(world) == ["draft"]
    assert f'action="{address}/approve"' in other.get(address).text
    assert other.send(address, f"{address}/approve").status_code == 303
    assert rows(world) == ["approved"]
    assert "已批准，自首日起生效" in other.get(address).text
    again = other.http.post(f"{address}/approve", data=other.form("/desk/rules/propose"))
    assert (again.status_code, "draft_settled" in again.text) == (409, True)


def test_a_draft_is_withdrawn_and_a_campaign_closed(world: World, people: People) -> None:
    one, other = map(people.sign_in, admins(world))
    address = propose(one, RULE)
    assert one.send(address, f"{address}/withdraw").headers["Location"] == "/desk/rules"
    campaign = propose(one, CAMPAIGN)
    other.send(campaign, f"{campaign}/approve")
    assert one.send(campaign, f"{campaign}/close").status_code == 303
    assert rows(world) == ["withdrawn", "closed"]
    closed = one.get(campaign).text.replace("\u00a0", " ")
    assert "活动已关闭，3,500 分已退回" in closed
    assert "剩余积分" not in closed


def test_a_draft_says_who_proposed_it_and_to_who_comes_late_who_decided(world: World, people: People) -> None:
    one, other = map(people.sign_in, admins(world))
    address = propose(one, RULE)
    assert "<dd>you, " in one.get(address, **ENGLISH).text
    assert "<dd>Counter 1, " in other.get(address, **ENGLISH).text
    other.send(address, f"{address}/withdraw")
    late = one.http.post(f"{address}/withdraw", data=one.form("/desk/rules/propose"), headers={"Accept-Language": "en"})
    assert (late.status_code, "draft_settled" in late.text) == (409, True)
    assert "<dd>Counter 1, " in late.text


def test_a_rule_is_in_force_from_its_first_day_to_its_last(world: World, people: People) -> None:
    live(world, rule_draft(world, until=2))
    admin = admins(world)[0]
    seen = []
    for _ in range(4):
        page = people.sign_in(admin).get("/desk/rules", **ENGLISH).text.partition("Campaigns and dated rules")[2]
        seen += [word for word in ("approved", "in force", "over") if f">{word}</span>" in page]
        world.later(days=1)
    assert seen == ["approved", "in force", "in force", "over"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"base": "-1"}, "quantity_invalid"),
        ({"base": "1.5"}, "quantity_invalid"),
        ({"base": "NaN"}, "quantity_invalid"),
        ({"least": "11"}, "points_invalid"),
        ({"least": "0"}, "points_invalid"),
        ({"most": "999999999"}, "points_invalid"),
        ({"way": "flying:poster"}, "action_unknown"),
        ({"way": "own_bag:hearsay"}, "tier_not_accepted"),
        ({"way": "\x00"}, "action_unknown"),
        ({"valid_from": "soon"}, "period_invalid"),
        ({"valid_from": "2026-11-02"}, "starts_too_soon"),
        ({"valid_to": "2026-11-09"}, "window_invalid"),
        ({"valid_to": "9999-99-99"}, "period_invalid"),
        (CAMPAIGN | {"multiplier": "0"}, "multiplier_invalid"),
        (CAMPAIGN | {"multiplier": "1e3"}, "quantity_invalid"),
        (CAMPAIGN | {"budget": "0"}, "budget_invalid"),
        (CAMPAIGN | {"title_en": " "}, "titles_missing"),
        (CAMPAIGN | {"ends_on": "2026-11-01"}, "window_invalid"),
        (CAMPAIGN | {"districts": "atlantis"}, "district_unknown"),
        (CAMPAIGN | {"actions": "flying"}, "action_unknown"),
        (CAMPAIGN | {"tiers": "hearsay"}, "tier_not_accepted"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(
    world: World, people: People, change: dict[str, str], code: str
) -> None:
    browser = people.sign_in(admins(world)[0])
    fields = change if "kind" in change else RULE | change
    answer = browser.send("/desk/rules/propose", **fields)
    assert answer.status_code in {404, 409, 422}
    assert f"<code>{code}</code>" in answer.text
    assert f'value="{fields.get("title_zh", fields.get("most"))}"' in answer.text
    assert rows(world) == []


def test_drafts_that_are_none(world: World, people: People) -> None:
    browser = people.sign_in(admins(world)[0])
    for path in ("/desk/rules/rul_nothing", "/desk/rules/%F0%9F%98%80", f"/desk/rules/{'x' * 300}"):
        answer = browser.get(path)
        assert answer.status_code == 404
        assert "draft_unknown" in answer.text
    for verb, code in (("approve", "draft_unknown"), ("withdraw", "draft_unknown"), ("close", "campaign_not_open")):
        answer = browser.http.post(f"/desk/rules/cam_nothing/{verb}", data=browser.form("/desk/rules/propose"))
        assert code in answer.text


def test_the_list_shows_what_is_in_force_what_waits_and_what_is_left(world: World, people: People) -> None:
    live(world, campaign_draft(world, budget=40))
    live(world, rule_draft(world))
    one, other = admins(world)
    waiting = proposed(world, rule_draft(world, since=9, until=9), one)
    world.later(days=1)
    page = people.sign_in(other).get("/desk/rules", **ENGLISH).text
    assert "Low-carbon week, double points" in page
    assert "Deqing County 40" in page
    assert f"/desk/rules/{waiting}" in page.partition("Campaigns and dated rules")[0]
    assert "dated rule" in page


def test_a_draft_that_waited_too_long_cannot_be_approved(world: World, people: People) -> None:
    one, other = admins(world)
    draft = proposed(world, campaign_draft(world), one)
    world.now += timedelta(days=1)
    page = people.sign_in(other).get(f"/desk/rules/{draft}", **ENGLISH).text
    assert "too close" in page
    assert "/approve" not in page


def test_a_resident_sees_the_bonus_before_and_after(world: World, people: People) -> None:
    live(world, campaign_draft(world))
    world.later(days=1)
    browser, poster = people.sign_in(world.resident()), world.poster()
    asked = browser.get(f"/P/{poster.code}", **ENGLISH).text.replace("\u00a0", " ")
    assert "of which +2 pts: Low-carbon week, double points" in asked
    booked = browser.send(f"/P/{poster.code}", "/scan/confirm", code=poster.code)
    receipt = browser.get(booked.headers["Location"], **ENGLISH).text.replace("\u00a0", " ")
    assert "of which +2 pts: Low-carbon week, double points" in receipt
    assert "低碳周双倍积分" in browser.get("/records").text


def test_tips_name_the_points_of_the_day(world: World, people: People) -> None:
    browser = people.sign_in(world.resident())
    before = browser.get("/", **ENGLISH).text
    for action in world.programme.actions:
        kind = world.programme.actions[action]
        tier = "attended" if "attended" in kind.tiers else "poster"
        if tier in kind.tiers:
            live(world, rule_draft(world, action=action, tier=tier, base=77, most=77))
    assert browser.get("/", **ENGLISH).text.count("77") == before.count("77")
    world.later(days=1)
    assert browser.get("/", **ENGLISH).text.count("+77") == 2
    assert days_on(world, 0)


def test_figures_about_too_few_people_are_not_shown(world: World, people: People) -> None:
    """Eleven are enough; of ten, neither the row nor the sum that would give them away."""
    one = admins(world)[0]
    draft, campaign = proposed(world, rule_draft(world), one), proposed(world, campaign_draft(world, budget=1000), one)
    browser, poster = people.sign_in(one), world.poster()
    shown = []
    for at in range(11):
        resident = world.resident()
        with world.database.writing() as session:
            record_scan(
                session, world.programme, resident=resident, code=poster.code, hosts=HOSTS, reference=f"r{at}",
                now=world.now, entropy=world.entropy,
            )  # fmt: skip
        if at >= 9:
            pages = [browser.get(f"/desk/rules/{one}", **ENGLISH).text for one in (draft, campaign)]
            shown.append(["fewer than 11 people" in page for page in pages])
            shown.append(["of the budget would be left" in pages[1], "<td>+33</td>" in pages[0]])
    assert shown == [[True, True], [False, False], [False, False], [True, True]]
