"""PostgreSQL's own ways round an append-only table: TRUNCATE, MERGE, COPY, resting triggers, and too many rights."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

import ledger
from tests.ledger.sample import BOOK, FUND, GUARDED, NOW, POSTGRESQL_ONLY, Scribe, drop_triggers, everything, run
from tests.ledger.test_append_only import CHANGES, check_refuses, check_takes
from tests.postgres import Server

pytestmark = POSTGRESQL_ONLY

OWN = [
    *[f"TRUNCATE {table}" for table in GUARDED],
    f"TRUNCATE {', '.join(GUARDED)} RESTART IDENTITY CASCADE",
    "MERGE INTO ledger_entry USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",
    "MERGE INTO ledger_posting USING (SELECT 1) AS one ON true WHEN MATCHED THEN UPDATE SET amount = 1",
    "WITH gone AS (DELETE FROM ledger_posting RETURNING *) SELECT * FROM gone",
]
RESTING = "SET LOCAL session_replication_role = replica"
"""Under it common triggers do not fire; it is meant for copies that a primary has checked already."""


@pytest.mark.parametrize("change", OWN)
def test_the_database_refuses_a_change(logged: Session, store: Engine, change: str) -> None:
    check_refuses(logged, store, change)


@pytest.mark.parametrize("change", OWN)
def test_without_its_triggers_the_database_takes_the_change(logged: Session, store: Engine, change: str) -> None:
    check_takes(store, change)


@pytest.mark.parametrize("change", [*CHANGES, *OWN])
def test_the_triggers_do_not_rest(logged: Session, store: Engine, change: str) -> None:
    check_refuses(logged, store, RESTING, change)


def test_common_triggers_would_rest(session: Session, store: Engine) -> None:
    run(store, "ALTER TABLE ledger_posting ENABLE TRIGGER ledger_posting_delete")

    run(store, RESTING, "DELETE FROM ledger_posting")

    assert everything(session)["ledger_posting"] == []


def copy_back(store: Engine, table: str, change: bytes = b"", to: bytes = b"") -> None:
    """Writes the rows of a table into it once more, as text in which ``change`` became ``to``."""
    connection = store.raw_connection()
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} TO STDOUT") as out:
            rows = b"".join(out)
        assert rows
        with cursor.copy(f"COPY {table} FROM STDIN") as back:
            back.write(rows.replace(change, to) if change else rows)
    connection.commit()


@pytest.mark.parametrize("table", GUARDED)
def test_rows_copied_in_replace_none(logged: Session, store: Engine, table: str) -> None:
    before = everything(logged)
    logged.commit()

    with pytest.raises(Exception, match="duplicate key"):
        copy_back(store, table)

    assert everything(logged) == before


def test_rows_copied_in_under_new_keys_are_found(session: Session, store: Engine) -> None:
    copy_back(store, "ledger_pending", b"ent_", b"fake_")

    difference = ledger.check_book(session, BOOK)

    assert difference is not None and difference.table == "ledger_pending"


@pytest.fixture
def application(postgres: Server, store: Engine) -> Iterator[Engine]:
    """The store, entered by a role with the rights of the application."""
    role = f"{store.url.database}_app"
    postgres.run(f"CREATE ROLE {role} LOGIN PASSWORD 'app'")
    run(store, *ledger.grant_ddl(role))
    engine = create_engine(store.url.set(username=role, password="app"))
    yield engine
    engine.dispose()
    run(store, f"DROP OWNED BY {role}")
    postgres.run(f"DROP ROLE {role}")


UNLOCKING = [
    *[f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in GUARDED],
    "ALTER TABLE ledger_account DROP CONSTRAINT ck_ledger_account_floor",
    "DROP TRIGGER ledger_entry_delete ON ledger_entry",
    "CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
    "DROP TABLE ledger_entry",
    "SET session_replication_role = replica",
]


@pytest.mark.parametrize("change", [*CHANGES, *OWN])
def test_the_application_has_no_right_to_change_the_ledger(
    logged: Session, store: Engine, application: Engine, change: str
) -> None:
    before = everything(logged)
    logged.commit()
    drop_triggers(store)  # the rights alone are to hold

    with pytest.raises(ProgrammingError, match="permission denied"):
        run(application, change)

    assert everything(logged) == before


@pytest.mark.parametrize("change", UNLOCKING)
def test_the_application_has_no_right_to_take_the_protection_away(
    session: Session, application: Engine, change: str
) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be (owner|able)"):
        run(application, change)


@pytest.mark.parametrize("change", UNLOCKING)
def test_the_owner_has_that_right(logged: Session, store: Engine, change: str) -> None:
    run(store, change)


def test_the_application_has_the_rights_to_post_and_to_read(application: Engine, scribe: Scribe) -> None:
    with Session(application) as session:
        ledger.post_many(session, [scribe.deposit(10), scribe.action(id="ent_1")], now=NOW)
        scribe.reverse(session, "ent_1")
        session.commit()

        assert ledger.balance(session, BOOK, FUND.path) == 10
        assert ledger.check_book(session, BOOK) is None
        with pytest.raises(ledger.BalanceTooLow):
            ledger.post(session, scribe.action(points=11), now=NOW)


def test_rights_that_the_application_had_before_are_taken_back(
    session: Session, store: Engine, application: Engine
) -> None:
    role = application.url.username
    drop_triggers(store)
    run(store, f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}")
    run(application, "UPDATE ledger_posting SET amount = amount * 2")

    run(store, *ledger.grant_ddl(role or ""))

    with pytest.raises(ProgrammingError, match="permission denied"):
        run(application, "UPDATE ledger_posting SET amount = amount * 2")
