"""Keeps all others from writing while everything is replaced; whoever reads goes on.

SQLite has one writer anyway.
"""

import time
from collections.abc import Sequence

from django.db import OperationalError, connection, transaction

from .backups import Refused

PATIENCE = 60  # seconds that others may go on writing, one after the other
ATTEMPT = 800  # milliseconds
PAUSE = 0.1  # seconds, in which those who waited for an attempt go on
IS_TAKEN = ("57014", "40P01", "55P03")  # given up, deadlocked, not available


def lock(names: Sequence[str]) -> None:
    """Lock tables until the transaction ends, having waited for who writes. Raises Refused.

    No order of tables is that of every writer, as foreign keys are looked up when they commit.
    So an attempt ends before PostgreSQL looks for a deadlock, which it does after a second and
    which might fail the other: we let go and try again.
    """
    if connection.vendor != "postgresql":
        return
    until = time.monotonic() + PATIENCE
    while not _is_locked(names):
        if time.monotonic() > until:
            raise Refused("Others are writing all the time. Stop the site, or try again.")
        time.sleep(PAUSE)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")


def _is_locked(names: Sequence[str]) -> bool:
    quoted = ", ".join(map(connection.ops.quote_name, names))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {ATTEMPT}")
            cursor.execute(f"LOCK TABLE {quoted} IN EXCLUSIVE MODE")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") in IS_TAKEN:
            return False
        raise
    return True
