"""Sessions keep their form: where no talk had a time of its own, none gets one.

A calendar shows such a session as one entry, and one with times as an entry for each talk: to
change the form is to withdraw entries that people have.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from . import rules
from .problem import Problem, Timetable


def keep_forms(problem: Problem, present: Timetable, found: Timetable) -> Timetable:
    """Return a timetable in which talks of whole sessions, and of panels, have no times.

    A session keeps its times where somebody could not be there for all of it.
    """
    whole = sorted(_whole(problem, present))
    broken = _broken(problem, found)
    plain = _without_starts(found, whole)
    if plain == found or _broken(problem, plain) <= broken:
        return plain
    kept = found
    for code in whole:
        plain = _without_starts(kept, [code])
        if plain != kept and _broken(problem, plain) <= broken:
            kept = plain
    return kept


def _whole(problem: Problem, present: Timetable) -> set[str]:
    """The sessions whose talks stand in it without times; without talks, the panels."""
    found = set()
    placed = present.by_code()
    for code, session in problem.sessions.items():
        held = placed[code].talks if code in placed else ()
        starts = [one.start for one in held if not problem.talks[one.talk].is_poster]
        if (not starts and session.kind == "panel") or (starts and not any(starts)):
            found.add(code)
    return found


def _without_starts(timetable: Timetable, codes: Collection[str]) -> Timetable:
    return replace(
        timetable,
        sessions=tuple(
            replace(placed, talks=tuple(replace(one, start=None) for one in placed.talks))
            if placed.session in codes
            else placed
            for placed in timetable.sessions
        ),
    )


def _broken(problem: Problem, timetable: Timetable) -> int:
    """Return how many clashes there are of rules that must hold for the people of a timetable."""
    names: Iterable[str] = ("person_twice", "person_away", "buffer", "talk_fits_session")
    checks = [rules.ABOUT[name].check for name in names if rules.must_hold(problem, name)]
    return sum(1 for check in checks for _clash in check(problem, timetable))
