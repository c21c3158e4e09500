"""The public pages of a programme: find, load, show. Each is made from the current release."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eventsite import responses
from talks import addresses, filters, labels, lookup
from talks.answers import elsewhere, find, live, programme_page, show
from talks.choices import USUAL_ZONES, chips, choices, tabs
from talks.entries import has_own_times
from talks.filters import Filters
from talks.grid import days_of, timetable
from talks.listing import public_events, upcoming_and_past
from talks.models import Page
from talks.records import Person, Session, Talk
from talks.shown import Shown
from talks.views_formats import files

MANY_PEOPLE = 30  # from which on there are letters to jump to


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """All public events: one query."""
    upcoming, past = upcoming_and_past(public_events(timezone.now()))
    return responses.page(request, "talks/events.html", {"upcoming": upcoming, "past": past})


@programme_page
def event(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The event's own page, live text included: two queries."""
    programme = shown.programme
    pages = Page.objects.live(timezone.now()).filter(event__code=shown.head.code)
    days = days_of(programme.sessions, programme.event.tz)
    context: dict[str, object] = {
        "section": "event",
        "pages": list(pages.values("slug", "title")),
        "days": days,
        "posters": [talk for talk in programme.talks if talk.kind == lookup.POSTER],
    }
    with timezone.override(programme.event.tz):
        return live(request, shown, "talks/event.html", context)


@programme_page
def page(request: HttpRequest, shown: Shown, slug: str) -> HttpResponse:
    """A page of the organizers' own text, while it is there: two queries."""
    found = Page.objects.live(timezone.now()).filter(event__code=shown.head.code, slug=slug).first()
    if found is None:
        raise Http404(_("No such page is here."))
    return live(request, shown, "talks/page.html", {"page": found})


@programme_page
def schedule(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The programme by day, time and room, filtered: one query."""
    wanted = filters.read(dict(request.GET.lists()), shown.programme, labels.KINDS)
    return show(
        request,
        shown,
        "talks/schedule.html",
        lambda: schedule_context(shown, wanted),
        zone=wanted.zone,
    )


def schedule_context(shown: Shown, wanted: Filters) -> dict[str, object]:
    programme = shown.programme
    kept = wanted.keep(programme.sessions)
    days = timetable(kept, wanted.zone, wanted.at)
    asked, feed = wanted.query(view="", at=""), wanted.query(view="", at="", lang="")
    moments = [slot.start for day in days for slot in day.slots]
    return {
        "section": "schedule",
        "query": wanted.q,
        "filters": wanted,
        "days": days,
        "found": len(kept),
        "tabs": tabs(programme, wanted),
        "choices": choices(programme, wanted),
        "chips": chips(programme, wanted),
        "offsets": list(dict.fromkeys(labels.offset(moment) for moment in moments)),
        "zones": USUAL_ZONES,
        "files": files(programme.event, wanted),
        "calendar": addresses.calendar_path(programme.event) + asked.rstrip("?"),
        "feed": addresses.schedule_file_path(programme.event, "ics") + feed.rstrip("?"),
    }


@programme_page
def session(request: HttpRequest, shown: Shown, segment: str) -> HttpResponse:
    """A session with its talks in order: one query."""
    event = shown.programme.event
    found = find(shown, shown.programme.sessions, segment, "S")
    if there := elsewhere(request, addresses.session_path(event, found)):
        return there
    return show(request, shown, "talks/session.html", lambda: session_context(found))


def session_context(found: Session) -> dict[str, object]:
    return {
        "section": "schedule",
        "session": found,
        "places": [lookup.place(found, placement) for placement in found.placements],
        "has_own_times": has_own_times(found),
    }


@programme_page
def talk(request: HttpRequest, shown: Shown, segment: str) -> HttpResponse:
    """A talk or a poster with all its places: one query."""
    event = shown.programme.event
    found = find(shown, shown.programme.talks, segment, "T")
    if there := elsewhere(request, addresses.talk_path(event, found)):
        return there
    return show(request, shown, "talks/talk.html", lambda: talk_context(shown, found))


def talk_context(shown: Shown, found: Talk) -> dict[str, object]:
    places = lookup.places(shown.programme, found)
    cancelled = bool(places) and all(one.is_cancelled for one in places)
    won = [award for award in shown.programme.awards if found.code in {t.code for t in award.talks}]
    return {
        "section": "posters" if found.kind == lookup.POSTER else "schedule",
        "talk": found,
        "places": places,
        "board": lookup.board(places),
        "is_cancelled": cancelled,
        "has_more_on_people": lookup.has_more_on_people(found),
        "awards": won,
    }


@programme_page
def people(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Everybody in the programme, by name: one query."""
    return show(request, shown, "talks/people.html", lambda: people_context(shown))


def people_context(shown: Shown) -> dict[str, object]:
    everybody = shown.programme.people
    roles = lookup.roles_by_person(shown.programme)
    letters = [
        (letter, [(person, roles.get(person.code, [])) for person in group])
        for letter, group in lookup.people_by_letter(everybody)
    ]
    return {"section": "people", "letters": letters, "has_letters": len(everybody) >= MANY_PEOPLE}


@programme_page
def person(request: HttpRequest, shown: Shown, segment: str) -> HttpResponse:
    """A person with their talks and sessions: one query."""
    event = shown.programme.event
    found = find(shown, shown.programme.people, segment, "H")
    if there := elsewhere(request, addresses.person_path(event, found)):
        return there
    return show(request, shown, "talks/person.html", lambda: person_context(shown, found))


def person_context(shown: Shown, found: Person) -> dict[str, object]:
    return {
        "section": "people",
        "person": found,
        "parts": lookup.parts(shown.programme, found),
        "offices": lookup.offices(shown.programme, found),
    }


@programme_page
def posters(request: HttpRequest, shown: Shown) -> HttpResponse:
    """All posters with board and sessions: one query."""
    return show(
        request,
        shown,
        "talks/posters.html",
        lambda: {"section": "posters", "posters": lookup.posters(shown.programme)},
    )


@programme_page
def organizers(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Who does what for the event as a whole: one query."""
    return show(request, shown, "talks/organizers.html", lambda: organizers_context(shown))


def organizers_context(shown: Shown) -> dict[str, object]:
    held = shown.programme.organizers
    groups = [(part, [role for role in held if role.role == part]) for part in labels.ROLES]
    return {"section": "organizers", "groups": [group for group in groups if group[1]]}


@programme_page
def dates(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The important dates: one query."""
    return show(request, shown, "talks/dates.html", lambda: {"section": "dates"})
