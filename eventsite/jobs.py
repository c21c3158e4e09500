"""Work that takes longer than a request: asked for by one process, done beside it by another.

A job is a row. `enqueue` writes it and starts `manage.py work` beside us; workers, on as many
machines as there are, take the waiting rows one after the other (`eventsite.working`). Nothing
else is needed: who died is seen by its silence, or at once by whoever is on the same machine.
What kinds of job there are, apps say when they are ready: `handles`.
"""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event as Flag

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import beside
from .models import Job, JobState
from .writing import Plain, User

ALIVE = (JobState.WAITING, JobState.RUNNING)
SILENCE = timedelta(seconds=60)  # of a worker, after which it is taken for dead


class Stopped(Exception):
    """Raised by a job that stops because it was told to."""


class Failed(Exception):
    """Raised by a job that cannot go on; its text is a sentence for whoever asked for it."""


class Running:
    """What a job says of itself and hears while it runs: from any thread, without the database."""

    def __init__(self) -> None:
        self.said = (0, "")  # per cent, and a line
        self.at_each_look: Callable[[], None] = lambda: (
            None
        )  # by who tells the database, each second
        self._stop = Flag()

    def progress(self, percent: int, message: str = "") -> None:
        """Say how far it is; who looks sees it within a second."""
        self.said = (max(0, min(100, percent)), message)

    @property
    def should_stop(self) -> bool:
        """Whether the job was cancelled or its worker must leave, as known a second ago."""
        return self._stop.is_set()

    def stop(self) -> None:
        self._stop.set()

    def check(self) -> None:
        """Raise Stopped if it is to stop."""
        if self.should_stop:
            raise Stopped


Run = Callable[[Job, Running], str]  # returns a line that says what came of it
Ended = Callable[[Job], None]


@dataclass(frozen=True, slots=True)
class Handler:
    """Who does the jobs of a kind, and who hears, in the same transaction, that one has ended."""

    run: Run
    ended: Ended


handlers: dict[str, Handler] = {}  # by kind of job


def handles(kind: str, run: Run, ended: Ended = lambda job: None) -> None:
    """Let `run` do the jobs of a kind. What it returns is the last message; it may raise Failed.

    It runs in a thread with a connection of its own, and shall ask `should_stop` often. `ended`
    is called however a job ends, also by the death of its process, with the state it ended in.
    """
    handlers[kind] = Handler(run, ended)


def enqueue(kind: str, argument: dict[str, Plain], by: User = None, event_code: str = "") -> Job:
    """Ask for a job of a known kind; a worker starts once the present transaction is over."""
    assert kind in handlers, kind
    job = Job.objects.create(
        kind=kind, argument=argument, by=by, event_code=event_code, language=get_language() or ""
    )
    beside.start("work")
    return job


def cancel(job: Job) -> None:
    """Stop a job: at once if it waits, else as soon as it hears of it."""
    with transaction.atomic():
        if not end(job, JobState.CANCELLED, since=(JobState.WAITING,)):
            Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(wants_stop=True)
        job.refresh_from_db()


def sweep() -> int:
    """Mark what died as interrupted, and start a worker if one is missing; return how many died.

    For whoever looks at jobs: three queries when all is well.
    """
    died = bury()
    ours = Job.objects.filter(state__in=ALIVE, kind__in=handlers).order_by()
    states = set(ours.values_list("state", flat=True))
    if states == {JobState.WAITING}:
        beside.start("work")
    return died


def bury() -> int:
    """Mark as interrupted the jobs whose process is gone or silent; return how many.

    Silence is measured by the clock of the database, as machines' clocks differ.
    """
    running = Job.objects.filter(state=JobState.RUNNING)
    silent = set(running.filter(heartbeat__lt=Now() - SILENCE).values_list("pk", flat=True))
    dead = [job for job in running if job.pk in silent or is_gone(job.host)]
    return sum(interrupt(job) for job in dead)


def interrupt(job: Job) -> bool:
    """Mark a job as interrupted, if it runs still where it ran; return whether it did."""
    return end(job, JobState.INTERRUPTED, _("The process that did this ended before it was done."))


def interrupt_all() -> None:
    """Mark what waits or runs as interrupted: after a restore, nobody does it any more."""
    for job in Job.objects.filter(state__in=ALIVE):
        end(job, JobState.INTERRUPTED, _("A backup was restored meanwhile."))


def end(job: Job, state: JobState, message: str = "", since: tuple[JobState, ...] = ALIVE) -> bool:
    """Write how a job ended and tell its kind; False when it had already, or runs elsewhere."""
    with transaction.atomic():
        rows = Job.objects.filter(pk=job.pk, state__in=since, host=job.host)
        whole = {"progress": 100} if state == JobState.DONE else {}
        if not rows.update(state=state, message=message, finished=timezone.now(), **whole):
            return False
        job.refresh_from_db()
        if handler := handlers.get(job.kind):
            handler.ended(job)
    return True


def here() -> str:
    """Return what this process is known by: machine, namespace of process numbers, number."""
    return f"{machine()} {os.getpid()}"


def machine() -> str:
    """Return where process numbers mean the same as here: two containers may share a name."""
    try:
        namespace = os.stat("/proc/self/ns/pid").st_ino
    except OSError:
        namespace = 0
    return f"{socket.gethostname()} {namespace}"


def is_gone(host: str) -> bool:
    """Whether a process is known to be gone: of this machine, and no longer there."""
    where, _space, number = host.rpartition(" ")
    if where != machine():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass  # somebody else's, and there
    return False
