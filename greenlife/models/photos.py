"""Photos that were sent as evidence, apart from the records, so that a picture goes long before its record does."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from greenlife.models.base import Model


class Photo(Model):
    """A photo and the action it is the evidence of; ``sha256`` is that of the file as it was sent.

    ``picture`` and ``delete_after`` are None once the picture was deleted; ``resident_id`` and ``entry_id`` once its
    resident has left. What is left then, that this file was used, goes after ``forget_after``. Both are local days.
    """

    __tablename__ = "photo"

    id: Mapped[str] = mapped_column(primary_key=True)
    resident_id: Mapped[str | None] = mapped_column(index=True)
    entry_id: Mapped[str | None] = mapped_column(unique=True)
    sha256: Mapped[str]
    taken_in_at: Mapped[datetime]
    delete_after: Mapped[date | None] = mapped_column(index=True)
    forget_after: Mapped[date] = mapped_column(index=True)
    size: Mapped[int]
    picture: Mapped[bytes | None] = mapped_column(deferred=True)
