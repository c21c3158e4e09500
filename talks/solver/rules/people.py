"""Rules about the people on stage: where they can be, and who a panel needs."""

from collections.abc import Iterator

from talks.solver.kinds import PANEL
from talks.solver.problem import Clash, Named, Problem, Timetable

from .about import rule
from .reading import on_stage, overlaps
from .times import first_met

ROLES = ("speakers", "moderators", "panelists", "chairs")  # authors may be anywhere
PANELISTS = 2  # at least


@rule(must=True, options={**dict.fromkeys(ROLES, True), "authors": False})
def person_twice(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Nobody is on stage in two sessions at once: as speaker, moderator, panelist or chair.

    Within one session a person may do several things, so also stand at two of its posters.
    """
    for person, taken in on_stage(problem, timetable):
        for one, other in overlaps(taken):
            yield Clash("person_twice", person, (one.part, other.part))


@rule(must=True)
def person_away(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """Nobody is on stage when they cannot be there; of several such times the first is told."""
    for person, taken in on_stage(problem, timetable):
        times = problem.people[person.code].away
        for one in taken if times else ():
            if away := first_met(one, times):
                yield Clash("person_away", person, (one.part,), away=away)


@rule(must=False, weight=5)
def panel(problem: Problem, timetable: Timetable) -> Iterator[Clash]:
    """A panel has a moderator and at least two panelists, wherever it stands."""
    for talk in problem.talks.values():
        if talk.kind != PANEL:
            continue
        about = Named(talk.code, talk.title)
        if not talk.moderators:
            yield Clash("panel", about, fault="no_moderator")
        if len(talk.panelists) < PANELISTS:
            yield Clash("panel", about, fault="few_panelists")
