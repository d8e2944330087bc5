"""Alembic's entry: the connection is given by mppdesk.db.migrate, which also owns the transaction."""

from alembic import context

from mppdesk.db.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
