"""Scoring a CoSPLib schedule from its sheets alone; shares nothing with the solver.

The sixteen penalties as the library's checker counts them (github.com/ahmedkheiri/CoSPLib), each
a list of what it is for, so that it can be compared with the sheet `violations` name by name.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, groupby

from openpyxl import Workbook as Book
from openpyxl import load_workbook

from .cosplib_workbook import rows_of, text


@dataclass(frozen=True)
class Schedule:
    """The sheet `sol`: (session, room) -> track, and (session, room) -> submission by slot."""

    tracks: dict[tuple[str, str], str]
    slots: dict[tuple[str, str], list[str]]


def read_schedule(path):
    """Read the sheet `sol`: tracks by session and room, an empty row, submissions by slot."""
    sheet = load_workbook(path, data_only=True)["sol"]
    rows = rows_of(sheet)
    rooms = [text(value) for value in rows[0][1:]]
    tracks, slots = {}, defaultdict(list)
    seen = set()
    for row in rows[1:]:
        name, values = text(row[0]), [text(value) for value in row[1:]]
        first = name not in seen and not slots
        seen.add(name)
        for room, value in zip(rooms, values, strict=False):
            if first:
                tracks.update({(name, room): value} if value else {})
            else:
                slots[name, room].append(value)
    return Schedule(tracks, dict(slots))


def write_schedule(book, schedule, path):
    """Write a schedule in the layout of the library's own solution files."""
    out = Book()
    sheet = out.active
    sheet.title = "sol"
    name = {"": None} | book.written
    rooms = book.rooms
    sheet.append([None, *(name.get(room, room) for room in rooms)])
    for one in book.sessions:
        row = [schedule.tracks.get((one.name, room), "") for room in rooms]
        sheet.append([name.get(value, value) for value in (one.name, *row)])
    sheet.append([])
    for one in book.sessions:
        rows = [schedule.slots.get((one.name, room), []) for room in rooms]
        for n in range(one.slots):
            row = [slots[n] if n < len(slots) else "" for slots in rows]
            sheet.append([name.get(value, value) for value in (one.name, *row)])
    out.save(path)


def broken(book, schedule):
    """Return what makes a schedule no schedule, as sentences."""
    submissions = {one.name: one for one in book.submissions}
    capacity = {one.name: one.slots for one in book.sessions}
    found, spots = [], defaultdict(list)
    for (session, room), slots in schedule.slots.items():
        if session not in capacity or room not in book.rooms or len(slots) > capacity[session]:
            found.append(f"no such cell: {session}, {room}, {len(slots)} slots")
        for n, name in enumerate(slots):
            if name:
                spots[name].append((session, room, n))
    for name, places in spots.items():
        if name not in submissions:
            found.append(f"unknown: {name}")
            continue
        session, room, first = places[0]
        wanted = [(session, room, first + n) for n in range(submissions[name].slots)]
        if places != wanted:
            found.append(f"not {len(wanted)} slots in a row: {name}")
        if schedule.tracks.get((session, room)) != submissions[name].track:
            found.append(f"in another track's cell: {name}")
    return found + [f"missing: {name}" for name in submissions.keys() - spots.keys()]


def found_in(book, schedule):
    """Return what each of the sixteen penalties is for: name -> [(label, penalty)], unweighted."""
    return {
        **_of_cells(book, schedule),
        **_of_tracks(book, schedule),
        **_of_submissions(book, schedule),
        "order": list(_order(book, schedule)),
        **_conflicts(book, schedule),
    }


def score(book, schedule):
    """Return the objective: weights times penalties."""
    found = found_in(book, schedule)
    return sum(book.weights[name] * sum(n for _, n in found[name]) for name in book.weights)


def presenter_conflicts(book, schedule):
    """Return who is in two places: in one session (the library's measure), and at one time."""
    found = found_in(book, schedule)
    return found["presenters"], found["presenters_slot"]


def _of_cells(book, schedule):
    cells = [(session, room, track) for (session, room), track in schedule.tracks.items()]
    return {
        "track_session": [
            (f"{track} - {session}", n)
            for session, _, track in cells
            if (n := book.track_session.get((track, session)))
        ],
        "track_room": [
            (f"{track} - {room}", n)
            for _, room, track in cells
            if (n := book.track_room.get((track, room)))
        ],
        "session_room": [
            (f"{session} - {room}", n)
            for session, room, _ in cells
            if (n := book.session_room.get((session, room)))
        ],
    }


