"""Generated programmes, published several times over: every feed says what the rows say.

The default run takes three of at most 40 sessions, CI twenty of at most 60 and one of 600 with
all readers that are installed, by hand one of 5,000.
"""

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from talks.publishing import publish
from tests.feeds import edits
from tests.feeds.checker import (
    TOOL,
    by_icalendar,
    by_vobject,
    octet_findings,
    reader_findings,
)
from tests.feeds.feeds import Feed, disagreements, every_feed, released, seen
from tests.feeds.programmes import HOSTILE, Plan, make_programme, plans
from tests.feeds.said import Memory, schedule

pytestmark = pytest.mark.django_db

GENERATED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],  # a plan is read as it was drawn: making it smaller takes minutes
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
LARGEST = 1_000_000  # octets that Google reads
ZONE_STAYS = tuple(edit for edit in edits.EDITS if edit is not edits.change_zone)


def live(plan, *, changes=6, publishes=3):
    """Make and publish a programme, and change and publish it again; return what stood in it."""
    event, memory, random = make_programme(plan), Memory(), Random(plan.seed)
    publish(event)
    memory.note(event)
    for _ in range(publishes - 1):
        edits.some(event, random, changes, ZONE_STAYS)
        publish(event)
        memory.note(event)
    return event, memory


def fetch(client, feed):
    response = client.get(feed.path)
    assert response.status_code == 200, feed.path
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content


def wrong(client, event, memory, **how_many):
    """What two readers and the octets say against each feed, by address; nothing, if all is well.

    Also returns the feeds with their octets.
    """
    found, bodies = {}, []
    for feed in every_feed(event, memory, **how_many):
        data = fetch(client, feed)
        bodies.append((feed.path, feed.is_single, data))
        read = {"icalendar": by_icalendar(data), "vobject": by_vobject(data)}
        against = {name: disagreements(feed, entries) for name, entries in read.items()}
        against["octets"] = octet_findings(data, is_single=feed.is_single)
        if any(against.values()):
            found[feed.path] = against
    return found, bodies


@settings(GENERATED, max_examples=3)
@given(plan=plans([25, 40, 1, 0, 12]))
def test_every_feed_says_what_the_programme_says(client, plan):
    event, memory = live(plan)

    found, bodies = wrong(client, event, memory)

    assert len(bodies) >= 8
    assert found == {}


def test_agenda_says_of_what_is_starred_what_the_programme_says(client):
    event, memory = live(Plan(3, "America/St_Johns", 2029, 2, 25, HOSTILE[:3]))
    path, ours = f"/events/{event.slug}/agenda/", {"Sec-Fetch-Site": "same-origin"}
    programme = released(event)
    for row in (*programme.talks[:8], *programme.sessions[:8]):
        client.post(path, {"action": "star", "code": row.code}, headers=ours)
    known = seen(memory.standing) | memory.tombstones(event)
    feed = Feed(f"{path}{client.cookies['agenda'].value}.ics", {}, may_say=known)

    data = fetch(client, feed)

    assert len(by_icalendar(data)) >= 8
    assert disagreements(feed, by_icalendar(data)) == disagreements(feed, by_vobject(data)) == {}
    assert octet_findings(data) == []


@pytest.mark.ci
@settings(GENERATED, max_examples=20)
@given(plan=plans([60, 45, 30, 20, 0, 1], HOSTILE))
def test_every_reader_there_is_agrees_on_every_feed(client, tmp_path_factory, plan):
    event, memory = live(plan)

    found, bodies = wrong(client, event, memory, each=1)

    assert found == {}
    assert by_all_readers(tmp_path_factory, bodies) == {}


@pytest.mark.ci
def test_feeds_of_six_hundred_sessions_are_read_alike_by_all(client, tmp_path_factory):
    event, memory = live(Plan(600, "Europe/Berlin", 2029, 5, 600, ("深層学習", "a;b,c")))

    found, bodies = wrong(client, event, memory, each=1)

    assert found == {}
    assert by_all_readers(tmp_path_factory, bodies) == {}
    assert max(len(data) for _path, _is_single, data in bodies) < LARGEST


@pytest.mark.slow
def test_feeds_per_day_and_track_of_five_thousand_sessions_hold_all_of_them(client):
    event, memory = live(Plan(5000, "Europe/Berlin", 2029, 5, 5000, ("深層学習",)), publishes=1)
    base = f"/events/{event.slug}/schedule.ics"
    by_session = {uid: one.seen for uid, one in schedule(event, has_own_times=False).items()}

    whole = client.get(base).content
    all_days = sorted({one.day for one in memory.standing.values()})
    days = [client.get(f"{base}?day={day}").content for day in all_days]
    tracks = [client.get(f"{base}?track={track.code}").content for track in event.tracks.all()]

    assert by_icalendar(whole) == by_vobject(whole) == by_session
    findings = [one for data in (whole, *days, *tracks) for one in octet_findings(data)]
    assert {one[1] for one in findings} <= {"SIZE"}  # of texts so long, a thousand have no room
    assert read_together(days) == {uid: one.seen for uid, one in memory.standing.items()}
    tracked = {uid: one.seen for uid, one in memory.standing.items() if one.tracks}
    assert read_together(tracks) == tracked


def read_together(bodies):
    return {uid: one for data in bodies for uid, one in by_icalendar(data).items()}


def by_all_readers(tmp_path_factory, bodies):
    """What the readers beside `ics_check.py` say against feeds; nothing where it is absent."""
    if not TOOL.exists():
        return {}
    found, readers = reader_findings(tmp_path_factory.mktemp("feeds"), bodies)
    assert {"icalendar", "vobject"} <= set(readers)
    return found
