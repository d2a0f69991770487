"""Merchants: who honours vouchers, and what they are called."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from ledger import Entropy, new_id
from rewards.errors import MerchantInvalid, MerchantUnknown
from rewards.models import Merchant, Texts

_INSERT = insert(Merchant)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMerchant:
    """A merchant to be added; names and address by locale, zh-CN always there."""

    names: Texts
    district: str
    town: str
    address: Texts
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantView:
    id: str
    names: Texts
    district: str
    town: str
    address: Texts
    active: bool


def add_merchant(
    session: Session,
    *,
    names: Texts,
    district: str,
    town: str,
    address: Texts,
    entropy: Entropy,
    active: bool = True,
) -> str:
    """The id of the new merchant; raises MerchantInvalid."""
    merchant = NewMerchant(names=names, district=district, town=town, address=address, active=active)
    return add_merchants(session, [merchant], entropy=entropy)[0]


def add_merchants(session: Session, merchants: Sequence[NewMerchant], *, entropy: Entropy) -> list[str]:
    """The ids of the new merchants, in their order; raises MerchantInvalid."""
    rows = []
    for merchant in merchants:
        for field, texts in (("names", merchant.names), ("address", merchant.address)):
            if not texts.get("zh-CN"):
                raise MerchantInvalid(field=field)
        rows.append({"id": new_id("mer", entropy), **asdict(merchant)})
    if rows:
        session.connection().execute(_INSERT, rows)
    return [str(row["id"]) for row in rows]


def get_merchant(session: Session, merchant_id: str) -> MerchantView:
    """The merchant; raises MerchantUnknown."""
    row = session.connection().execute(select(Merchant).where(Merchant.id == merchant_id)).one_or_none()
    if row is None:
        raise MerchantUnknown
    return MerchantView(**row._asdict())


def merchant_names(session: Session, ids: Collection[str]) -> dict[str, Texts]:
    """Id → names, of those that exist."""
    if not ids:
        return {}
    query = select(Merchant.id, Merchant.names).where(Merchant.id.in_(sorted(ids)))
    return {row.id: row.names for row in session.connection().execute(query)}
