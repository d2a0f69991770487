"""Actions that are held for sure, and people who decide on them."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

import ledger
from greenlife import chart
from greenlife.actions import CITY_FUND, Booked
from greenlife.cases import FIRST, SECOND, appeal_case, decide_case
from greenlife.checked_table import CheckedTable
from greenlife.models import ActionRecord, Resident, ReviewCase, Staff
from greenlife.review import History, Observation, Outcome, Rulebook, Suspicion
from greenlife.scans import open_visit, own_code, record_attended, record_scan
from tests.world import DEQING, HOSTS, World


@dataclass(frozen=True)
class Always:
    """A rule that holds whatever it sees, and names what the resident did before."""

    code: ClassVar[str] = "too_many_at_once"
    outcome: Outcome = "hold"

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        return cls(outcome)

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        before = history.of_resident(
            new.resident_id, since=new.occurred_at.replace(hour=0), until=new.occurred_at, most=20
        )
        return Suspicion(
            code=self.code,
            outcome=self.outcome,
            params={"actions": 6, "sites": 4, "minutes": 20},
            related=tuple(one.id for one in before),
        )


def hold_everything(world: World, outcome: Outcome = "hold") -> None:
    """From now on each action of this world is held, or only marked."""
    world.programme = replace(world.programme, rulebook=Rulebook((Always(outcome),), frozenset()))


def look_at_each(world: World, action: str, tier: str) -> None:
    """From now on a person looks at every action of the kind at this tier."""
    kind = world.programme.actions[action]
    tiers = dict(kind.tiers) | {tier: replace(kind.tiers[tier], review=True)}
    actions = dict(world.programme.actions) | {action: replace(kind, tiers=tiers)}
    world.programme = replace(world.programme, actions=actions)


def let_everything_pass(world: World) -> None:
    world.programme = replace(world.programme, rulebook=Rulebook((), frozenset()))


def scan(world: World, resident: Resident, reference: str = "form:1") -> Booked:
    poster = world.poster()
    with world.database.writing() as session:
        return record_scan(
            session, world.programme, resident=resident, code=poster.code, hosts=HOSTS, reference=reference,
            now=world.now, entropy=world.entropy,
        ).booked  # fmt: skip


def weigh(world: World, attendant: Staff, resident: Resident, reference: str = "w1") -> Booked:
    at: dict[str, Any] = {"entropy": world.entropy, "staff": attendant}
    with world.database.writing() as session:
        code = own_code(resident, city="huzhou", now=world.now).text
        visit = open_visit(session, world.programme, code=code, hosts=HOSTS, reference=reference, now=world.now, **at)
        world.later(seconds=5)  # so long the scale asks for
        return record_attended(
            session, world.programme, visit_id=visit.id, action="recyclables", material="cardboard",
            quantity=Decimal("3.20"), reference=reference, now=world.now, **at,
        ).booked  # fmt: skip


def case_of(world: World, booked: Booked) -> ReviewCase:
    with world.database.reading() as session:
        case = session.query(ReviewCase).filter_by(entry_id=booked.entry_id).one()
        session.expunge(case)
    return case


def record_of(world: World, booked: Booked) -> ActionRecord:
    with world.database.reading() as session:
        record = session.get_one(ActionRecord, (booked.book, booked.entry_id))
        session.expunge(record)
    return record


REASONS = {"approved": "explained", "refused": "not_possible"}


def decide(world: World, staff: Staff, case: ReviewCase, decision: str = "approved") -> ReviewCase:
    with world.database.writing() as session:
        return decide_case(session, world.programme, look=FIRST, **_said(world, staff, case, decision))


def decide_again(world: World, staff: Staff, case: ReviewCase, decision: str = "approved") -> ReviewCase:
    with world.database.writing() as session:
        return decide_case(session, world.programme, look=SECOND, **_said(world, staff, case, decision))


def _said(world: World, staff: Staff, case: ReviewCase, decision: str) -> dict[str, Any]:
    return {
        "staff": staff, "case_id": case.id, "decision": decision, "reason": REASONS[decision], "now": world.now,
        "entropy": world.entropy,
    }  # fmt: skip


def appeal(world: World, resident: Resident, case: ReviewCase) -> ReviewCase:
    with world.database.writing() as session:
        return appeal_case(session, resident=resident, case_id=case.id, now=world.now)


def reviewer(world: World, district: str = DEQING) -> Staff:
    return world.staff("district_admin", district)


def points(world: World, resident: Resident) -> int:
    with world.database.reading() as session:
        return sum(ledger.balances(session, DEQING, chart.wallet(resident.account)).values())


def budget(world: World) -> int:
    with world.database.reading() as session:
        return ledger.balance(session, DEQING, chart.fund(CITY_FUND).path)
