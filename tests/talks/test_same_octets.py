"""The same release gives the same octets and ETag, wherever and whenever it is asked for."""

import hashlib
import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from talks import records_json, released
from talks.drafting import draft
from talks.models import ImportantDate, Person, Placement, Room, Session, Talk, TalkRole, Track
from talks.publishing import publish
from talks.shown import Shown
from tests.factories import make_event
from tests.talks.formats.demo import demo_day

ROOT = Path(__file__).resolve().parents[2]
BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2027, 3, 26, 10, tzinfo=BERLIN)
CODES = "23456789"

# What a process of its own does with a release: it has no rows but this one.
ANSWER = """
import hashlib, json, sys
from django.core.management import call_command
import django
django.setup()
from django.test import Client
from talks import publishing, records_json
from talks.models import Event, Release
value = json.loads(sys.stdin.read())
if not sys.argv[1:]:
    call_command("migrate", verbosity=0)
    programme = records_json.loads(value)
    record = programme.event
    names = ("code", "slug", "name", "zone", "starts_on", "ends_on", "uid_domain")
    event = Event.objects.create(**{name: getattr(record, name) for name in names})
    publishing.write(event, programme, 1, programme.stamps[0].modified, None, "")
for path in ("schedule.ics", "schedule.ics?alarm=10", "schedule.ics?q=talk", "dates.ics"):
    response = Client(headers={"host": "localhost"}).get(f"/events/{value['event']['slug']}/{path}")
    assert response.status_code == 200, (path, response.status_code)
    digest = hashlib.sha256(response.content).hexdigest()
    print(path, response["ETag"], response["Last-Modified"], digest)
"""


def answers(folder, records, *arguments, **variables):
    plain = {n: v for n, v in os.environ.items() if n not in {"DATABASE_URL", "REDIS_URL"}}
    done = subprocess.run(
        [sys.executable, "-c", ANSWER, *arguments],
        cwd=ROOT,
        env={
            **plain,
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "eventsite.settings",
            **variables,
        },
        input=json.dumps(records),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def make_rows(order):
    """The rows of one event, put into the tables in an order of their own."""
    event = make_event(slug="rows-27", code="E2222222A", name="Rows")
    codes = [letter * 8 for letter in CODES]
    rooms, tracks, people, talks, sessions = (
        {code: kind(event=event, code=letter + code, **fields(code)) for code in codes}
        for kind, letter, fields in (
            (Room, "R", lambda code: {"name": f"Room {code}"}),
            (Track, "K", lambda code: {"name": f"Track {code}"}),
            (Person, "H", lambda code: {"name": f"Person {code}"}),
            (Talk, "T", lambda code: {"title": f"Talk {code}", "minutes": 5}),
            (Session, "S", lambda code: {"title": f"Session {code}", "start": START}),
        )
    )
    dates = [
        ImportantDate(
            event=event, code="D" + code, label=f"Date {code}", on=START.date(), position=n
        )
        for n, code in enumerate(codes)
    ]
    for code, session in sessions.items():
        session.end = START + timedelta(hours=1)
        session.room, session.track = rooms[code], tracks[code]
    for rows in (rooms, tracks, people, talks, sessions):
        order.shuffle(listed := list(rows.values()))
        for row in listed:
            row.save()
    placed = [
        Placement(
            code=f"C{c[:7]}{n + 1}", talk=talks[c], session=sessions[s], position=n, start=START
        )
        for c in codes
        for n, s in ((1, c), (2, codes[codes.index(c) - 1]))
    ]
    roles = [
        TalkRole(talk=talks[c], person=people[p], role="speaker", position=n)
        for c in codes
        for n, p in ((1, c), (2, codes[codes.index(c) - 1]))
    ]
    for rows in (placed, roles, dates):
        order.shuffle(rows)
        for row in rows:
            row.save()
    return event


@pytest.mark.django_db
def test_two_processes_answer_with_the_same_octets_and_etag(tmp_path):
    (tmp_path / "static").mkdir()
    records = publish(make_rows(Random(0))).records
    first = answers(tmp_path, records, PYTHONHASHSEED="1", TZ="UTC")

    second = answers(tmp_path, records, "again", PYTHONHASHSEED="2", TZ="Asia/Tokyo")

    assert (len(first), second) == (4, first)


@pytest.mark.django_db
def test_another_engine_answers_with_the_same_octets_and_etag(client, tmp_path):
    """The process of its own is on SQLite; this one on PostgreSQL, where the suite is run so."""
    (tmp_path / "static").mkdir()
    records = publish(make_rows(Random(0))).records
    paths = ("schedule.ics", "schedule.ics?alarm=10", "schedule.ics?q=talk", "dates.ics")

    found = [(path, client.get(f"/events/rows-27/{path}")) for path in paths]

    ours = [
        f"{path} {one['ETag']} {one['Last-Modified']} {hashlib.sha256(one.content).hexdigest()}"
        for path, one in found
    ]
    assert answers(tmp_path, records) == ours


@pytest.mark.django_db
def test_order_in_which_rows_were_made_changes_nothing():
    drafts = []
    for seed in range(3):
        event = make_rows(Random(seed))
        drafts.append(json.dumps(records_json.dumps(draft(event))))
        event.delete()

    assert drafts == [drafts[0]] * 3


@pytest.mark.parametrize("days", [0, 1, 60])
def test_hour_of_the_day_changes_no_key(days):
    programme = demo_day()
    event = programme.event
    head = released.Head(
        release_id=1,
        number=1,
        digest="a",
        published=programme.stamps[0].modified,
        code=event.code,
        slug=event.slug,
        zone=event.zone,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        language="en",
        remembered_until=None,
    )
    morning = datetime(2017, 12, 9, 0, 0, 1, tzinfo=event.tz) - timedelta(days=days)
    evening = morning.replace(hour=23, minute=59)

    shown = [
        Shown(head, moment.astimezone(event.tz).date(), programme) for moment in (morning, evening)
    ]

    assert (shown[0].key, shown[0].modified) == (shown[1].key, shown[1].modified)
