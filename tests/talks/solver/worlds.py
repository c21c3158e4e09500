"""Small random problems and timetables, and the question whether the model agrees with a rule.

A timetable that is drawn is one that the model can express: sessions start on steps, talks lie
within their sessions and follow each other. Whatever a rule asks beyond that is drawn freely.
"""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from ortools.sat.python import cp_model

from talks.solver import rules, scope
from talks.solver.exact.model import build_rule, fix
from talks.solver.kinds import takes
from talks.solver.problem import (
    Kind,
    Level,
    Person,
    PlacedSession,
    PlacedTalk,
    Problem,
    Relation,
    Room,
    Session,
    Setting,
    Span,
    Talk,
    Timetable,
    Track,
    pair,
)

DAY = datetime(2027, 3, 26, 9, tzinfo=UTC)
STEP = 30
DAYS, HOURS = 2, 4
FEATURES, LANGUAGES, LEVELS = ("beamer", "piano"), ("", "en", "de"), ("", "beginner", "advanced")


def moment(half_hours, day=0):
    return DAY + timedelta(days=day, minutes=STEP * half_hours)


@st.composite
def spans(draw, code):
    day = draw(st.integers(0, DAYS - 1))
    first = draw(st.integers(0, 2 * HOURS - 1))
    end = draw(st.integers(first + 1, 2 * HOURS))
    return Span(code, moment(first, day), moment(end, day))


def some_of(codes, most=2):
    return st.lists(st.sampled_from(codes), max_size=most, unique=True).map(tuple)


@st.composite
def people(draw, code):
    times = {
        name: tuple(draw(st.lists(spans(code), max_size=2)))
        for name in ("away", "rather_not", "likes")
    }
    zone = draw(st.sampled_from(["", "", "Asia/Tokyo", "America/Los_Angeles"]))
    return Person(code, f"Person {code}", **times, zone=zone)


@st.composite
def rooms(draw, code, position):
    return Room(
        code,
        f"Room {code}",
        capacity=draw(st.sampled_from([None, 20, 100])),
        features=frozenset(draw(some_of(FEATURES))),
        closed=tuple(draw(st.lists(spans(code), max_size=1))),
        rather_not=tuple(draw(st.lists(spans(code), max_size=1))),
        position=position,
    )


@st.composite
def talks(draw, code):
    on_stage = draw(some_of(["H1", "H2", "H3"]))
    is_poster = draw(st.integers(0, 3)) == 0
    kind = "poster" if is_poster else draw(st.sampled_from(["contributed", "keynote", "panel"]))
    return Talk(
        code,
        f"Talk {code}",
        minutes=draw(st.sampled_from([30, 30, 60])),
        people=on_stage,
        is_poster=is_poster,
        kind=kind,
        moderators=on_stage[:1] if kind == "panel" else (),
        panelists=on_stage[1:] if kind == "panel" else (),
        track=draw(st.sampled_from(["", "K1", "K2"])),
        paper=draw(st.sampled_from(["", "", "P1"])),
        demand=draw(st.sampled_from([None, 30, 200])),
        features=frozenset(draw(some_of(FEATURES, 1))),
        rooms=frozenset(draw(some_of(["R1", "R2"]))),
        language=draw(st.sampled_from(LANGUAGES)),
        level=draw(st.sampled_from(LEVELS)),
    )


@st.composite
def sessions(draw, code):
    return Session(
        code,
        f"Session {code}",
        people=draw(some_of(["H1", "H2"], 1)),
        kind=draw(
            st.sampled_from(["talks", "talks", "talks", "posters", "panel", "opening", "break"])
        ),
        minutes=draw(st.sampled_from([60, 60, 90])),
        track=draw(st.sampled_from(["", "", "K1", "K2"])),
        is_plenary=draw(st.integers(0, 5)) == 0,
    )


@st.composite
def relations(draw, codes):
    first, second = draw(st.permutations(codes))[:2]
    return Relation(draw(st.sampled_from(list(Kind))), first, second)


