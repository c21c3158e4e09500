"""What every command asks before it begins: that the database has the tables of this program."""

from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def check_migrated() -> None:
    """Raise CommandError, in a sentence, when the database does not answer or is not migrated."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        raise CommandError(f"The database does not answer: {error}".strip()) from error
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not up to date: run manage.py migrate.")
