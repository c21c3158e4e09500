"""Commands beside the web process: one runs, one waits, and nothing is left of them."""

import time
from pathlib import Path

import pytest
from django.db import transaction

from eventsite import beside
from tests.house import ROOT

PATIENCE = 30  # seconds


@pytest.fixture
def stand_in(settings, tmp_path):
    """A project with a manage.py that notes when it begins and ends, and takes its time."""
    (tmp_path / "manage.py").write_text(
        "import sys, time\n"
        "print('said', *sys.argv[1:], flush=True)\n"
        "with open('notes', 'a') as notes:\n"
        "    notes.write('begins ')\n    notes.flush()\n"
        "    time.sleep(0.5)\n"
        "    notes.write('ends ')\n"
    )
    (tmp_path / "eventsite").symlink_to(ROOT / "eventsite")
    settings.BASE_DIR = settings.DATA_DIR = tmp_path
    return tmp_path


def until(claim):
    """Wait for something to be so."""
    end = time.monotonic() + PATIENCE
    while not claim() and time.monotonic() < end:
        time.sleep(0.02)
    return claim()


def notes(folder: Path) -> list[str]:
    path = folder / "notes"
    return path.read_text().split() if path.exists() else []


def test_a_command_runs_as_a_process_of_its_own_and_its_words_are_kept(stand_in):
    process = beside.launch("relate_papers", "--json")

    assert process.wait(PATIENCE) == 0
    assert notes(stand_in) == ["begins", "ends"]
    log = stand_in / "beside" / "relate_papers-json.log"
    assert log.read_text() == "said relate_papers --json\n"


def test_the_next_one_waits_and_a_third_has_nothing_to_add(stand_in):
    first = beside.launch("work")
    until(lambda: notes(stand_in) == ["begins"])

    second, third = beside.launch("work"), beside.launch("work")

    assert third is None
    assert [first.wait(PATIENCE), second.wait(PATIENCE)] == [0, 0]
    assert notes(stand_in) == ["begins", "ends", "begins", "ends"]


def test_another_command_does_not_wait(stand_in):
    first, other = beside.launch("work"), beside.launch("work", "--other")

    assert until(lambda: notes(stand_in)[:2] == ["begins", "begins"])
    assert [first.wait(PATIENCE), other.wait(PATIENCE)] == [0, 0]


def test_the_locks_fall_with_their_process(stand_in):
    first = beside.launch("work")
    until(lambda: notes(stand_in) == ["begins"])
    first.kill()
    first.wait(PATIENCE)

    assert beside.launch("work").wait(PATIENCE) == 0
    assert notes(stand_in) == ["begins", "begins", "ends"]


@pytest.mark.django_db(transaction=True)
def test_a_start_waits_for_the_transaction_and_is_dropped_with_it(settings, stand_in):
    settings.RUN_BESIDE = True

    with transaction.atomic():
        beside.start("work")
        time.sleep(0.3)
        before = notes(stand_in)

    assert before == []
    assert until(lambda: notes(stand_in) == ["begins", "ends"])


@pytest.mark.django_db(transaction=True)
def test_nothing_is_started_where_the_setting_is_off(settings, stand_in):
    settings.RUN_BESIDE = False

    beside.start("work")

    assert not (stand_in / "beside").exists()
