"""What this database is: its city, and whether the demo made it."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from greenlife.models.base import Model


class Installation(Model):
    """One row: the city, when it was set up, and the demo's seed if the demo made it."""

    __tablename__ = "installation"

    city: Mapped[str] = mapped_column(primary_key=True)
    set_up_at: Mapped[datetime]
    demo_seed: Mapped[int | None]
    demo_ready: Mapped[bool]
