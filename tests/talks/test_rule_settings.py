"""What an event says of its rules: all or nothing, and no more than what differs."""

import pytest

from eventsite.writing import Conflict, history
from talks.rule_settings import Wanted, default, told, write
from talks.solver.problem import Level, Setting
from talks.solver.rules import ABOUT
from tests.factories import make_event, make_rule

pytestmark = pytest.mark.django_db

BLOCK = Setting(Level.BLOCK, 1, {})


def kept(event):
    return {row.rule: (row.level, row.weight, row.options) for row in event.rules.all()}


def test_rule_without_a_row_is_as_by_default():
    event = make_event()

    found = {rule: told(event).setting(rule) for rule in ABOUT}

    assert found == {rule: default(rule) for rule in ABOUT}


def test_options_that_are_not_kept_are_as_by_default():
    event = make_event()
    make_rule(event, "in_hours", options={"first": "08:00", "unknown": 7})

    setting = told(event).setting("in_hours")

    assert setting.options == {**ABOUT["in_hours"].options, "first": "08:00"}


def test_only_what_differs_is_kept():
    event = make_event()
    changed = Setting(Level.WARN, 1, {**ABOUT["in_hours"].options, "step": 10})
    wanted = {"in_hours": Wanted(changed), "room_twice": Wanted(default("room_twice"))}

    number = write(event, wanted)

    assert number == 1
    assert kept(event) == {"in_hours": ("warn", 1, {"step": 10})}


def test_each_change_is_in_the_history():
    event = make_event()
    write(event, {"room_twice": Wanted(BLOCK)})
    row = event.rules.get()

    write(event, {"room_twice": Wanted(Setting(Level.IGNORE, 1, {}), 1)})
    write(event, {"room_twice": Wanted(default("room_twice"), 2)})

    assert [change.fields.get("level") for change in history(row)] == [
        ["ignore", None],
        ["block", "ignore"],
        None,
    ]


@pytest.mark.parametrize("seen", [0, 2])
def test_version_that_is_not_there_writes_nothing_at_all(seen):
    event = make_event()
    make_rule(event, "room_twice", weight=5)
    wanted = {"person_away": Wanted(BLOCK), "room_twice": Wanted(BLOCK, seen)}

    with pytest.raises(Conflict) as conflict:
        write(event, wanted)

    assert (conflict.value.seen, conflict.value.version) == (seen, 1)
    assert kept(event) == {"room_twice": ("warn", 5, {})}
