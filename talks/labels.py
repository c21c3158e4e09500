"""The words that pages and feeds use for what records name: kinds, roles, offsets of clocks."""

from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from talks.formats.schedule_csv import Columns
from talks.formats.wording import Words
from talks.models.event import EventKind
from talks.models.people import EventPart
from talks.models.programme import TalkKind, TalkLinkKind, TalkPart
from talks.models.timetable import SessionKind, SessionPart

KINDS = {str(value): label for value, label in (*SessionKind.choices, *TalkKind.choices)}
ROLES = {
    str(value): label
    for value, label in (*TalkPart.choices, *SessionPart.choices, *EventPart.choices)
}
EVENT_KINDS = {str(value): label for value, label in EventKind.choices}
LINK_KINDS = {str(value): label for value, label in TalkLinkKind.choices}


def kind(value: str) -> str:
    """Return what a kind of session, talk or event is called, in lower case."""
    return str(KINDS.get(value) or EVENT_KINDS.get(value) or value)


def role(value: str) -> str:
    return str(ROLES.get(value) or value)


def link_kind(value: str) -> str:
    return str(LINK_KINDS.get(value) or value)


def offset(moment: datetime) -> str:
    """Return "UTC−8", "UTC+5:30" or "UTC": how far the clock is from it at the moment."""
    behind = moment.utcoffset()
    minutes = round(behind.total_seconds() / 60) if behind else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return "UTC" + (f"{sign}{hours}" + (f":{rest:02}" if rest else "") if minutes else "")


def columns() -> Columns:
    """Return the words of the schedule as a table in the language that is active."""
    return Columns(
        start=_("Start"),
        end=_("End"),
        kind=_("Kind"),
        title=_("Title"),
        subtitle=_("Subtitle"),
        people=_("People"),
        status=_("Status"),
        address=pgettext("on the web", "Address"),
        planned=_("Planned"),
    )


def words() -> Words:
    """Return the words of a calendar entry in the language that is active."""
    return Words(
        cancelled=_("Cancelled"),
        withdrawn=_("This is no longer in the programme."),
        speaker=(_("Speaker"), _("Speakers")),
        moderator=(_("Moderator"), _("Moderators")),
        panelist=(_("Panelist"), _("Panelists")),
        author=(_("Author"), _("Authors")),
        chair=(_("Chair"), _("Chairs")),
        room=_("Room"),
        track=_("Track"),
        board=pgettext("of a poster", "Board"),
        language=_("Language"),
        stream=_("Stream"),
        announced=_("As announced"),
        contact=_("Contact"),
        anywhere=_("anywhere on Earth, UTC−12"),
        starred=_("Starred"),
        draft=_("Draft"),
        by_session=_(
            "There is one entry for each session; the feeds of each day and each track hold"
            " every talk."
        ),
        kinds={value: capfirst(str(label)) for value, label in (KINDS | LINK_KINDS).items()},
    )
