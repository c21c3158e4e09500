"""A CoSPLib workbook in the words of the solver, and the solver's places as a schedule."""

from collections import defaultdict

from talks.solver.blocks.problem import Block, Costs, Programme, Talk, Track

from .cosplib_score import Schedule


def programme_of(book, apart="block"):
    """Translate a workbook; weights and time zones become costs.

    Nobody is in two rooms in one session; with `apart` "slot", and where the workbook weighs
    nothing else, at one time.
    """
    by_slots = book.weights["presenters_slot"] and not book.weights["presenters"]
    return Programme(
        talks=tuple(
            Talk(
                code=one.name,
                track=one.track,
                slots=one.slots,
                position=one.order,
                people=frozenset(one.presenters),
                watchers=frozenset(one.attendees),
            )
            for one in book.submissions
        ),
        tracks=tuple(
            Track(track, frozenset(chairs))
            for track, chairs in book.chairs.items()
            if any(one.track == track for one in book.submissions)
        ),
        blocks=tuple(Block(one.name, one.slots) for one in book.sessions),
        rooms=book.rooms,
        costs=costs_of(book),
        apart="slot" if by_slots else apart,
        chairs_apart=book.weights["chairs"] > 0,
    )


def costs_of(book):
    weights = book.weights
    tracks = {one.track for one in book.submissions}
    sessions, rooms = {one.name for one in book.sessions}, set(book.rooms)
    return Costs(
        track_block=weighted(weights["track_session"], book.track_session, tracks, sessions),
        track_room=weighted(weights["track_room"], book.track_room, tracks, rooms),
        block_room=weighted(weights["session_room"], book.session_room, sessions, rooms),
        talk_block={
            (one.name, session.name): one.slots * cost
            for one in book.submissions
            for session in book.sessions
            if (cost := in_session(book, one, session))
        },
        talk_room={
            (one.name, room): one.slots * weights["submission_room"] * n
            for one in book.submissions
            for room, n in one.rooms.items()
        },
        alike={
            pair: weights["similar"] * n for pair, n in book.similar.items() if tracks >= set(pair)
        },
        room=weights["rooms"],
        parallel=weights["parallel"],
        gap=weights["consecutive"],
        position=weights["order"],
        watch_block=weights["attendees"],
        watch_slot=weights["attendees_slot"],
        people=weights["presenters"],
        chairs=weights["chairs"],
    )


def weighted(weight, penalties, first, second):
    """Return the costs of those pairs that the programme has."""
    return {
        (one, other): weight * n
        for (one, other), n in penalties.items()
        if one in first and other in second
    }


def in_session(book, one, session):
    """What a slot of a submission costs in a session."""
    return book.weights["submission_session"] * one.sessions.get(session.name, 0) + book.weights[
        "zone"
    ] * book.hours.penalty(session, one.zone)


def schedule_of(book, places):
    """Return the schedule of the solver's places."""
    slots_of = {one.name: one.slots for one in book.sessions}
    known = {one.name: one for one in book.submissions}
    tracks, slots = {}, defaultdict(list)
    for place in places:
        cell, one = (place.block, place.room), known[place.talk]
        tracks[cell] = one.track
        row = slots[cell] = slots[cell] or [""] * slots_of[place.block]
        row[place.start : place.start + one.slots] = [one.name] * one.slots
    return Schedule(tracks, dict(slots))
