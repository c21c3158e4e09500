"""Someone subscribes, organizers edit and publish, and the calendar stays right.

vdirsyncer and khal are real clients; without khal the stored items are read by icalendar.
"""

import urllib.error
import urllib.request
from datetime import timedelta
from random import Random

import pytest

from talks.publishing import publish
from tests.feeds import edits
from tests.feeds.checker import by_icalendar, octet_findings
from tests.feeds.clients import Subscriber, program
from tests.feeds.programmes import Plan, make_programme
from tests.feeds.said import Memory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not program("vdirsyncer"), reason="needs vdirsyncer"),
]

TEXTS = ("深層学習", "a;b,c", "שלום עולם")
PLAN = Plan(seed=7, zone="Europe/Berlin", year=2029, days=3, sessions=14, texts=TEXTS)
HOW_MANY = [
    pytest.param(5, marks=pytest.mark.ci),
    pytest.param(50, marks=pytest.mark.slow),
]


@pytest.mark.parametrize("how_many", HOW_MANY)
def test_calendar_of_a_subscriber_stays_right_through_edits(live_server, tmp_path, how_many):
    event, memory, random = make_programme(PLAN), Memory(), Random(how_many)
    type(event).objects.update(place="", address="")  # so that a location is a room, or nothing
    publish(event)
    memory.note(event)
    feed = Feed(f"{live_server.url}/events/{event.slug}/schedule.ics")
    subscriber = Subscriber(tmp_path / "home", feed.url)
    assert subscriber.sync() == len(memory.standing)

    for turn in range(how_many):
        edit = edit_and_publish(event, random, turn)
        memory.note(event)
        touched = [subscriber.sync(), subscriber.sync()]

        assert feed.wrong_after_a_change() == [], edit
        assert (touched[0] > 0, touched[1]) == (True, 0), edit
        assert shown(subscriber, event) == said(event, memory), edit


def edit_and_publish(event, random, turn):
    """Each kind of edit in its turn, until one changes what is public; return its name."""
    for offset in range(len(edits.EDITS)):
        event.refresh_from_db()
        edit = edits.EDITS[(turn * 4 + offset) % len(edits.EDITS)]
        if edit(event, random) and publish(event):
            return edit.__name__
    raise AssertionError("no edit changed anything")


def shown(subscriber, event):
    if program("khal"):
        return subscriber.agenda(event.starts_on - timedelta(days=3), 12)
    return sorted(one for item in subscriber.items() for one in by_icalendar(item).values())


def said(event, memory):
    """What the site's schedule says, as khal would show it, or as the items say it."""
    standing = [(*one.seen, one.is_cancelled, one.place) for one in memory.standing.values()]
    gone = [(*one, True, "") for one in memory.tombstones(event).values()]
    found = sorted(standing + gone)
    return found if program("khal") else [one[:3] for one in found]


class Feed:
    """The feed as fetched before, to hold it against the feed of now."""

    def __init__(self, url):
        self.url = url
        self.before = self.fetch()

    def fetch(self, **headers):
        request = urllib.request.Request(self.url, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, b""

    def wrong_after_a_change(self):
        """What the step from one release to the next breaks: revisions, or conditional requests.

        Releases come faster than one in a second here, and every stamp is a second later still.
        """
        (_, old, before), (_, new, after) = self.before, self.fetch()
        self.before = (200, new, after)
        wrong = octet_findings(after, before=before)
        tries = [
            ("If-None-Match", "ETag", old, 200),
            ("If-None-Match", "ETag", new, 304),
            ("If-Modified-Since", "Last-Modified", old, 200),
            ("If-Modified-Since", "Last-Modified", new, 304),
        ]
        for asks, header, headers, status in tries:
            answered = self.fetch(**{asks: headers[header]})[0]
            if answered != status:
                wrong.append((asks, headers[header], answered))
        return wrong