def _of_tracks(book, schedule):
    at = {one.name: n for n, one in enumerate(book.sessions)}
    rooms, sessions, here = defaultdict(set), defaultdict(list), defaultdict(list)
    for (session, room), track in schedule.tracks.items():
        rooms[track].add(room)
        sessions[track].append(at[session])
        here[session].append(track)
    similar = {frozenset(pair): n for pair, n in book.similar.items()}
    chairs = {t: set(names) for t, names in book.chairs.items()}
    pairs = [(one, two, s) for s, all_ in here.items() for one, two in combinations(all_, 2)]
    return {
        "similar": [
            (f"{one} - {two} - {s}", n)
            for one, two, s in pairs
            if one != two and (n := similar.get(frozenset((one, two))))
        ],
        "rooms": [(t, len(all_) - 1) for t, all_ in rooms.items() if len(all_) > 1],
        "parallel": [
            (f"{track} - {session}", tracks.count(track) - 1)
            for session, tracks in here.items()
            for track in sorted(set(tracks))
            if tracks.count(track) > 1
        ],
        "consecutive": [(t, 1) for t, n in sessions.items() if max(n) - min(n) + 1 != len(set(n))],
        "chairs": [
            (f"{a} - {b} - {s}", 1) for a, b, s in pairs if a != b and chairs[a] & chairs[b]
        ],
    }


def _of_submissions(book, schedule):
    """The penalties that count once for every slot."""
    known = {one.name: one for one in book.submissions}
    sessions = {one.name: one for one in book.sessions}
    found = {"zone": [], "submission_session": [], "submission_room": []}
    for (session, room), slots in schedule.slots.items():
        for one in (known[name] for name in slots if name):
            penalties = {
                "zone": (session, book.hours.penalty(sessions[session], one.zone)),
                "submission_session": (session, one.sessions.get(session, 0)),
                "submission_room": (room, one.rooms.get(room, 0)),
            }
            for penalty, (where, n) in penalties.items():
                if n:
                    found[penalty].append((f"{one.name} - {where}", n))
    return found


def _order(book, schedule):
    """Submissions not at their place in their track, and ordered ones of a track at once."""
    known = {one.name: one for one in book.submissions}
    rank = defaultdict(int)
    for session in book.sessions:
        for room in book.rooms:
            slots = schedule.slots.get((session.name, room), [])
            for name, _ in groupby(name for name in slots if name):
                one = known[name]
                rank[one.track] += 1
                if one.order not in (0, rank[one.track]):
                    yield name, 1
    for session, n, here in _moments(book, schedule):
        for one, other in combinations((known[name] for _, name in here), 2):
            if one.track == other.track and one.order and other.order:
                yield f"{one.name} - {other.name} - {session} {n}", 1


def _moments(book, schedule):
    """Yield (session, slot, [(room, submission)]) for every slot."""
    for session in book.sessions:
        for n in range(session.slots):
            rows = ((r, schedule.slots.get((session.name, r), [])) for r in book.rooms)
            yield session.name, n, [(r, row[n]) for r, row in rows if n < len(row) and row[n]]


def _conflicts(book, schedule):
    """Pairs of submissions in different rooms that one person presents, chairs or attends."""
    who = {"presenters": _presenting(book), "attendees": _attending(book)}
    found = {f"{name}{level}": [] for name in who for level in ("", "_slot")}
    whole = defaultdict(set)
    for session, n, here in _moments(book, schedule):
        whole[session].update(here)
        for name, clash in who.items():
            found[f"{name}_slot"] += _clashes(here, clash, f"{session} {n}")
    for session, here in whole.items():
        for name, clash in who.items():
            found[name] += _clashes(sorted(here), clash, session)
    return found


def _clashes(here, clash, where):
    return [
        (f"{one} - {other} - {where}", 1)
        for (room, one), (elsewhere, other) in combinations(here, 2)
        if room != elsewhere and clash(one, other)
    ]


def _presenting(book):
    known = {one.name: one for one in book.submissions}

    def clash(one, other):
        a, b = known[one], known[other]
        shared = set(a.presenters) & set(b.presenters)
        return shared or _chaired(book, a, b, "presenters") or _chaired(book, b, a, "presenters")

    return clash


def _attending(book):
    known = {one.name: one for one in book.submissions}

    def clash(one, other):
        a, b = known[one], known[other]
        wants, too = set(a.attendees), set(b.attendees)
        return (
            wants & (too | set(b.presenters))
            or too & set(a.presenters)
            or _chaired(book, a, b, "attendees")
            or _chaired(book, b, a, "attendees")
        )

    return clash


def _chaired(book, one, other, role):
    """Whether somebody of one submission chairs the track of another, which is not its own."""
    return one.track != other.track and set(getattr(one, role)) & set(book.chairs[other.track])
