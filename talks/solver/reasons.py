"""Why a timetable is not free: the rule, and what it is about, that binds some of its choices."""

from dataclasses import dataclass

from .problem import Span


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule for one thing: what an explanation names, and what could be given up.

    `of` is the code of the person, room, session or talk that the rule is about, "" when it is
    about all; `codes` are the other things concerned; `span` is when somebody is away, or a room
    is closed.
    """

    rule: str
    of: str = ""
    codes: tuple[str, ...] = ()
    span: Span | None = None
