"""What files of a schedule are made from, as a view would hand it in; a test names what matters."""

from dataclasses import replace
from datetime import UTC, datetime

from talks.entries import entries
from talks.formats.extract import Extract, in_order
from talks.formats.wording import Words
from talks.records import Programme
from tests.talks.records import (
    make_event,
    make_placement,
    make_programme,
    make_role,
    make_room,
    make_session,
    make_talk,
    make_track,
    release,
)

PUBLISHED = datetime(2017, 11, 2, 12, tzinfo=UTC)
HOSTILE = (
    "=cmd|'/C calc'!A0]]></title><script>\x00\x01\x0b\x1b\x85\u2028\ufffe\uffff\ud800"
    "\r\nX-EVIL: 1\r\n,;\"'\\\u202e💥"
)


def make_extract(programme: Programme, **fields) -> Extract:
    extract = Extract(
        programme=programme,
        entries=in_order(entries(programme)),
        zone=programme.event.tz,
        version="7",
        published=PUBLISHED,
        base_url="https://example.org",
        query="",
        words=Words(),
    )
    return replace(extract, **fields)


def hostile_programme() -> Programme:
    """A timed talk and a session of two posters, with hostile text wherever text is."""
    role = make_role(HOSTILE, affiliation=HOSTILE)
    role = replace(role, person=replace(role.person, code="H2222222A"))
    texts = {"subtitle": HOSTILE, "abstract": HOSTILE, "roles": (role,)}
    talk = make_talk(HOSTILE, track=make_track(HOSTILE), **texts)
    session = make_session(
        HOSTILE, room=make_room(HOSTILE), stream=f"https://example.org/{HOSTILE}"
    )
    timed = replace(session, placements=(make_placement(talk, session.start, board=HOSTILE),))
    posters = tuple(
        make_placement(
            make_talk(HOSTILE, code=f"T222222C{n}", kind="poster", **texts), board=HOSTILE
        )
        for n in (2, 3)
    )
    both = (timed, replace(session, code="S2222222B", kind="posters", placements=posters))
    event = make_event(name=HOSTILE, place=HOSTILE, acronym=HOSTILE)
    rooms, tracks = (make_room(HOSTILE),), (make_track(HOSTILE),)
    return release(make_programme(*both, event=event, rooms=rooms, tracks=tracks))
