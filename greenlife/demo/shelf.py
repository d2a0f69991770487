"""What the demo city's merchants give for points, and what is left of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files

from sqlalchemy.orm import Session

import rewards
from greenlife.checked_table import CheckedTable, Texts, open_table
from greenlife.city import City, Town
from ledger import Entropy
from rewards import NewMerchant, NewOffer


@dataclass(slots=True)
class Shelf:
    """Merchants by id, offers by id; ``taken`` counts vouchers of an offer, and of an offer and account."""

    merchants: Mapping[str, NewMerchant]
    offers: Mapping[str, NewOffer]
    taken: dict[tuple[str, str], int] = field(default_factory=dict)

    def merchants_of(self, district: str) -> Sequence[str]:
        return [key for key, merchant in self.merchants.items() if merchant.district == district]

    def choice(self, *, district: str, account: str, points: int, today: date) -> Sequence[str]:
        """The offers that somebody can have today."""
        return [
            key
            for key, offer in self.offers.items()
            if offer.points <= points
            and offer.district in (None, district)
            and offer.starts_on <= today <= offer.ends_on
            and self._left(key, "", offer.stock)
            and self._left(key, account, offer.per_person_limit)
        ]

    def take(self, offer_id: str, account: str, *, by: int = 1) -> None:
        """One voucher more of the offer, or with ``by`` -1 one fewer."""
        for whose in ("", account):
            self.taken[offer_id, whose] = self.taken.get((offer_id, whose), 0) + by

    def _left(self, offer_id: str, whose: str, most: int | None) -> bool:
        return most is None or self.taken.get((offer_id, whose), 0) < most


def add_shelf(session: Session, city: City, *, today: date, entropy: Entropy) -> Shelf:
    """All merchants and offers of the demo's data in the database; raises ConfigInvalid, OfferInvalid."""
    merchants: list[NewMerchant] = []
    offers: list[tuple[int, CheckedTable, Texts]] = []
    with open_table(files("greenlife.demo") / "data" / "rewards.toml") as table:
        notes = table.table("notes")
        for one in table.tables("merchant"):
            merchants.append(_merchant(one, city.town(one.string("town"))))
            offers += [
                (len(merchants) - 1, offer, notes.texts(offer.string("notes"))) for offer in one.tables("offers")
            ]
            one.done()
    ids = rewards.add_merchants(session, merchants, entropy=entropy)
    stocked = [_offer(one, ids[at], merchants[at], words, today) for at, one, words in offers]
    offer_ids = rewards.add_offers(session, stocked, entropy=entropy)
    return Shelf(dict(zip(ids, merchants, strict=True)), dict(zip(offer_ids, stocked, strict=True)))


def _merchant(table: CheckedTable, town: Town) -> NewMerchant:
    return NewMerchant(
        names=dict(table.texts("names")), district=town.district, town=town.id, address=dict(table.texts("address"))
    )


def _offer(table: CheckedTable, merchant_id: str, merchant: NewMerchant, notes: Texts, today: date) -> NewOffer:
    first, last = table.pair("days")
    offer = NewOffer(
        merchant_id=merchant_id,
        titles=dict(table.texts("titles")),
        notes=dict(notes),
        points=table.integer("points"),
        value_cents=table.integer("cents"),
        stock=_optional(table, "stock"),
        per_person_limit=_optional(table, "limit"),
        starts_on=today + timedelta(days=first),
        ends_on=today + timedelta(days=last),
        district=merchant.district if _optional(table, "local") else None,
        voucher_days=_optional(table, "voucher_days") or 30,
    )
    table.done()
    return offer


def _optional(table: CheckedTable, key: str) -> int | None:
    return table.integer(key) if table.has(key) else None
