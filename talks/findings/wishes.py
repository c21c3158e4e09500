"""What the rules about what people wish are called, and what their clashes say."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from talks.solver.problem import Clash

from .wording import Label, Sentence, named, told, when

LABELS = {
    "preferences": Label(
        _("Times that suit"),
        _(
            "People are on stage at times that they like, not at those that they would rather"
            " avoid; rooms are used likewise."
        ),
    ),
    "local_hours": Label(
        _("Good hours for remote speakers"),
        _(
            "Who speaks from another time zone does so at good hours of their own clock. Hours"
            " that cannot be borne count three times."
        ),
        {
            "first": _("first good hour, from 0 to 24"),
            "last": _("end of the good hours"),
            "early": _("first hour that can be borne"),
            "late": _("end of the hours that can be borne"),
        },
    ),
    "spread": Label(
        _("On the same day, or on different days"),
        _(
            "Talks that belong on one day are on one day, and repeated talks on different days;"
            " if you choose, also all that a person does, or each of their talks."
        ),
        {"people": _("for each person: same_day, different_days; empty: any days")},
    ),
}


def _local(clash: Clash, zone: ZoneInfo) -> str:
    """Tell the time on both clocks; the part's own is that of the person."""
    [part] = clash.parts
    there = ZoneInfo(str(part.start.tzinfo))
    text = _now("%(of)s speaks from %(place)s, where it is %(local)s at the time of %(one)s.")
    return text % {
        "of": clash.of.name,
        "place": there.key.replace("_", " "),
        "local": when(part, there),
        "one": named(part, zone),
    }


SENTENCES: dict[tuple[str, str], Sentence] = {
    ("preferences", "rather_not"): told(
        _("%(of)s would rather not be on stage %(away)s, but is: %(one)s.")
    ),
    ("preferences", "not_liked"): told(
        _("%(one)s is not at a time that %(of)s likes, like %(away)s.")
    ),
    ("preferences", "room"): told(
        _("The room %(of)s should rather not be used %(away)s, but is: %(one)s.")
    ),
    ("local_hours", ""): _local,
    ("spread", "same_day"): told(_("These talks should be on the same day: %(one)s, %(other)s.")),
    ("spread", "repeats"): told(_("%(other)s repeats %(one)s and should be on another day.")),
    ("spread", "many_days"): told(
        ngettext_lazy(
            "%(of)s has to come on %(amount)d more day than one: %(parts)s (%(times)s).",
            "%(of)s has to come on %(amount)d more days than one: %(parts)s (%(times)s).",
            "amount",
        )
    ),
    ("spread", "one_day"): told(_("%(of)s has several talks on one day: %(parts)s (%(times)s).")),
}
