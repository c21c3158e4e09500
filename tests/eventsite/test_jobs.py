"""Jobs beside the web process: done once, told of, stopped, and never lost without a word.

Processes are real; each has the database of the test for its own.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from eventsite import jobs, working
from eventsite.jobs import Failed, Running, Stopped
from eventsite.models import Job
from tests.factories import make_user
from tests.house import ROOT

PATIENCE = 60  # seconds

# A manage.py whose site knows three kinds of job.
MANAGE = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "eventsite.settings"
from django.core.management import execute_from_command_line
from eventsite import beside
import django
django.setup()
from eventsite import jobs

def note(job, running):
    with open("notes", "a") as notes:
        notes.write(f"{job.argument['number']}\\n")
    return "Noted."

def wait(job, running):
    running.progress(40, "Waiting")
    while not running.should_stop:
        time.sleep(0.05)
    running.check()

def hear_nothing(job, running):
    running.progress(10, "Deep")
    time.sleep(600)

for kind in (note, wait, hear_nothing):
    jobs.handles(kind.__name__, kind)
execute_from_command_line(sys.argv)
"""


@pytest.fixture(autouse=True)
def kinds():
    """The kinds of those other processes, and those of a test, for this process."""
    before = dict(jobs.handlers)
    for kind in ("note", "wait", "hear_nothing"):
        jobs.handles(kind, lambda job, running: "")
    yield
    jobs.handlers.clear()
    jobs.handlers.update(before)


@pytest.fixture
def shared(transactional_db, tmp_path):
    """Let the database of the test be one that other processes see; return its address."""
    own = connection.settings_dict
    if connection.vendor == "postgresql":
        user = f"{own['USER']}:{own['PASSWORD']}".rstrip(":")
        yield f"postgres://{user}@{own['HOST']}:{own['PORT']}/{own['NAME']}"
        return
    path = tmp_path / "site.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    memory, file = connections["default"], connections.create_connection("default")
    file.settings_dict = {**own, "NAME": str(path)}
    connections["default"] = file
    yield f"sqlite:///{path}"
    file.close()
    connections["default"] = memory


@pytest.fixture
def site(shared, settings, monkeypatch, tmp_path):
    """A folder with a manage.py, for which `enqueue` and `sweep` start workers."""
    (tmp_path / "manage.py").write_text(MANAGE)
    monkeypatch.setenv("DATABASE_URL", shared)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    settings.BASE_DIR = settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def worker(site):
    """Start workers in that folder, as processes, which end with the test."""
    started = []

    def start(*options):
        command = [sys.executable, "manage.py", "work", *options]
        started.append(subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def until(claim):
    """Wait for something to be so."""
    end = time.monotonic() + PATIENCE
    while not claim() and time.monotonic() < end:
        time.sleep(0.05)
    return claim()


def has_begun(job):
    job.refresh_from_db()
    return job.state == "running" and job.message


def has_ended(job):
    job.refresh_from_db()
    return job.finished


def notes(site):
    path = site / "notes"
    return path.read_text().split() if path.exists() else []


# What runs, in processes


def test_job_is_done_beside_the_process_that_asked_once_its_transaction_is_over(site, settings):
    settings.RUN_BESIDE = True

    with transaction.atomic():
        job = jobs.enqueue("note", {"number": 1}, event_code="E23456789")
    until(lambda: has_ended(job))

    assert (job.state, job.progress, job.message) == ("done", 100, "Noted.")
    assert notes(site) == ["1"]


def test_several_workers_do_every_job_once(site, worker):
    asked = [jobs.enqueue("note", {"number": number}) for number in range(30)]

    workers = [worker() for _ in range(3)]

    assert [process.wait(PATIENCE) for process in workers] == [0, 0, 0]
    assert sorted(map(int, notes(site))) == list(range(30))
    assert {job.state for job in Job.objects.all()} == {"done"}
    assert len(asked) == Job.objects.count()


def test_killed_worker_leaves_an_interrupted_job_and_the_next_one_starts(site, settings):
    settings.RUN_BESIDE = True
    long, after = jobs.enqueue("wait", {}), jobs.enqueue("note", {"number": 2})
    until(lambda: has_begun(long))
    first = int(long.host.split()[-1])
    settings.RUN_BESIDE = False
    waiting = [p for p in workers_of(site) if p != first]
    for number in [*waiting, first]:
        os.kill(number, signal.SIGKILL)
    until(lambda: jobs.is_gone(long.host))
    settings.RUN_BESIDE = True

    died = jobs.sweep()

    until(lambda: has_ended(after))
    long.refresh_from_db()
    assert died == 1
    assert (long.state, long.progress) == ("interrupted", 40)
    assert long.message == "The process that did this ended before it was done."
    assert after.state == "done"


def workers_of(site):
    """Return the numbers of the processes that run a worker in a folder, or wait to."""
    lines = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True).stdout
    return [int(line.split()[0]) for line in lines.splitlines() if f"{site}/manage.py" in line]


