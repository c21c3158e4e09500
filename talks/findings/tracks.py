"""What the rules about tracks are called, and what their clashes say."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .wording import Label, told

LABELS = {
    "track_parallel": Label(
        _("A track is not parallel to itself"),
        _("Two sessions of one track are not at the same time."),
    ),
    "track_one_room": Label(
        _("A track stays in one room"),
        _("The sessions of a track are all in the same room."),
    ),
    "track_together": Label(
        _("A track is in one piece"),
        _("The sessions of a track are on one day, and follow each other without long gaps."),
        {"longest": _("minutes from one session of the track to the next that are no gap")},
    ),
    "coherent_session": Label(
        _("Sessions hold what belongs together"),
        _("The talks of a session are of one track and about similar topics."),
        {"least": _("per cent by which any two talks are to be alike; 0: any")},
    ),
    "fair_slots": Label(
        _("The worst times are shared fairly"),
        _("No track has more than its share of the first and last sessions of the days."),
    ),
}

SENTENCES = {
    ("track_parallel", ""): told(
        _("The track %(of)s has two sessions at once: %(one)s and %(other)s.")
    ),
    ("track_one_room", ""): told(_("The track %(of)s is in several rooms: %(others)s.")),
    ("track_together", "days"): told(_("The track %(of)s is on several days: %(times)s.")),
    ("track_together", "gap"): told(
        ngettext_lazy(
            "The track %(of)s has %(amount)d long gap: before %(parts)s.",
            "The track %(of)s has %(amount)d long gaps: before %(parts)s.",
            "amount",
        )
    ),
    ("coherent_session", "tracks"): told(
        _("The session “%(of)s” holds talks of several tracks: %(others)s.")
    ),
    ("coherent_session", "unlike"): told(
        ngettext_lazy(
            "In the session “%(of)s” %(amount)d pair of talks has little in common: %(parts)s.",
            "In the session “%(of)s” %(amount)d pairs of talks have little in common: %(parts)s.",
            "amount",
        )
    ),
    ("fair_slots", ""): told(
        ngettext_lazy(
            "The track %(of)s begins or ends a day %(amount)d time more than its share: %(parts)s.",
            "The track %(of)s begins or ends a day %(amount)d times more than its share:"
            " %(parts)s.",
            "amount",
        )
    ),
}
