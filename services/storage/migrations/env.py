"""Runs the migrations on the connection that `services.storage.database` hands over."""

from alembic import context

from services.storage.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7253001)")
    context.run_migrations()
