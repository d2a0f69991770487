"""Run migrations on the connection that the caller hands in."""

from alembic import context

import rewards
from greenlife.models import Model

assert rewards.MODELS

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Model.metadata,
    render_as_batch=False,
    transactional_ddl=True,
)
context.run_migrations()
