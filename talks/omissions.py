"""What an organizer may have overlooked: a sentence each, before publishing."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .lookup import title
from .models import Talk
from .records import Programme, Session

NAMED = 5  # talks in a sentence


def omissions(programme: Programme) -> tuple[str, ...]:
    """Return what of the draft is left out, and what may be on a wrong day: one query."""
    return (*unplaced(programme), *outside(programme))


def unplaced(programme: Programme) -> list[str]:
    talks = Talk.objects.filter(event__code=programme.event.code).exclude(
        placements__session__start__isnull=False
    )
    titles = list(talks.order_by("title", "pk").values_list("title", flat=True))
    if not titles:
        return []
    sentence = ngettext(
        "%(count)d talk has no place in a session with a time, so it is not published: %(titles)s",
        "%(count)d talks have no place in a session with a time, so they are not published:"
        " %(titles)s",
        len(titles),
    )
    named = ", ".join(f"“{title}”" for title in titles[:NAMED])
    more = ", …" if len(titles) > NAMED else "."
    return [sentence % {"count": len(titles), "titles": named + more}]


def outside(programme: Programme) -> list[str]:
    """Sessions on a day that the event does not have."""
    event = programme.event
    return [
        _("“%(title)s” is on %(day)s, which is no day of the event.")
        % {"title": title(session) or session.kind, "day": date_format(_day(session), "D j F Y")}
        for session in programme.sessions
        if not event.starts_on <= _day(session) <= event.ends_on
    ]


def _day(session: Session) -> date:
    return session.start.date()
