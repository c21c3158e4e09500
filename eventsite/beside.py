"""Work beside the web process: a command of the site as a process of its own.

Of one command line there is at most one that runs and one that waits for it: who comes while
one waits has nothing to add, as it will see what they see. Both locks are files of `DATA_DIR`
that the processes hold open, so they fall with them. What the last one said stands in
`DATA_DIR/beside/<command>.log`.
"""

import fcntl
import os
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

LESS_URGENT = 10  # to those who wait for a page: nice(2)


def start(command: str, *options: str) -> None:
    """Run `manage.py <command>` beside us once the present transaction, if any, is over.

    Nothing is run when the setting `RUN_BESIDE` is off.
    """
    if settings.RUN_BESIDE:
        transaction.on_commit(partial(launch, command, *options))


def launch(command: str, *options: str) -> subprocess.Popen[bytes] | None:
    """Run a command now, after one that runs already; None when another waits to do so."""
    folder = settings.DATA_DIR / "beside"
    folder.mkdir(parents=True, exist_ok=True)
    name = "-".join([command, *(option.strip("-") for option in options)]).replace("/", "_")
    with (folder / f"{name}.next").open("w") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        files = [str(turn.fileno()), str(folder / f"{name}.run"), str(folder / f"{name}.log")]
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py"), command, *options]
        process = subprocess.Popen(
            [sys.executable, "-m", "eventsite.beside", *files, *manage],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[turn.fileno()],
            start_new_session=True,
        )
    threading.Thread(target=process.wait, daemon=True).start()  # or it stays as a zombie
    return process


def become(turn: int, run: Path, log: Path, arguments: list[str]) -> None:
    """Wait for who runs, let the next one wait for us, and go on as the command."""
    running = os.open(run, os.O_WRONLY | os.O_CREAT)
    fcntl.flock(running, fcntl.LOCK_EX)
    os.close(turn)
    said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, sys.stdout.fileno())
    os.dup2(said, sys.stderr.fileno())
    os.set_inheritable(running, True)
    os.nice(LESS_URGENT)
    os.execv(arguments[0], arguments)


if __name__ == "__main__":
    become(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
