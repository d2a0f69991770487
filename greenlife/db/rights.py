"""What the application may do in a PostgreSQL database that somebody else owns."""

import ledger


def application_rights(role: str) -> list[str]:
    """The statements by which the owner of the tables lets a role run the application, and no more than that.

    It reads and writes rows, changes nothing in the ledger but balances, and neither tables nor the record of which
    migrations ran. To be run again after each migration.
    """
    grantee = ledger.quote_role(role)
    return [
        f"GRANT USAGE ON SCHEMA public TO {grantee}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {grantee}",
        f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {grantee}",
        *ledger.grant_ddl(role),
    ]
