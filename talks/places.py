"""When and where things of a programme are, as the difference of two programmes compares it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

from .lookup import place
from .records import Programme, Room
from .records_json import Plain


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session is, or a talk in it; moments are on the event's clock."""

    session: str  # code
    title: str  # of a talk's session, empty for a session itself
    start: datetime
    end: datetime
    room: Room | None
    board: str

    def mark(self, is_clock: bool) -> tuple[object, ...]:
        """Return what is equal where nothing moves; with `is_clock`, by the clock on the wall."""
        moments = [
            moment.replace(tzinfo=None) if is_clock else moment.astimezone(UTC)
            for moment in (self.start, self.end)
        ]
        return (self.session, *moments, self.room.code if self.room else "", self.board)

    @property
    def plain(self) -> Plain:
        """The place in words and moments with their offset, as JSON has it."""
        room = self.room.name if self.room else None
        when: dict[str, Plain] = {"start": self.start.isoformat(), "end": self.end.isoformat()}
        if not self.title:
            return {**when, "room": room}
        return {"session": self.title, **when, "room": room, "board": self.board}


def places_of_sessions(programme: Programme) -> dict[str, dict[str, Place]]:
    """Return where each session is, by its code twice: it has no placement."""
    return {
        session.code: {
            session.code: Place(session.code, "", session.start, session.end, session.room, "")
        }
        for session in programme.sessions
    }


def places_of_talks(programme: Programme) -> dict[str, dict[str, Place]]:
    """Return where each talk is, by its code and that of the placement."""
    found: dict[str, dict[str, Place]] = defaultdict(dict)
    for session in programme.sessions:
        for placement in session.placements:
            at = place(session, placement)
            found[placement.talk.code][placement.code] = Place(
                session.code, session.title, at.start, at.end, session.room, placement.board
            )
    return dict(found)