def test_worker_marks_what_a_dead_one_left_before_it_goes_on(site, worker):
    long, after = jobs.enqueue("wait", {}), jobs.enqueue("note", {"number": 3})
    first = worker()
    until(lambda: has_begun(long))
    first.kill()
    first.wait(PATIENCE)

    second = worker()

    said, _error = second.communicate(timeout=PATIENCE)
    long.refresh_from_db()
    assert long.state == "interrupted"
    assert said == f"note {after.pk}: done.\n"


def test_worker_that_is_told_to_leave_marks_its_job_and_leaves_though_that_hears_nothing(worker):
    job, after = jobs.enqueue("hear_nothing", {}), jobs.enqueue("note", {"number": 4})
    process = worker()
    until(lambda: has_begun(job))

    process.terminate()

    assert process.wait(PATIENCE) == 0
    assert has_ended(job)
    after.refresh_from_db()
    assert (job.state, after.state) == ("interrupted", "waiting")


def test_running_job_is_cancelled_and_the_worker_goes_on(site, worker):
    job, after = jobs.enqueue("wait", {}), jobs.enqueue("note", {"number": 5})
    process = worker("--forever")
    until(lambda: has_begun(job))

    jobs.cancel(job)

    until(lambda: has_ended(after))
    process.terminate()
    job.refresh_from_db()
    assert (job.state, job.message) == ("cancelled", "It was stopped.")
    assert after.state == "done"
    assert process.wait(PATIENCE) == 0


def test_once_is_one_job(site, worker):
    first, second = (jobs.enqueue("note", {"number": number}) for number in (6, 7))

    assert worker("--once").wait(PATIENCE) == 0

    assert has_ended(first)
    assert not has_ended(second)


# What is decided, in this process


def do(run, leaving=None, **fields):
    """Let a function be a job, do it, and return the row."""
    ends = []
    jobs.handles("test", run, lambda job: ends.append(job.state))
    job = jobs.enqueue("test", fields)
    assert working.work_one(leaving or threading.Event()) == job
    job.refresh_from_db()
    assert ends == [job.state]
    return job


@pytest.mark.django_db
def test_job_knows_what_was_asked_and_who_asked():
    user = make_user()
    jobs.handles("test", lambda job, running: f"{job.argument['day']} for {job.by}")
    jobs.enqueue("test", {"day": "Friday"}, by=user)

    job = working.work_one(threading.Event())

    assert job.message == f"Friday for {user}"


@pytest.mark.django_db
def test_failed_job_says_why_in_its_own_sentence():
    def run(job, running):
        raise Failed("There is nothing to place.")

    assert (do(run).state, do(run).message) == ("failed", "There is nothing to place.")


@pytest.mark.django_db
def test_job_that_breaks_says_so_without_the_words_of_the_error(caplog):
    def run(job, running):
        raise ValueError("Ada Lovelace")

    job = do(run)

    assert job.state == "failed"
    assert job.message == "It broke off by an error of the program (ValueError); the log says more."
    assert "ValueError: Ada Lovelace" in caplog.text


@pytest.mark.django_db
def test_job_that_waits_is_cancelled_at_once_and_never_done():
    ends = []
    jobs.handles("test", lambda job, running: "", lambda job: ends.append(job.state))
    job = jobs.enqueue("test", {})

    jobs.cancel(job)

    assert (job.state, ends) == ("cancelled", ["cancelled"])
    assert working.work_one(threading.Event()) is None


@pytest.mark.django_db
def test_job_that_is_over_cannot_be_cancelled():
    job = do(lambda job, running: "Done.")

    jobs.cancel(job)

    assert (job.state, job.wants_stop) == ("done", False)


@pytest.mark.django_db
def test_job_that_stops_as_it_was_told_is_cancelled():
    def run(job, running):
        running.stop()
        running.check()

    assert do(run).state == "cancelled"


