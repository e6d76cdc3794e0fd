"""One writing process per database: a lock file beside it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store.database import DatabaseError


@contextmanager
def hold_lock(database: Path) -> Iterator[None]:
    """Hold the lock while the program runs; raises DatabaseError when another one does.

    The system frees it when the process ends, however it ends.
    """
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        file = database.with_name(database.name + ".lock").open("w")
    except OSError as error:
        raise DatabaseError(
            f"Le dossier « {database.parent} » ne peut pas être écrit. Vérifiez DATABASE_PATH."
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DatabaseError(
                f"Un autre programme utilise déjà la base « {database} ». Arrêtez-le d'abord."
            ) from error
        yield
