"""The first shape of the database, with the triggers that keep the ledger append-only.

Until the first release this one file is made anew instead of adding a second one.
"""

import sqlalchemy as sa
from alembic import op

import ledger

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_records()
    _create_review()
    op.create_table(
        "approval_turn",
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_approval_turn")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("actions", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("tiers", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("districts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("multiplier", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("fund", sa.String(length=200), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("proposed_by", sa.String(length=200), nullable=False),
        sa.Column("proposed_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("decided_at", ledger.UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=True),
        sa.Column("closed_at", ledger.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("fund", name=op.f("uq_campaign_fund")),
    )
    op.create_table(
        "campaign_use",
        sa.Column("campaign_id", sa.String(length=200), nullable=False),
        sa.Column("book", sa.String(length=200), nullable=False),
        sa.Column("points_left", sa.BigInteger(), nullable=False),
        sa.Column("granted", sa.BigInteger(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "book", name=op.f("pk_campaign_use")),
    )
    op.create_table(
        "cap_use",
        sa.Column("book", sa.String(length=200), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("tier", sa.String(length=200), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("book", "account", "action", "tier", "local_day", name=op.f("pk_cap_use")),
    )
    op.create_table(
        "claim",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("claimed_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("site_id", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_claim")),
    )
    op.create_table(
        "daily_fact",
        sa.Column("book", sa.String(length=200), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("town", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("tier", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("actions", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("mg", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("book", "local_day", "town", "action", "tier", "unit", name=op.f("pk_daily_fact")),
    )
    op.create_table(
        "daily_participant",
        sa.Column("book", sa.String(length=200), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("town", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("book", "local_day", "account", "action", name=op.f("pk_daily_participant")),
    )
    op.create_table(
        "household",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("book", sa.String(length=200), nullable=False),
        sa.Column("members", sa.BigInteger(), nullable=False),
        sa.Column("invitation_hash", sa.LargeBinary(), nullable=True),
        sa.Column("invitation_until", ledger.UtcDateTime(), nullable=True),
        sa.Column("created_at", ledger.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("invitation_hash", name=op.f("uq_household_invitation_hash")),
    )
    op.create_table(
        "household_member",
        sa.Column("resident_id", sa.String(length=200), nullable=False),
        sa.Column("counts_from", sa.Date(), nullable=False),
        sa.Column("household_id", sa.String(length=200), nullable=False),
        sa.Column("joined_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("counts_through", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("resident_id", "counts_from", name=op.f("pk_household_member")),
    )
    op.create_index(
        "uq_household_member_of_now",
        "household_member",
        ["resident_id"],
        unique=True,
        sqlite_where=sa.text("counts_through IS NULL"),
        postgresql_where=sa.text("counts_through IS NULL"),
    )
    op.create_table(
        "household_use",
        sa.Column("household", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("tier", sa.String(length=200), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("household", "action", "tier", "local_day", name=op.f("pk_household_use")),
    )
    op.create_table(
        "installation",
        sa.Column("city", sa.String(length=200), nullable=False),
        sa.Column("set_up_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("demo_seed", sa.BigInteger(), nullable=True),
        sa.Column("demo_ready", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("city", name=op.f("pk_installation")),
    )
    op.create_table(
        "last_use",
        sa.Column("book", sa.String(length=200), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("tier", sa.String(length=200), nullable=False),
        sa.Column("last_at", ledger.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("book", "account", "action", "tier", name=op.f("pk_last_use")),
    )
    op.create_table(
        "ledger_account",
        sa.Column(
            "book",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "path",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("stripe", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=True),
        sa.Column("ceiling", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", ledger.UtcDateTime(), nullable=True),
        sa.Column(
            "held_by",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("opened_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("moved_at", ledger.UtcDateTime(), nullable=False),
        sa.Column(
            "closed_by",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.CheckConstraint(
            "balance BETWEEN -4611686018427387903 AND 4611686018427387903", name=op.f("ck_ledger_account_range")
        ),
        sa.CheckConstraint("ceiling IS NULL OR balance <= ceiling", name=op.f("ck_ledger_account_ceiling")),
        sa.CheckConstraint("floor IS NULL OR balance >= floor", name=op.f("ck_ledger_account_floor")),
        sa.PrimaryKeyConstraint("book", "path", "stripe", name=op.f("pk_ledger_account")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_ledger_account_book_expires_at",
        "ledger_account",
        ["book", "expires_at"],
        unique=False,
        sqlite_where=sa.text("expires_at IS NOT NULL"),
        postgresql_where=sa.text("expires_at IS NOT NULL"),
    )
    op.create_table(
        "ledger_checkpoint",
        sa.Column(
            "book",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("signed_at", ledger.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("book", "size", name=op.f("pk_ledger_checkpoint")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_entry",
        sa.Column(
            "book",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "id", sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "home",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "reference",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("occurred_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("recorded_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=False),
        sa.Column(
            "reverses",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("act", sa.String(length=10), nullable=True),
        sa.Column(
            "hold",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("deadline", ledger.UtcDateTime(), nullable=True),
        sa.Column("closes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("book", "id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("book", "reference", "home", name=op.f("uq_ledger_entry_book_reference_home")),
    )
    op.create_index(
        "ix_ledger_entry_book_deadline",
        "ledger_entry",
        ["book", "deadline"],
        unique=False,
        sqlite_where=sa.text("deadline IS NOT NULL"),
        postgresql_where=sa.text("deadline IS NOT NULL"),
    )
    op.create_index(
        "ix_ledger_entry_book_hold",
        "ledger_entry",
        ["book", "hold"],
        unique=False,
        sqlite_where=sa.text("hold IS NOT NULL"),
        postgresql_where=sa.text("hold IS NOT NULL"),
    )
    op.create_index(
        "ix_ledger_entry_book_home_recorded_at_id", "ledger_entry", ["book", "home", "recorded_at", "id"], unique=False
    )
    op.create_index("ix_ledger_entry_book_local_day_id", "ledger_entry", ["book", "local_day", "id"], unique=False)
    op.create_index("ix_ledger_entry_book_recorded_at", "ledger_entry", ["book", "recorded_at"], unique=False)
    op.create_index(
        "uq_ledger_entry_book_reverses",
        "ledger_entry",
        ["book", "reverses"],
        unique=True,
        sqlite_where=sa.text("reverses IS NOT NULL"),
        postgresql_where=sa.text("reverses IS NOT NULL"),
    )
    op.create_table(
        "ledger_leaf",
        sa.Column(
            "book",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("leaf_index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "entry_id",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("leaf_index >= 0", name=op.f("ck_ledger_leaf_leaf_index")),
        sa.PrimaryKeyConstraint("book", "leaf_index", name=op.f("pk_ledger_leaf")),
        sa.UniqueConstraint("book", "entry_id", name=op.f("uq_ledger_leaf_book_entry_id")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_node",
        sa.Column(
            "book",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("node_index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("book", "level", "node_index", name=op.f("pk_ledger_node")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_pending",
        sa.Column(
            "book",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "entry_id",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("book", "entry_id", name=op.f("pk_ledger_pending")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_posting",
        sa.Column(
            "book",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "entry_id",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("leg", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "path",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("stripe", sa.SmallInteger(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_ledger_posting_amount")),
        sa.PrimaryKeyConstraint("book", "entry_id", "leg", name=op.f("pk_ledger_posting")),
        sa.UniqueConstraint(
            "book", "path", "stripe", "recorded_at", name=op.f("uq_ledger_posting_book_path_stripe_recorded_at")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merchant",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("district", sa.String(length=200), nullable=False),
        sa.Column("town", sa.String(length=200), nullable=False),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merchant")),
    )
    op.create_table(
        "offer_use",
        sa.Column("book", sa.String(length=200), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("offer_id", sa.String(length=200), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("used >= 0", name=op.f("ck_offer_use_used")),
        sa.PrimaryKeyConstraint("book", "holder", "offer_id", name=op.f("pk_offer_use")),
    )
    op.create_table(
        "place_use",
        sa.Column("site_id", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("tier", sa.String(length=200), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "action", "tier", "local_day", name=op.f("pk_place_use")),
    )
    op.create_table(
        "points_rule",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("tier", sa.String(length=200), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("per_unit", sa.String(length=200), nullable=False),
        sa.Column("least", sa.BigInteger(), nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("proposed_by", sa.String(length=200), nullable=False),
        sa.Column("proposed_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("decided_at", ledger.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_rule")),
    )
    op.create_table(
        "poster",
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("short", sa.String(length=200), nullable=False),
        sa.Column("site_id", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("closed_at", ledger.UtcDateTime(), nullable=True),
        sa.Column("replaced_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_poster")),
        sa.UniqueConstraint("short", name=op.f("uq_poster_short")),
    )
    op.create_index(op.f("ix_poster_site_id"), "poster", ["site_id"], unique=False)
    op.create_table(
        "poster_change",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("poster", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("staff_id", sa.String(length=200), nullable=False),
        sa.Column("at", ledger.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poster_change")),
    )
    op.create_index(op.f("ix_poster_change_poster"), "poster_change", ["poster"], unique=False)
    op.create_table(
        "device",
        sa.Column("code_id", sa.String(length=200), nullable=False),
        sa.Column("alias", sa.String(length=200), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("resident_id", sa.String(length=200), nullable=False),
        sa.Column("sign_in_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", ledger.UtcDateTime(), nullable=True),
        sa.Column("expires_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("revoked_at", ledger.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("code_id", name=op.f("pk_device")),
        sa.UniqueConstraint("alias", name=op.f("uq_device_alias")),
    )
    op.create_index(op.f("ix_device_resident_id"), "device", ["resident_id"], unique=False)
    op.create_index(op.f("ix_device_sign_in_hash"), "device", ["sign_in_hash"], unique=False)
    op.create_table(
        "kiosk",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("site_id", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.String(length=200), nullable=False),
        sa.Column("created_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("closed_at", ledger.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosk")),
    )
    op.create_index(op.f("ix_kiosk_site_id"), "kiosk", ["site_id"], unique=False)
    op.create_table(
        "resident",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("book", sa.String(length=200), nullable=True),
        sa.Column("town", sa.String(length=200), nullable=True),
        sa.Column("privacy_version", sa.String(length=200), nullable=True),
        sa.Column("privacy_accepted_at", ledger.UtcDateTime(), nullable=True),
        sa.Column("code_id", sa.String(length=200), nullable=False),
        sa.Column("code_alias", sa.String(length=200), nullable=False),
        sa.Column("code_secret", sa.LargeBinary(), nullable=False),
        sa.Column("reference_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", ledger.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident")),
        sa.UniqueConstraint("account", name=op.f("uq_resident_account")),
        sa.UniqueConstraint("code_alias", name=op.f("uq_resident_code_alias")),
        sa.UniqueConstraint("code_id", name=op.f("uq_resident_code_id")),
        sa.UniqueConstraint("phone", name=op.f("uq_resident_phone")),
    )
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("subject_kind", sa.String(length=200), nullable=False),
        sa.Column("subject_id", sa.String(length=200), nullable=False),
        sa.Column("created_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("expires_at", ledger.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
    )
    op.create_index("ix_sign_in_expires_at", "sign_in", ["expires_at"], unique=False)
    op.create_table(
        "sign_in_code",
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("first_sent_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("sent_count", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("expires_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("tries_left", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("phone", "purpose", name=op.f("pk_sign_in_code")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("district", sa.String(length=200), nullable=False),
        sa.Column("town", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("latitude_e7", sa.BigInteger(), nullable=True),
        sa.Column("longitude_e7", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_index(op.f("ix_site_district"), "site", ["district"], unique=False)
    op.create_index(op.f("ix_site_town"), "site", ["town"], unique=False)
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("scope", sa.String(length=200), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("created_at", ledger.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("phone", name=op.f("uq_staff_phone")),
    )
    op.create_table(
        "statistics_mark",
        sa.Column("book", sa.String(length=200), nullable=False),
        sa.Column("built_until", ledger.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("book", name=op.f("pk_statistics_mark")),
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("site_id", sa.String(length=200), nullable=False),
        sa.Column("staff_id", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("resident_id", sa.String(length=200), nullable=False),
        sa.Column("opened_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("expires_at", ledger.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("staff_id", "reference", name=op.f("uq_visit_staff_id_reference")),
    )
    op.create_index("ix_visit_staff_id_opened_at", "visit", ["staff_id", "opened_at"], unique=False)
    op.create_table(
        "offer",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("merchant_id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("value_cents", sa.BigInteger(), nullable=True),
        sa.Column("stock", sa.BigInteger(), nullable=True),
        sa.Column("per_person_limit", sa.BigInteger(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("district", sa.String(length=200), nullable=True),
        sa.Column("voucher_days", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("points > 0", name=op.f("ck_offer_points")),
        sa.CheckConstraint("stock IS NULL OR stock >= 0", name=op.f("ck_offer_stock")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name=op.f("fk_offer_merchant_id_merchant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_index("ix_offer_points_id", "offer", ["points", "id"], unique=False)
    op.create_table(
        "redemption",
        sa.Column("book", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("offer_id", sa.String(length=200), nullable=False),
        sa.Column("merchant_id", sa.String(length=200), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("value_cents", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("held_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("hold_entry", sa.String(length=200), nullable=False),
        sa.Column("c2_salt", sa.LargeBinary(), nullable=False),
        sa.Column("closed_at", ledger.UtcDateTime(), nullable=True),
        sa.Column("closing_reference", sa.String(length=200), nullable=True),
        sa.Column("closing_entry", sa.String(length=200), nullable=True),
        sa.Column("closing_c2_salt", sa.LargeBinary(), nullable=True),
        sa.Column("captured_by", sa.String(length=200), nullable=True),
        sa.Column("captured_place", sa.JSON(), nullable=True),
        sa.CheckConstraint("state IN ('held', 'captured', 'released', 'expired')", name=op.f("ck_redemption_state")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_redemption_offer_id_offer")),
        sa.PrimaryKeyConstraint("book", "id", name=op.f("pk_redemption")),
        sa.UniqueConstraint("book", "holder", "reference", name=op.f("uq_redemption_book_holder_reference")),
        sa.UniqueConstraint("code", name=op.f("uq_redemption_code")),
    )
    op.create_index(
        "ix_redemption_book_holder_held_at", "redemption", ["book", "holder", "held_at", "id"], unique=False
    )
    op.create_index(
        "ix_redemption_merchant_id_closed_at", "redemption", ["merchant_id", "closed_at", "id"], unique=False
    )
    op.create_index("ix_redemption_state_last_day", "redemption", ["state", "last_day"], unique=False)
    for statement in ledger.append_only_ddl(op.get_bind().dialect.name):
        op.execute(statement)


def _create_records() -> None:
    op.create_table(
        "action_record",
        sa.Column("book", sa.String(length=200), nullable=False),
        sa.Column("entry_id", sa.String(length=200), nullable=False),
        sa.Column("resident_id", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("tier", sa.String(length=200), nullable=False),
        sa.Column("quantity", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("material", sa.String(length=200), nullable=True),
        sa.Column("site_id", sa.String(length=200), nullable=True),
        sa.Column("staff_id", sa.String(length=200), nullable=True),
        sa.Column("visit_id", sa.String(length=200), nullable=True),
        sa.Column("evidence_key", sa.String(length=200), nullable=False),
        sa.Column("household", sa.String(length=200), nullable=True),
        sa.Column("occurred_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("recorded_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("mg", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("bonus", sa.BigInteger(), nullable=False),
        sa.Column("campaign_id", sa.String(length=200), nullable=True),
        sa.Column("c2_salt", sa.LargeBinary(), nullable=False),
        sa.Column("undo_entry_id", sa.String(length=200), nullable=True),
        sa.Column("undone_at", ledger.UtcDateTime(), nullable=True),
        sa.Column("undo_reason", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("device_id", sa.String(length=200), nullable=True),
        sa.Column("fix_latitude_e7", sa.BigInteger(), nullable=True),
        sa.Column("fix_longitude_e7", sa.BigInteger(), nullable=True),
        sa.Column("fix_accuracy_metres", sa.BigInteger(), nullable=True),
        sa.Column("started_at", ledger.UtcDateTime(), nullable=True),
        sa.Column("moved_metres", sa.BigInteger(), nullable=True),
        sa.Column("photo_hash", sa.BigInteger(), nullable=True),
        sa.Column("tree_id", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("book", "entry_id", name=op.f("pk_action_record")),
        sa.UniqueConstraint("reference", "resident_id", name=op.f("uq_action_record_reference_resident_id")),
    )
    op.create_index(
        "ix_action_record_resident_id_occurred_at", "action_record", ["resident_id", "occurred_at"], unique=False
    )
    op.create_index("ix_action_record_entry_id", "action_record", ["entry_id"], unique=False)
    op.create_index("ix_action_record_staff_id_recorded_at", "action_record", ["staff_id", "recorded_at"], unique=False)
    op.create_index("ix_action_record_local_day_action", "action_record", ["local_day", "action"], unique=False)
    op.create_index(
        "ix_action_record_resident_id_unit_occurred_at",
        "action_record",
        ["resident_id", "unit", "occurred_at"],
        unique=False,
    )
    op.create_index("ix_action_record_site_id_occurred_at", "action_record", ["site_id", "occurred_at"], unique=False)
    op.create_index(
        "ix_action_record_device_id_occurred_at",
        "action_record",
        ["device_id", "occurred_at"],
        unique=False,
        sqlite_where=sa.text("device_id IS NOT NULL"),
        postgresql_where=sa.text("device_id IS NOT NULL"),
    )
    op.create_index(
        "ix_action_record_with_fix",
        "action_record",
        ["resident_id", "occurred_at"],
        unique=False,
        sqlite_where=sa.text("fix_latitude_e7 IS NOT NULL"),
        postgresql_where=sa.text("fix_latitude_e7 IS NOT NULL"),
    )
    op.create_index(
        "ix_action_record_with_photo",
        "action_record",
        ["local_day"],
        unique=False,
        sqlite_where=sa.text("photo_hash IS NOT NULL"),
        postgresql_where=sa.text("photo_hash IS NOT NULL"),
    )
    op.create_index(
        "ix_action_record_pending",
        "action_record",
        ["resident_id", "action", "tier", "local_day"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )


def _create_review() -> None:
    _create_photos()
    op.create_table(
        "photo_band",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("bits", sa.BigInteger(), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("entry_id", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("band", "bits", "local_day", "entry_id", name=op.f("pk_photo_band")),
    )
    op.create_index("ix_photo_band_entry_id", "photo_band", ["entry_id"], unique=False)
    op.create_table(
        "review_case",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("book", sa.String(length=200), nullable=False),
        sa.Column("entry_id", sa.String(length=200), nullable=False),
        sa.Column("resident_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("opened_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("frozen", sa.JSON(), nullable=True),
        sa.Column("hold_entry", sa.String(length=200), nullable=True),
        sa.Column("decided_at", ledger.UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("decision", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("appealed_at", ledger.UtcDateTime(), nullable=True),
        sa.Column("second_at", ledger.UtcDateTime(), nullable=True),
        sa.Column("second_by", sa.String(length=200), nullable=True),
        sa.Column("second_decision", sa.String(length=200), nullable=True),
        sa.Column("second_reason", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_case")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_review_case_entry_id")),
    )
    op.create_index("ix_review_case_book_state_opened_at", "review_case", ["book", "state", "opened_at"], unique=False)
    op.create_index("ix_review_case_state_decided_at", "review_case", ["state", "decided_at"], unique=False)
    op.create_index("ix_review_case_resident_id_opened_at", "review_case", ["resident_id", "opened_at"], unique=False)
    op.create_table(
        "staff_tally",
        sa.Column("staff_id", sa.String(length=200), nullable=False),
        sa.Column("resident_id", sa.String(length=200), nullable=False),
        sa.Column("weighed", sa.Boolean(), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("actions", sa.BigInteger(), nullable=False),
        sa.Column("grams", sa.BigInteger(), nullable=False),
        sa.Column("round_weights", sa.BigInteger(), nullable=False),
        sa.Column("off_dial", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "resident_id", "weighed", "local_day", name=op.f("pk_staff_tally")),
    )
    op.create_table(
        "tree_inspection",
        sa.Column("tree_id", sa.String(length=200), nullable=False),
        sa.Column("resident_id", sa.String(length=200), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("alive", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tree_id", name=op.f("pk_tree_inspection")),
    )
    op.create_index("ix_tree_inspection_resident_id", "tree_inspection", ["resident_id"], unique=False)


def _create_photos() -> None:
    op.create_table(
        "photo",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("resident_id", sa.String(length=200), nullable=True),
        sa.Column("entry_id", sa.String(length=200), nullable=True),
        sa.Column("sha256", sa.String(length=200), nullable=False),
        sa.Column("taken_in_at", ledger.UtcDateTime(), nullable=False),
        sa.Column("delete_after", sa.Date(), nullable=True),
        sa.Column("forget_after", sa.Date(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_photo_entry_id")),
    )
    op.create_index(op.f("ix_photo_resident_id"), "photo", ["resident_id"], unique=False)
    op.create_index(op.f("ix_photo_delete_after"), "photo", ["delete_after"], unique=False)
    op.create_index(op.f("ix_photo_forget_after"), "photo", ["forget_after"], unique=False)
