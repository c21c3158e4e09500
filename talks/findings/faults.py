"""Faults in the organizer's words: why no search can find a timetable, told before any begins."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from talks.models.programme import TalkKind
from talks.solver.faults import Fault

from .wording import quoted


def fault_sentence(fault: Fault) -> str:
    """Return what is wrong, and what can be done about it."""
    return FAULTS[fault.kind](fault)


def _names(fault: Fault) -> str:
    return ", ".join(quoted(other.name) for other in fault.others)


def _kind(fault: Fault) -> str:
    return str(TalkKind(fault.of.name).label)


def _empty(_fault: Fault) -> str:
    return _("The event has no sessions and no talks yet, so there is nothing to place.")


def _no_sessions(_fault: Fault) -> str:
    return _("The event has talks and no session that could take them: add sessions first.")


def _nothing_to_move(_fault: Fault) -> str:
    return _("Nothing may move: everything asked for is placed, pinned or past.")


def _all_past(_fault: Fault) -> str:
    return _("Everything is past, and what is past never moves.")


def _circle(fault: Fault) -> str:
    names = " → ".join(quoted(other.name) for other in fault.others)
    return _("These talks are to be before each other in a circle: %(names)s.") % {"names": names}


def _session_too_long(fault: Fault) -> str:
    return _("The session %(name)s takes %(amount)d minutes, and the longest day has %(most)d.") % {
        "name": quoted(fault.of.name),
        "amount": fault.amount,
        "most": fault.most,
    }


def _no_session_for_kind(fault: Fault) -> str:
    return _("No session is of a kind that takes the talk %(name)s.") % {
        "name": quoted(fault.of.name)
    }


def _talk_too_long(fault: Fault) -> str:
    return _(
        "The talk %(name)s takes %(amount)d minutes, and the longest session for it has %(most)d."
    ) % {"name": quoted(fault.of.name), "amount": fault.amount, "most": fault.most}


def _talks_too_long(fault: Fault) -> str:
    return _(
        "The talks of the session %(name)s take %(amount)d minutes, and it has %(most)d: %(names)s."
    ) % {
        "name": quoted(fault.of.name),
        "amount": fault.amount,
        "most": fault.most,
        "names": _names(fault),
    }


def _no_room(fault: Fault) -> str:
    features = ", ".join(other.name for other in fault.others)
    if not features:
        return _("No room is allowed for the talk %(name)s.") % {"name": quoted(fault.of.name)}
    return _("No room that is allowed for the talk %(name)s has what it needs: %(features)s.") % {
        "name": quoted(fault.of.name),
        "features": features,
    }


def _person_never(fault: Fault) -> str:
    return _("%(name)s is never there while the event is open, but is needed for %(names)s.") % {
        "name": fault.of.name,
        "names": _names(fault),
    }


def _too_little_time(fault: Fault) -> str:
    return _(
        "The talks of kind “%(kind)s” take %(amount)d minutes, and the sessions for them have"
        " %(most)d."
    ) % {"kind": _kind(fault), "amount": fault.amount, "most": fault.most}


FAULTS: Mapping[str, Callable[[Fault], str]] = {
    "empty": _empty,
    "no_sessions": _no_sessions,
    "nothing_to_move": _nothing_to_move,
    "all_past": _all_past,
    "circle": _circle,
    "session_too_long": _session_too_long,
    "no_session_for_kind": _no_session_for_kind,
    "talk_too_long": _talk_too_long,
    "talks_too_long": _talks_too_long,
    "no_room": _no_room,
    "person_never": _person_never,
    "too_little_time": _too_little_time,
}
