"""Of how many people the figures of a simulation are: what is about too few is not shown at a desk."""

from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.orm import Session

from greenlife.models import ActionRecord
from greenlife.policy.draft import Draft
from greenlife.policy.simulation import Cost, Simulation, covered
from greenlife.programme import Programme


def count_people(session: Session, programme: Programme, *, draft: Draft, result: Simulation) -> None:
    """Each cost told of how many people it is, each counted once in each; reads only."""
    groups = {action: kind.group for action, kind in programme.actions.items()}
    tables: tuple[tuple[ColumnElement[Any], dict[str, Cost]], ...] = (
        (literal("total"), {"total": result.total}),
        (ActionRecord.book.expression, result.by_district),
        (case(groups, value=ActionRecord.action, else_=""), result.by_group),
        (ActionRecord.action.expression, result.by_action),
    )
    for key, costs in tables:
        # By its name: a value that is bound twice would not be the same expression to PostgreSQL.
        named = key.label("of_key")
        counted = select(named, func.count(ActionRecord.resident_id.distinct())).group_by("of_key")
        for name, people in session.execute(counted.where(*covered(draft, result.since, result.until))):
            if name in costs:
                costs[name].people = people
