"""What the rule about what is public is called, and what its clashes say."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from talks.solver.problem import Clash

from .wording import Label, Sentence, named, told

LABELS = {
    "changed": Label(
        _("Few changes of what is public"),
        _("What was published stays at its time, in its room and in its session."),
        {
            "time": _("what another time of a session costs"),
            "room": _("what another room of a session costs"),
            "talk": _("what it costs that a talk goes to another session"),
            "order": _("what another place of a talk in its session costs"),
            "at_most": _("minutes by which a session may move; 0: any"),
        },
    ),
}


def _room(clash: Clash, zone: ZoneInfo) -> str:
    before, now = clash.others
    text = _now("%(one)s was announced in the room %(before)s, and is in %(now)s.")
    return text % {"one": named(clash.parts[0], zone), "before": before.name, "now": now.name}


SENTENCES: dict[tuple[str, str], Sentence] = {
    ("changed", "time"): told(_("%(one)s was announced for another time: %(away)s.")),
    ("changed", "too_far"): told(
        _("%(one)s is further than allowed from the time announced: %(away)s.")
    ),
    ("changed", "room"): _room,
    ("changed", "no_room"): told(
        _("%(one)s was announced in the room %(first)s, and is in no room.")
    ),
    ("changed", "talk"): told(
        _("%(one)s is in “%(first)s”; it was announced in another session, for %(away)s.")
    ),
    ("changed", "order"): told(
        _("%(one)s has another place in its session; it was announced for %(away)s.")
    ),
}
