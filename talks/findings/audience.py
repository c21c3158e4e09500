"""What the rules about those who listen are called, and what their clashes say."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .wording import Label, told

LABELS = {
    "wanted_together": Label(
        _("What the same people want is not in parallel"),
        _("Two talks that the same people want to see are not at the same time."),
        {"least": _("people who want both, from which it counts")},
    ),
    "alike_parallel": Label(
        _("Similar talks are not in parallel"),
        _("Two talks about similar topics are not at the same time in different sessions."),
        {"least": _("per cent of similarity from which it counts")},
    ),
    "diversity": Label(
        _("Something for everybody"),
        _("What runs at one time differs in language or level; easy talks come before hard ones."),
        {
            "language": _("not everything at one time in one language"),
            "level": _("not everything at one time of one level"),
            "order": _("levels from easy to hard, separated by commas; empty: any order"),
        },
    ),
}

SENTENCES = {
    ("wanted_together", ""): told(
        ngettext_lazy(
            "%(amount)d person wants to see both %(one)s and %(other)s.",
            "%(amount)d people want to see both %(one)s and %(other)s.",
            "amount",
        )
    ),
    ("alike_parallel", ""): told(
        _("Two similar talks share time in different sessions: %(one)s and %(other)s.")
    ),
    ("diversity", "language"): told(
        _("When %(one)s begins, everything that runs is in one language, %(first)s: %(parts)s.")
    ),
    ("diversity", "level"): told(
        _("When %(one)s begins, everything that runs is of one level, %(first)s: %(parts)s.")
    ),
    ("diversity", "order"): told(
        _("In the track %(of)s a harder talk comes before an easier one: %(one)s and %(other)s.")
    ),
}
