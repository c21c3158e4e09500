"""Clashes in the organizer's words: one sentence each, with names and times."""

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talks.changes import clock
from talks.records_json import Json
from talks.solver.problem import Clash, Part, Span


def sentence(clash: Clash, zone: ZoneInfo) -> str:
    """Return what clashes, on the clock of a zone."""
    return SENTENCES[clash.rule, clash.fault](clash, zone)


def as_plain(clashes: Iterable[Clash], zone: ZoneInfo) -> list[Json]:
    """Return clashes as JSON has them: rule, codes and text."""
    return [
        {"rule": clash.rule, "codes": [*clash.codes], "text": sentence(clash, zone)}
        for clash in clashes
    ]


def _when(part: Part | Span, zone: ZoneInfo) -> str:
    return clock(part.start.astimezone(zone), part.end.astimezone(zone), zone)


def _named(part: Part, zone: ZoneInfo) -> str:
    return _("“%(name)s” (%(when)s)") % {"name": part.name, "when": _when(part, zone)}


def _room_twice(clash: Clash, zone: ZoneInfo) -> str:
    one, other = (_named(part, zone) for part in clash.parts)
    return _("The room %(room)s has two sessions at once: %(one)s and %(other)s.") % {
        **{"room": clash.of.name, "one": one, "other": other}
    }


def _person_twice(clash: Clash, zone: ZoneInfo) -> str:
    one, other = (_named(part, zone) for part in clash.parts)
    return _("%(person)s is in two places at once: %(one)s and %(other)s.") % {
        **{"person": clash.of.name, "one": one, "other": other}
    }


def _person_away(clash: Clash, zone: ZoneInfo) -> str:
    assert clash.away is not None
    [part] = clash.parts
    return _("%(person)s cannot be there for %(part)s: not available %(away)s.") % {
        "person": clash.of.name,
        "part": _named(part, zone),
        "away": _when(clash.away, zone),
    }


def _outside(clash: Clash, zone: ZoneInfo) -> str:
    talk, session = (_named(part, zone) for part in clash.parts)
    return _("%(talk)s goes beyond its session %(session)s.") % {"talk": talk, "session": session}


def _overlap(clash: Clash, zone: ZoneInfo) -> str:
    one, other = (_named(part, zone) for part in clash.parts)
    return _("In “%(session)s” one talk starts before another is over: %(one)s and %(other)s.") % {
        **{"session": clash.of.name, "one": one, "other": other}
    }


def _too_long(clash: Clash, _zone: ZoneInfo) -> str:
    return ngettext(
        "The talks of “%(session)s” take %(minutes)d minute more than it has: %(talks)s.",
        "The talks of “%(session)s” take %(minutes)d minutes more than it has: %(talks)s.",
        clash.minutes,
    ) % {
        "session": clash.of.name,
        "minutes": clash.minutes,
        "talks": ", ".join(_("“%s”") % part.name for part in clash.parts),
    }


SENTENCES: dict[tuple[str, str], Callable[[Clash, ZoneInfo], str]] = {
    ("room_twice", ""): _room_twice,
    ("person_twice", ""): _person_twice,
    ("person_away", ""): _person_away,
    ("talk_fits_session", "outside"): _outside,
    ("talk_fits_session", "overlap"): _overlap,
    ("talk_fits_session", "too_long"): _too_long,
}
