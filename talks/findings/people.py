"""What the rules about the people on stage are called, and what their clashes say."""

from django.utils.translation import gettext_lazy as _

from .wording import Label, told

LABELS = {
    "person_twice": Label(
        _("Nobody in two places at once"),
        _("Whoever is on stage in one session is not on stage in another at the same time."),
        {
            "speakers": _("speakers count"),
            "moderators": _("moderators count"),
            "panelists": _("panelists count"),
            "chairs": _("chairs of sessions count"),
            "authors": _("authors who do not speak count"),
        },
    ),
    "person_away": Label(
        _("Only when people can be there"),
        _("Nobody is on stage at a time at which they cannot be there."),
    ),
    "panel": Label(
        _("Panels are complete"),
        _("A panel has a moderator and at least two panelists."),
    ),
}

SENTENCES = {
    ("person_twice", ""): told(_("%(of)s is in two places at once: %(one)s and %(other)s.")),
    ("person_away", ""): told(_("%(of)s cannot be there for %(one)s: not available %(away)s.")),
    ("panel", "no_moderator"): told(_("The panel “%(of)s” has no moderator.")),
    ("panel", "few_panelists"): told(_("The panel “%(of)s” has fewer than two panelists.")),
}