@st.composite
def counts(draw, codes, most):
    chosen = draw(st.lists(st.permutations(codes), max_size=3))
    return {pair(*some[:2]): draw(st.integers(1, most)) for some in chosen}


@st.composite
def problems(draw, talk_count=4, session_count=3, **settings):
    """A problem of two days of four hours; `settings` are the options of rules, by rule."""
    talk_codes = [f"T{number}" for number in range(1, talk_count + 1)]
    session_codes = [f"S{number}" for number in range(1, session_count + 1)]
    return Problem(
        people={code: draw(people(code)) for code in ("H1", "H2", "H3")},
        rooms={code: draw(rooms(code, n)) for n, code in enumerate(("R1", "R2"))},
        sessions={code: draw(sessions(code)) for code in session_codes},
        talks={code: draw(talks(code)) for code in talk_codes},
        tracks={"K1": Track("K1", "Track 1"), "K2": Track("K2", "Track 2")},
        relations=tuple(draw(st.lists(relations(talk_codes), max_size=2))),
        walks=draw(st.sampled_from([{}, {("R1", "R2"): 30}])),
        hours=tuple(Span("", moment(0, day), moment(2 * HOURS, day)) for day in range(DAYS)),
        step=STEP,
        together=draw(counts(talk_codes, 9)),
        alike=draw(counts(talk_codes, 100)),
        settings={rule: Setting(Level.WARN, 1, options) for rule, options in settings.items()},
    )


@st.composite
def timetables(draw, problem):
    """A timetable in which sessions may be missing, and talks too."""
    left = list(problem.talks)
    placed = []
    for code, session in problem.sessions.items():
        if draw(st.integers(0, 7)) == 0:
            continue
        day = draw(st.integers(0, DAYS - 1))
        start = moment(draw(st.integers(0, 2 * HOURS - session.minutes // STEP)), day)
        room = draw(st.sampled_from(list(problem.rooms) + ([""] if session.is_for_all else [])))
        end = start + timedelta(minutes=session.minutes)
        held = tuple(draw(_held(problem, session, start, left)))
        placed.append(PlacedSession(code, start, end, room, held))
    return Timetable(tuple(placed))


@st.composite
def _held(draw, problem, session, start, left):
    free = session.minutes
    found = []
    for code in list(left):
        talk = problem.talks[code]
        if not takes(session.kind, talk) or draw(st.integers(0, 2)) == 0:
            continue
        if talk.is_poster:
            found.append(PlacedTalk(code))
        elif talk.minutes <= free:
            found.append(PlacedTalk(code, start + timedelta(minutes=session.minutes - free)))
            free -= talk.minutes
        else:
            continue
        left.remove(code)
    return found


def amount_by_rule(rule, problem, timetable):
    return sum(clash.amount for clash in rules.ABOUT[rule].check(problem, timetable))


def amount_by_model(rule, problem, timetable, present=None, moving=None):
    """Return the least and the most that the model's terms of a rule can be; None: refused.

    `moving` is the scope: everything, if nothing is said.
    """
    present = present or Timetable()
    moving = moving or scope.everything(problem, present)
    v, found = build_rule(rule, problem, present, moving)
    if not fix(v, timetable):
        return None
    total = sum(term.amount for term in found)
    amounts = []
    for sense in (1, -1):
        v.model.clear_objective()
        v.model.minimize(sense * total)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        if solver.solve(v.model) != cp_model.OPTIMAL:
            return None
        amounts.append(sum(solver.value(term.amount) for term in found))
    return tuple(amounts)


def model_agrees(rule, problem, timetable, present=None, moving=None):
    """Assert that the terms of a rule, for this timetable, are what the rule finds."""
    amount = amount_by_rule(rule, problem, timetable)

    assert amount_by_model(rule, problem, timetable, present, moving) == (amount, amount)