@pytest.mark.django_db
def test_oldest_job_comes_first_and_kinds_of_other_sites_wait():
    Job.objects.create(kind="of another version")
    jobs.handles("test", lambda job, running: "")
    asked = [jobs.enqueue("test", {}) for _ in range(3)]

    done = [working.work_one(threading.Event()) for _ in range(4)]

    assert done == [*asked, None]


def make_running(**fields):
    return Job.objects.create(kind="test", state="running", **{"host": "elsewhere 1 7", **fields})


@pytest.mark.django_db
def test_silent_job_of_another_machine_is_taken_for_dead_and_a_speaking_one_is_not():
    now = timezone.now()
    silent = make_running(heartbeat=now - jobs.SILENCE - timedelta(seconds=5))
    speaking = make_running(heartbeat=now - jobs.SILENCE + timedelta(seconds=20))

    assert jobs.sweep() == 1

    silent.refresh_from_db()
    speaking.refresh_from_db()
    assert (silent.state, speaking.state) == ("interrupted", "running")


@pytest.mark.django_db
def test_job_of_a_process_that_lives_here_goes_on():
    job = make_running(heartbeat=timezone.now(), host=jobs.here())

    assert jobs.sweep() == 0
    assert not jobs.is_gone(job.host)


@pytest.mark.django_db
def test_job_whose_process_is_gone_from_here_is_interrupted_though_it_spoke_just_now():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait(PATIENCE)
    make_running(heartbeat=timezone.now(), host=f"{jobs.machine()} {process.pid}")

    assert jobs.sweep() == 1


@pytest.mark.django_db
def test_job_that_was_taken_for_dead_hears_that_it_is_to_stop_and_changes_nothing(monkeypatch):
    def run(job, running):
        while not running.should_stop:
            time.sleep(0.01)
        raise Stopped

    monkeypatch.setattr(working, "LOOK", 0.05)
    jobs.handles("test", run)
    jobs.enqueue("test", {})
    job = working.claim()
    Job.objects.update(state="interrupted", message="Silent.")

    working.run(job, threading.Event())

    job.refresh_from_db()
    assert (job.state, job.message) == ("interrupted", "Silent.")


@pytest.mark.django_db
def test_progress_is_told_and_life_is_shown_though_nothing_is_said(monkeypatch):
    job = make_running(host=jobs.here())
    running = Running()
    heart = working.Heart(job, running)

    heart.look()
    job.refresh_from_db()
    before = (job.progress, job.message, job.heartbeat)
    running.progress(140, "Nearly")
    heart.look()
    job.refresh_from_db()
    told = (job.progress, job.message)
    Job.objects.update(heartbeat=None)
    monkeypatch.setattr(working, "BEAT", 0)
    heart.look()
    job.refresh_from_db()

    assert before == (0, "", None)
    assert told == (100, "Nearly")
    assert timezone.now() - job.heartbeat < timedelta(seconds=20)


@pytest.mark.django_db
def test_job_may_have_something_done_at_each_look():
    running, looks = Running(), []
    heart = working.Heart(make_running(host=jobs.here()), running)
    heart.look()

    running.at_each_look = lambda: looks.append(running.said)
    heart.look()

    assert looks == [(0, "")]


@pytest.mark.django_db
def test_looking_at_jobs_takes_three_queries_however_many(django_assert_num_queries):
    for _ in range(5):
        Job.objects.create(kind="test", state="done")
        make_running(heartbeat=timezone.now())

    with django_assert_num_queries(3):
        jobs.sweep()


@pytest.mark.django_db
@pytest.mark.parametrize(("is_superuser", "status"), [(True, 200), (False, 403)])
def test_superusers_read_jobs_and_nobody_else(client, is_superuser, status):
    client.force_login(make_user(is_superuser=is_superuser))
    job = make_running(message="Half of it is there.", by=make_user())

    pages = [
        client.get("/admin/eventsite/job/"),
        client.get(f"/admin/eventsite/job/{job.pk}/change/"),
    ]

    assert [page.status_code for page in pages] == [status, status]
    told = ["Half of it is there." in page.content.decode() for page in pages]
    assert told == [is_superuser, is_superuser]


def test_job_of_no_known_kind_is_refused():
    with pytest.raises(AssertionError):
        jobs.enqueue("never heard of", {})
