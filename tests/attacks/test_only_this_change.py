"""Odd orders of editing and publishing "only this change": laws that hold whatever people do."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from talks import records_json
from talks.partial import only
from talks.publishing import codes, gone
from talks.stamps import next_stamps
from tests.attacks.worlds import WORLD, draft, without_stamps
from tests.talks.records import LONG_AGO

EVENT = "E2222222A"
NAMED = ("rooms", "tracks", "people", "talks")


def released(programme, after, number):
    """The programme with the stamps and the memory that publishing would give it."""
    now = LONG_AGO + timedelta(seconds=number)
    stamps = next_stamps(after, programme, now)
    return replace(programme, stamps=stamps, gone=gone(after, programme))


def every_code(*programmes):
    """What can be saved by itself: placements are saved with their talk or session."""
    found = set().union(*(codes(programme) for programme in programmes)) | {EVENT}
    return sorted(code for code in found if not code.startswith("C"))


def named(programme):
    """The codes that records of other tables name."""
    talks = [p.talk for s in programme.sessions for p in s.placements]
    roles = [r for s in programme.sessions for r in s.chairs] + list(programme.organizers)
    roles += [role for talk in programme.talks for role in talk.roles]
    with_track = [*programme.sessions, *programme.talks]
    rooms = [s.room for s in programme.sessions]
    found = [*talks, *rooms, *(role.person for role in roles), *(one.track for one in with_track)]
    return {record.code for record in found if record}


def by_code(programme):
    value = records_json.dumps(programme)
    tables = (*NAMED, "sessions", "dates", "awards")
    return {record["code"]: record for table in tables for record in value[table]}


def check(programme, before, code):
    """The laws of one step: everything whole, nothing twice, nothing else touched."""
    placements = Counter(p.code for s in programme.sessions for p in s.placements)
    listed = {record.code for table in NAMED for record in getattr(programme, table)}
    assert [one for one, count in placements.items() if count > 1] == []
    assert listed == named(programme)
    assert records_json.loads(records_json.dumps(programme)) == programme
    old, new = by_code(before), by_code(programme)
    for kept in (old.keys() & new.keys()) - {code}:
        if code != EVENT or not kept.startswith("D"):
            parts = {"placements", "talks"}
            assert {k: v for k, v in old[kept].items() if k not in parts} == {
                k: v for k, v in new[kept].items() if k not in parts
            }


def check_stamps(programme, before):
    """Nothing that was ever stamped is forgotten or goes back; what moves, moves by a second."""
    stamps = {stamp.uid: stamp for stamp in programme.stamps}
    for old in before.stamps:
        new = stamps[old.uid]
        assert (new.sequence >= old.sequence, new.created) == (True, old.created)
        assert new.modified == old.modified or new.modified >= old.modified + timedelta(seconds=1)
        assert new.sequence == old.sequence or new.modified > old.modified


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.data())
def test_a_change_published_by_itself_leaves_the_programme_whole(data):
    programme = released(draft(data.draw(WORLD)), None, 0)

    for number in range(1, 4):
        tables = draft(data.draw(WORLD))
        code = data.draw(st.sampled_from(every_code(programme, tables)))
        part = only(programme, tables, code)
        part = released(part, programme, number)
        check(part, programme, code)
        check_stamps(part, programme)
        programme = part


@settings(max_examples=12, deadline=None, derandomize=True)
@given(WORLD, WORLD, st.randoms())
def test_changes_published_one_by_one_end_at_the_draft(before, after, random):
    programme, tables = released(draft(before), None, 0), draft(after)
    order = every_code(programme, tables)

    for number in range(1, 4):
        random.shuffle(order)
        for code in order:
            programme = released(only(programme, tables, code), programme, number)

    assert without_stamps(programme) == tables
