"""The model's terms about the shape of a day are what the rules find."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from .worlds import model_agrees, problems, timetables


@given(st.data())
def test_model_agrees_on_openings(data):
    problem = data.draw(problems())
    timetable = data.draw(timetables(problem))

    model_agrees("opening_first", problem, timetable)


@given(st.data())
def test_model_agrees_on_idle_time(data):
    problem = data.draw(problems(session_count=4))
    timetable = data.draw(timetables(problem))

    model_agrees("no_idle_time", problem, timetable)


@given(st.data())
def test_model_agrees_on_breaks_between_sessions(data):
    problem = data.draw(problems(session_count=4))
    timetable = data.draw(timetables(problem))

    model_agrees("breaks_between", problem, timetable)


@given(st.data())
def test_model_agrees_on_breaks(data):
    longest = data.draw(st.sampled_from([0, 40, 60, 100]))
    problem = data.draw(problems(session_count=4, breaks_in_time={"longest": longest}))
    timetable = data.draw(timetables(problem))

    model_agrees("breaks_in_time", problem, timetable)


@given(st.data())
def test_model_agrees_on_events_without_rooms(data):
    problem = data.draw(problems())
    timetable = data.draw(timetables(problem))
    nowhere = [replace(placed, room="") for placed in timetable.sessions]

    model_agrees(
        "one_place", replace(problem, rooms={}), replace(timetable, sessions=tuple(nowhere))
    )
