"""The public log of a demo, extended and signed by hand: what the scheduled job does every second."""

import os
from datetime import UTC, datetime
from pathlib import Path

import ledger
from greenlife.db import open_database
from greenlife.programme import load_programme
from greenlife.public_log import keeper_of, origin_of
from greenlife.settings import Settings


def sign_logs(var: Path) -> None:
    """Every entry of every district is in its log, under a signed checkpoint."""
    settings = Settings(
        database_url=f"sqlite:///{var / 'demo.db'}", secret_key="s" * 40, base_url="http://localhost", city="huzhou",
        var=var, demo=True,
    )  # fmt: skip
    keeper, database = keeper_of(settings), open_database(settings.database_url)
    if not keeper.signers("any"):
        keeper.add_key(os.urandom)
    for district in load_programme(settings.city).city.districts:
        book, origin = district.id, origin_of(settings, district.id)
        waiting = True
        while waiting:
            note = keeper.checkpoint(book)
            kept = note and ledger.open_checkpoint(note, origin=origin, verifiers=keeper.verifiers(origin))
            with database.writing() as session:
                head = ledger.extend_log(session, book, kept=kept or None)
            waiting = head.waiting
            signed = ledger.sign_checkpoint(ledger.Checkpoint(origin, head.size, head.root), keeper.signers(origin))
            keeper.keep_checkpoint(book, signed)
            with database.writing() as session:
                ledger.note_checkpoint(session, head, signed, now=datetime.now(UTC))
