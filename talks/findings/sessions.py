"""What the rules about sessions and what is in them are called, and what their clashes say."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .wording import Label, told

LABELS = {
    "placed_once": Label(
        _("Everything is placed once"),
        _("Every session has a time and a room; every talk is in one session that has a time."),
    ),
    "talk_fits_session": Label(
        _("Talks fit their session"),
        _("The talks of a session lie within it, one after the other, and take no longer."),
    ),
    "session_length": Label(
        _("Sessions are as long as meant"),
        _("A session takes the minutes that are set for it."),
    ),
    "talk_kind_fits": Label(
        _("Talks are in sessions for their kind"),
        _("Posters are in sessions of posters, panels in panels or among talks, and so on."),
    ),
    "in_hours": Label(
        _("Within the hours of the event"),
        _("A session begins and ends within the hours of one day."),
        {
            "first": _("first hour of a day, as 09:00; empty: as the sessions are now"),
            "last": _("last hour of a day, as 18:00; empty: as the sessions are now"),
            "step": _("minutes from one possible start to the next"),
        },
    ),
    "plenary_alone": Label(
        _("Nothing beside what is for all"),
        _(
            "Nothing runs beside a plenary session or an opening; no talks or panels beside"
            " a break or a social event."
        ),
    ),
}

SENTENCES = {
    ("placed_once", "no_time"): told(_("The session “%(of)s” has no time.")),
    ("placed_once", "no_room"): told(_("The session %(one)s has no room.")),
    ("placed_once", "unplaced"): told(_("“%(of)s” is in no session that has a time.")),
    ("placed_once", "twice"): told(_("“%(of)s” is planned more than once: %(times)s.")),
    ("talk_fits_session", "outside"): told(_("%(one)s goes beyond its session %(other)s.")),
    ("talk_fits_session", "overlap"): told(
        _("In “%(of)s” one talk starts before another is over: %(one)s and %(other)s.")
    ),
    ("talk_fits_session", "too_long"): told(
        ngettext_lazy(
            "The talks of “%(of)s” take %(amount)d minute more than it has: %(parts)s.",
            "The talks of “%(of)s” take %(amount)d minutes more than it has: %(parts)s.",
            "amount",
        )
    ),
    ("session_length", "short"): told(
        ngettext_lazy(
            "%(one)s is %(amount)d minute shorter than it is meant to be.",
            "%(one)s is %(amount)d minutes shorter than it is meant to be.",
            "amount",
        )
    ),
    ("session_length", "long"): told(
        ngettext_lazy(
            "%(one)s is %(amount)d minute longer than it is meant to be.",
            "%(one)s is %(amount)d minutes longer than it is meant to be.",
            "amount",
        )
    ),
    ("talk_kind_fits", ""): told(_("%(one)s is not of a kind that “%(of)s” is for.")),
    ("in_hours", ""): told(_("%(one)s is not within the hours of the event.")),
    ("plenary_alone", ""): told(_("Beside %(one)s, which is for everybody, runs %(other)s.")),
}
