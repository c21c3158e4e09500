"""`manage.py work`: does the jobs that wait, in this process."""

import os
import signal
import sys
from argparse import ArgumentParser
from threading import Event as Flag
from types import FrameType

from django.core.management.base import BaseCommand

from eventsite.migrated import check_migrated
from eventsite.models import JobState
from eventsite.working import Leaving, work_one

PAUSE = 2.0  # seconds between two looks for jobs


class Command(BaseCommand):
    help = "Do the jobs that wait, one after the other, until there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="one job at most")
        how.add_argument("--forever", action="store_true", help="wait for more until told to leave")

    def handle(self, *, once: bool, forever: bool, **options: object) -> None:
        check_migrated()
        leaving = Flag()

        def leave(number: int, frame: FrameType | None) -> None:
            leaving.set()

        signal.signal(signal.SIGTERM, leave)
        signal.signal(signal.SIGINT, leave)
        try:
            self.work(leaving, once, forever)
        except Leaving:
            sys.stdout.flush()
            os._exit(0)  # the job's thread may hear nothing for long

    def work(self, leaving: Flag, once: bool, forever: bool) -> None:
        """Do jobs until there is none, or until told to leave. Raises Leaving."""
        while not leaving.is_set():
            job = work_one(leaving)
            if job:
                state = JobState(job.state).label
                self.stdout.write(f"{job.kind} {job.pk}: {state}.")  # no message: it may hold names
                self.stdout.flush()
            elif forever:
                leaving.wait(PAUSE)
            if once or not (job or forever):
                break
