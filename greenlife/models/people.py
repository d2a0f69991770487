"""Residents, staff, and how both sign in."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from greenlife.models.base import Model, Texts


class Resident(Model):
    """A person with a code; ``account`` names the ledger's accounts and is no part of the person's data.

    ``reference_key`` turns the references of requests into those of the ledger, and is deleted with the person.
    """

    __tablename__ = "resident"

    id: Mapped[str] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(unique=True)
    account: Mapped[str] = mapped_column(unique=True)
    book: Mapped[str | None]
    town: Mapped[str | None]
    privacy_version: Mapped[str | None]
    privacy_accepted_at: Mapped[datetime | None]
    code_id: Mapped[str] = mapped_column(unique=True)
    code_alias: Mapped[str] = mapped_column(unique=True)
    code_secret: Mapped[bytes]
    reference_key: Mapped[bytes]
    created_at: Mapped[datetime]


class Device(Model):
    """A phone that computes its resident's code by itself; ``secret`` was told to it once.

    It lives no longer than the sign-in that asked for it, of which ``sign_in_hash`` is the token's hash. The codes that
    the server computes for browsers without scripts are made from the resident's own row.
    """

    __tablename__ = "device"

    code_id: Mapped[str] = mapped_column(primary_key=True)
    alias: Mapped[str] = mapped_column(unique=True)
    secret: Mapped[bytes]
    resident_id: Mapped[str] = mapped_column(index=True)
    sign_in_hash: Mapped[bytes] = mapped_column(index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Staff(Model):
    """Somebody with a counter or a desk; ``scope`` is the site, merchant, district or city the role is bound to."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    scope: Mapped[str]
    label: Mapped[Texts]
    created_at: Mapped[datetime]


class SignInCode(Model):
    """The newest one-time code of a phone: a nonce, from which only the holder of the key derives the digits."""

    __tablename__ = "sign_in_code"

    phone: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(primary_key=True)
    nonce: Mapped[bytes]
    first_sent_at: Mapped[datetime]
    sent_count: Mapped[int]
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries_left: Mapped[int]


class SignIn(Model):
    """A server-side session; only the hash of its token is kept."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_expires_at", "expires_at"),)

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
