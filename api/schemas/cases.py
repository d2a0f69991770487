"""Held actions: what a resident sees of them, and what a desk decides."""

from marshmallow import fields

from api.schemas.fields import In, Limit, Locales, Number, Out, Text, amount
from api.schemas.scans import MILLIGRAMS, SiteOut
from greenlife.cases import APPROVAL_REASONS, DECISIONS, REFUSAL_REASONS, TABS

LOOKS = ("first", "second")
STATES = "open, appealed, approved, refused, refused_finally, withdrawn; marked on the desk only"


class NoticedOut(Out):
    """What a rule noticed: its code and its figures."""

    code = fields.Function(lambda one: one[0], metadata={"type": "string"})
    figures = fields.Function(lambda one: dict(one[1]), metadata={"type": "object"})


class ActionOut(Out):
    id = fields.String()
    state = fields.String(metadata={"description": STATES})
    entry_id = fields.String()
    action = fields.String()
    material = fields.String(allow_none=True)
    quantity = Number()
    unit = fields.String()
    tier = fields.String()
    site = fields.Nested(SiteOut, allow_none=True)
    occurred_at = fields.DateTime()
    noticed = fields.List(fields.Nested(NoticedOut))


class OwnCaseOut(ActionOut):
    """A held action of the own; ``entry_id`` is the id that its entry has once it is approved."""

    points = amount("points that are kept for it while it waits")
    answer_by = fields.DateTime(allow_none=True, metadata={"description": "when a decision is promised"})
    decided_at = fields.DateTime(allow_none=True)
    decision_reason = fields.String(allow_none=True)
    appealed_at = fields.DateTime(allow_none=True)
    appeal_until = fields.DateTime(allow_none=True, metadata={"description": "set where an appeal can be made"})
    second_at = fields.DateTime(allow_none=True)
    second_reason = fields.String(allow_none=True)


class OwnCasesOut(Out):
    items = fields.List(fields.Nested(OwnCaseOut))


class QueueIn(In):
    """Which part of the queue, and which page of it: ``after`` is the ``next`` of the page before."""

    show = Text(one_of=tuple(TABS), required=False, load_default="waiting")
    after = Text(required=False, load_default=None)
    limit = Limit()


class CaseOut(ActionOut):
    """A case of the queue; ``own`` ones are for somebody else to decide."""

    book = fields.String()
    opened_at = fields.DateTime()
    phone = fields.String(metadata={"description": "the resident's, masked"})
    mg = amount(MILLIGRAMS)
    points = amount("points")
    own = fields.Boolean(attribute="is_own")


class QueueOut(Out):
    items = fields.List(fields.Nested(CaseOut))
    next = fields.String(allow_none=True)


class RelatedOut(Out):
    entry_id = fields.String()
    action = fields.String()
    material = fields.String(allow_none=True)
    quantity = Number()
    unit = fields.String()
    tier = fields.String()
    occurred_at = fields.DateTime()
    site = fields.Nested(SiteOut, allow_none=True)
    phone = fields.String(metadata={"description": "masked"})
    state = fields.String()
    same_person = fields.Boolean(attribute="is_same_person")


class ReasonOut(Out):
    code = fields.String()
    outcome = fields.String(metadata={"description": "hold or flag"})
    figures = fields.Function(lambda one: dict(one.params), metadata={"type": "object"})
    related = fields.List(fields.Nested(RelatedOut))
    related_in_all = fields.Integer(attribute="of")


class DecidedOut(Out):
    decision = fields.String()
    reason = fields.String()
    at = fields.DateTime()
    desk = Locales(attribute="label", allow_none=True)


class CaseDetailOut(CaseOut):
    """A case with its evidence; ``barred`` is the code of the refusal that a decision by this desk would meet."""

    recorded_at = fields.DateTime()
    recorded_by = Locales(attribute="staff_label", allow_none=True)
    minutes = fields.Integer(allow_none=True)
    moved_metres = fields.Integer(allow_none=True)
    metres_away = fields.Integer(allow_none=True, metadata={"description": "between phone and place"})
    accuracy_metres = fields.Integer(allow_none=True)
    has_photo = fields.Boolean()
    reasons = fields.List(fields.Nested(ReasonOut))
    first = fields.Nested(DecidedOut, allow_none=True)
    appealed_at = fields.DateTime(allow_none=True)
    appeal_until = fields.DateTime(allow_none=True)
    second = fields.Nested(DecidedOut, allow_none=True)
    barred = fields.String(allow_none=True)


class DecisionIn(In):
    look = Text(one_of=LOOKS, metadata={"description": "first, or second for one that was appealed"})
    decision = Text(one_of=DECISIONS)
    reason = Text(
        one_of=(*APPROVAL_REASONS, *REFUSAL_REASONS),
        metadata={"description": f"approved: {', '.join(APPROVAL_REASONS)}; refused: {', '.join(REFUSAL_REASONS)}"},
    )
