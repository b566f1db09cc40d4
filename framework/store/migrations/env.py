"""How Alembic runs a migration: on the connection it was handed, inside the transaction that is already open."""

from alembic import context

from framework.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=False,
)
context.run_migrations()
