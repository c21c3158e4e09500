"""What the rules about posters are called, and what their clashes say."""

from django.utils.translation import gettext_lazy as _

from .wording import Label, told

LABELS = {
    "poster_topics": Label(
        _("Poster sessions are mixed"),
        _("The posters of a track are spread evenly over the poster sessions."),
    ),
    "poster_after_talk": Label(
        _("Posters come after their talks"),
        _("A poster is shown after the talk about the same paper."),
    ),
    "poster_boards": Label(
        _("Posters of a track stand together"),
        _("In a poster session the posters of a track are on boards next to each other."),
    ),
}

SENTENCES = {
    ("poster_topics", ""): told(
        _("The posters of the track %(of)s are many in %(one)s and few in %(other)s.")
    ),
    ("poster_after_talk", ""): told(
        _("The poster %(one)s is shown before the talk about the same paper is over: %(other)s.")
    ),
    ("poster_boards", ""): told(
        _("In the session “%(of)s” the posters of a track stand apart: %(others)s.")
    ),
}
