"""The addresses of public pages and feeds, as paths: people bookmark them.

Only the code in `<code>-<slug>` is read; the slug is there for people and follows the title.
"""

from urllib.parse import quote

from eventsite.slugs import slug
from talks.records import EventRecord, ImportantDate, Person, Session, Talk


def with_slug(code: str, text: str) -> str:
    """Return `<code>-<slug of text>`, or the code alone when nothing is left of the text."""
    words = slug(text)
    return f"{code}-{words}" if words else code


def event_path(event: EventRecord) -> str:
    return f"{event.prefix}/events/{event.slug}/"


def schedule_path(event: EventRecord) -> str:
    return f"{event_path(event)}schedule/"


def schedule_file_path(event: EventRecord, extension: str) -> str:
    """`extension` without its dot: ics, xml, json, csv, txt or atom."""
    return f"{event_path(event)}schedule.{extension}"


def calendar_path(event: EventRecord) -> str:
    """Where every feed is explained."""
    return f"{event_path(event)}calendar/"


def session_path(event: EventRecord, session: Session) -> str:
    return f"{event_path(event)}sessions/{with_slug(session.code, session.title)}/"


def session_feed_path(event: EventRecord, session: Session) -> str:
    return f"{event_path(event)}sessions/{session.code}.ics"


def talk_path(event: EventRecord, talk: Talk) -> str:
    return f"{event_path(event)}talks/{with_slug(talk.code, talk.title)}/"


def talk_feed_path(event: EventRecord, talk: Talk) -> str:
    return f"{event_path(event)}talks/{talk.code}.ics"


def people_path(event: EventRecord) -> str:
    return f"{event_path(event)}people/"


def person_path(event: EventRecord, person: Person) -> str:
    return f"{people_path(event)}{with_slug(person.code, person.name)}/"


def person_feed_path(event: EventRecord, person: Person) -> str:
    return f"{people_path(event)}{person.code}.ics"


def dates_path(event: EventRecord) -> str:
    return f"{event_path(event)}dates/"


def dates_feed_path(event: EventRecord) -> str:
    return f"{event_path(event)}dates.ics"


def date_path(event: EventRecord, date: ImportantDate) -> str:
    """A date has no page of its own: it is a place on the page of dates."""
    return f"{dates_path(event)}#{date.code}"


def releases_path(event: EventRecord) -> str:
    return f"{event_path(event)}releases/"


def releases_feed_path(event: EventRecord) -> str:
    return f"{event_path(event)}releases.atom"


def release_path(event: EventRecord, number: int) -> str:
    return f"{releases_path(event)}{number}/"


def release_file_path(event: EventRecord, number: int) -> str:
    return f"{releases_path(event)}{number}.json"


def changes_path(event: EventRecord, number: int, since: int | None = None) -> str:
    """What release `number` changed, since another than the one before it if one is given."""
    query = "" if since is None else f"?from={since}"
    return f"{release_path(event, number)}changes/{query}"


def file_path(event: EventRecord, name: str) -> str:
    """`name` is `<digest>/<name>`, as records have it."""
    return f"{event_path(event)}files/{quote(name)}"
