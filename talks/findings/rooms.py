"""What the rules about rooms are called, and what their clashes say."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from talks.solver.problem import Clash

from .wording import Label, Sentence, told

LABELS = {
    "room_twice": Label(
        _("One session at a time in a room"),
        _("Two sessions in one room must not share time."),
    ),
    "one_place": Label(
        _("One session at a time where there are no rooms"),
        _("An event without rooms is in one place; only a break may run beside something."),
    ),
    "room_closed": Label(
        _("Only in open rooms"),
        _("No session is in a room at a time at which the room is closed."),
    ),
    "room_suits": Label(
        _("Rooms have what talks need"),
        _("A talk is in one of the rooms that it may be in, and the room has what it needs."),
    ),
    "room_holds": Label(
        _("Rooms are large enough"),
        _("A room has a place for everybody who is expected; each person too many counts."),
    ),
}


def _not_allowed(clash: Clash, zone: ZoneInfo) -> str:
    """The rooms that are allowed are named where they are known."""
    if not clash.others:
        return told(_("%(one)s may not be in the room %(of)s."))(clash, zone)
    return told(_("%(one)s may not be in the room %(of)s, only in: %(others)s."))(clash, zone)


SENTENCES: dict[tuple[str, str], Sentence] = {
    ("room_twice", ""): told(_("The room %(of)s has two sessions at once: %(one)s and %(other)s.")),
    ("one_place", ""): told(
        _("The event has no rooms, and two sessions are at once: %(one)s and %(other)s.")
    ),
    ("room_closed", ""): told(_("The room %(of)s is closed %(away)s, during %(one)s.")),
    ("room_suits", "feature"): told(_("The room %(of)s lacks what %(one)s needs: %(others)s.")),
    ("room_suits", "room"): _not_allowed,
    ("room_holds", ""): told(
        ngettext_lazy(
            "The room %(of)s has %(amount)d place too few for %(one)s.",
            "The room %(of)s has %(amount)d places too few for %(one)s.",
            "amount",
        )
    ),
}
