"""A worker: takes waiting jobs, oldest first, and does each to its end.

The job runs in a thread; the main thread tells the database that it lives and what it says, and
hears there, or by a signal, that it is to stop. So a job that is deep in a library of another
language stops nobody from leaving.
"""

import logging
import time
from dataclasses import dataclass
from threading import Event as Flag
from threading import Thread

from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .jobs import Failed, Running, Stopped, bury, end, handlers, here, interrupt
from .models import Job, JobState

logger = logging.getLogger(__name__)

LOOK = 1.0  # seconds between two looks at the row of a job that runs
BEAT = 5.0  # seconds between two signs of life


class Leaving(Exception):
    """The worker was told to leave while a job ran, which is marked as interrupted."""


@dataclass(slots=True)
class Outcome:
    state: JobState = JobState.FAILED
    message: str = ""


def work_one(leaving: Flag) -> Job | None:
    """Do the oldest job that waits; None when there is none. Raises Leaving."""
    bury()
    job = claim()
    if job:
        run(job, leaving)
    return job


def claim() -> Job | None:
    """Take the oldest waiting job of a kind that we can do, which nobody else takes then."""
    waiting = Job.objects.filter(state=JobState.WAITING, kind__in=handlers).order_by("pk")
    while job := waiting.first():
        ours = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
        if ours.update(
            state=JobState.RUNNING, host=here(), started=timezone.now(), heartbeat=Now()
        ):
            return Job.objects.select_related("by").get(pk=job.pk)
    return None


def run(job: Job, leaving: Flag) -> None:
    """Do a job that is ours and write how it ended. Raises Leaving."""
    running, outcome = Running(), Outcome()
    thread = Thread(target=_do, args=(job, running, outcome), daemon=True)
    heart = Heart(job, running)
    thread.start()
    while thread.is_alive():
        thread.join(LOOK)
        if leaving.is_set() and thread.is_alive():
            running.stop()
            interrupt(job)
            raise Leaving
        heart.look()
    _end(job, outcome)


def _end(job: Job, outcome: Outcome) -> None:
    """Write how a job ended. What failed once it was told to stop says no more than that it did.

    What it would say may name somebody who was erased meanwhile.
    """
    with transaction.atomic():
        row = Job.objects.select_for_update().filter(pk=job.pk).first()
        if row and row.wants_stop and outcome.state == JobState.FAILED:
            outcome = Outcome(JobState.CANCELLED, _("It was stopped."))
        end(job, outcome.state, outcome.message)


def _do(job: Job, running: Running, outcome: Outcome) -> None:
    try:
        with translation.override(job.language or settings.LANGUAGE_CODE):
            _try(job, running, outcome)
    finally:
        connections.close_all()  # those of this thread


def _try(job: Job, running: Running, outcome: Outcome) -> None:
    try:
        outcome.message = handlers[job.kind].run(job, running)
        outcome.state = JobState.DONE
    except Stopped:
        outcome.state, outcome.message = JobState.CANCELLED, _("It was stopped.")
    except Failed as failure:
        outcome.message = str(failure)
    except Exception as error:
        logger.exception("Job %s (%s) failed", job.pk, job.kind)
        outcome.message = _("It broke off by an error of the program (%s); the log says more.") % (
            type(error).__name__
        )


class Heart:
    """Tells the row of a job what it says and that it lives, and it what the row says."""

    def __init__(self, job: Job, running: Running):
        self.job, self.running = job, running
        self.told, self.beaten = running.said, time.monotonic()

    def look(self) -> None:
        """Tell and hear; an unreachable database is asked again."""
        try:
            self._look()
        except DatabaseError:
            logger.warning("Job %s cannot reach the database", self.job.pk, exc_info=True)
            connection.close_if_unusable_or_obsolete()

    def _look(self) -> None:
        self.running.at_each_look()
        ours = Job.objects.filter(pk=self.job.pk, state=JobState.RUNNING, host=self.job.host)
        said, now = self.running.said, time.monotonic()
        if said != self.told or now - self.beaten >= BEAT:
            ours.update(progress=said[0], message=said[1], heartbeat=Now())
            self.told, self.beaten = said, now
        if ours.values_list("wants_stop", flat=True).first() is not False:
            self.running.stop()  # cancelled; or no longer ours, as we were taken for dead
