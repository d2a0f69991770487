"""What points buy."""

from typing import Any

from api.blueprint import Blueprint
from api.calls import Call, reading
from api.schemas.fields import PageIn
from api.schemas.rewards import OfferPageOut
from api.wallets import purse
from greenlife.scans import spendable_points
from ledger import Page
from rewards import OfferView, list_offers

blp = Blueprint("offers", "What points buy.")


@blp.get("/offers")
@blp.arguments(PageIn, location="query")
@blp.response(200, OfferPageOut)
@reading("resident")
def list_open_offers(call: Call, page: dict[str, Any]) -> Page[OfferView]:
    """Offers for the caller's district, cheapest first, each with what stands in the way."""
    mine = purse(call)
    return list_offers(
        call.session,
        district=mine.book,
        holder=mine.holder,
        points=spendable_points(call.session, book=mine.book, account=mine.account, today=mine.today),
        today=mine.today,
        after=page["cursor"],
        limit=page["limit"],
    )
