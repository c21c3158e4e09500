"""What the rule about time between two things is called, and what its clashes say."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from talks.solver.problem import Clash

from .wording import Label, Sentence, told

LABELS = {
    "buffer": Label(
        _("Time between two sessions"),
        _(
            "People and rooms have some minutes between two sessions, and people the walk from"
            " room to room, where one is known."
        ),
        {
            "person_minutes": _("minutes that a person needs between two sessions"),
            "room_minutes": _("minutes that a room needs between two sessions"),
        },
    ),
}

_MINUTES = told(
    ngettext_lazy(
        "%(of)s has %(amount)d minute too few between %(one)s and %(other)s.",
        "%(of)s has %(amount)d minutes too few between %(one)s and %(other)s.",
        "amount",
    )
)
_WALK = told(
    ngettext_lazy(
        "%(of)s has %(amount)d minute too few to walk from %(one)s to %(other)s (%(others)s).",
        "%(of)s has %(amount)d minutes too few to walk from %(one)s to %(other)s (%(others)s).",
        "amount",
    )
)
_ROOM = told(
    ngettext_lazy(
        "The room %(of)s has %(amount)d minute too few between %(one)s and %(other)s.",
        "The room %(of)s has %(amount)d minutes too few between %(one)s and %(other)s.",
        "amount",
    )
)


def _person(clash: Clash, zone: ZoneInfo) -> str:
    """Tell of the walk when it is what takes the time."""
    return (_WALK if clash.others else _MINUTES)(clash, zone)


SENTENCES: dict[tuple[str, str], Sentence] = {
    ("buffer", "person"): _person,
    ("buffer", "room"): _ROOM,
}
