"""Where a run of the log can be cut off, each by a change that lasts as long as the patch; as a program: by SIGKILL.

``python -m tests.greenlife.cut_off FOLDER STEP`` advances the log of the world in a folder, and is killed at a step.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ledger
from greenlife.db import open_database
from greenlife.programme import load_programme
from greenlife.public_log import advance_log
from greenlife.public_log.signing import Signing
from ledger import LogKeeper
from ledger import publication as publishing
from tests.world import World

End = Callable[..., None]


class CutOff(Exception):
    """The run ends here."""


def _after(patch: pytest.MonkeyPatch, owner: Any, name: str, end: End) -> None:
    whole = getattr(owner, name)

    def cut(*at: Any, **by: Any) -> Any:
        whole(*at, **by)
        end()

    patch.setattr(owner, name, cut)


def _before_the_checkpoint(patch: pytest.MonkeyPatch, end: End) -> None:
    sync = publishing._sync

    def cut(*at: Any) -> None:
        sync(*at)
        end()

    patch.setattr(publishing, "_sync", cut)


STEPS: dict[str, Callable[[pytest.MonkeyPatch, End], None]] = {
    "before the commit": lambda patch, end: _after(patch, ledger, "extend_log", end),
    "after the commit": lambda patch, end: patch.setattr(Signing, "sign", end),
    "after signing": lambda patch, end: patch.setattr(LogKeeper, "keep_checkpoint", end),
    "after keeping": lambda patch, end: _after(patch, LogKeeper, "keep_checkpoint", end),
    "before the note is committed": lambda patch, end: _after(patch, ledger, "note_checkpoint", end),
    "after the note": lambda patch, end: patch.setattr(ledger, "publish_log", end),
    "in the middle of publishing": lambda patch, end: patch.setattr(publishing, "_bundle", end),
    "before the checkpoint is published": _before_the_checkpoint,
}


def main(folder: Path, step: str) -> None:
    world = World(open_database(f"sqlite:///{folder / 'world.db'}"), load_programme("huzhou"))
    with pytest.MonkeyPatch.context() as patch:
        STEPS[step](patch, lambda *_at, **_by: os.kill(os.getpid(), signal.SIGKILL))
        advance_log(world.runtime(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
