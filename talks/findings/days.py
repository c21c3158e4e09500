"""What the rules about the shape of a day are called, and what their clashes say."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .wording import Label, told

LABELS = {
    "opening_first": Label(
        _("The opening comes first"),
        _("Nothing begins before a session of kind opening."),
    ),
    "no_idle_time": Label(
        _("No holes in a day"),
        _("From the first session of a day to the last something runs; minutes are counted."),
    ),
    "breaks_between": Label(
        _("Breaks are between sessions"),
        _("On the day of a break something begins before it, and something behind it."),
    ),
    "breaks_in_time": Label(
        _("Breaks in time"),
        _("Nobody has to listen for too long without a break; minutes beyond are counted."),
        {"longest": _("minutes that people may listen without a break")},
    ),
}

SENTENCES = {
    ("opening_first", ""): told(_("%(other)s begins before the opening %(one)s.")),
    ("no_idle_time", ""): told(
        ngettext_lazy(
            "For %(amount)d minute nothing runs: %(away)s.",
            "For %(amount)d minutes nothing runs: %(away)s.",
            "amount",
        )
    ),
    ("breaks_between", ""): told(
        _("The break %(one)s has nothing before it, or nothing behind it.")
    ),
    ("breaks_in_time", ""): told(
        ngettext_lazy(
            "There is no break in %(away)s: %(amount)d minute too long.",
            "There is no break in %(away)s: %(amount)d minutes too long.",
            "amount",
        )
    ),
}
