"""Requests that no link of ours makes."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.utils import timezone

from talks.models import EventRole, EventSlug
from talks.publishing import publish
from tests.factories import make_event, make_person, make_session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("moment", ["9999-12-31T23:59", "0001-01-01T00:00", "0001-01-01T00:00+14"])
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati", "UTC"])
def test_moment_at_the_end_of_all_time_is_refused_or_shown(client, moment, zone):
    event = make_event(zone=zone)
    make_session(event)
    publish(event)

    response = client.get(f"/events/{event.slug}/schedule/", {"at": moment})

    assert response.status_code in (200, 400)


@pytest.mark.parametrize(
    ("one", "other"),
    [("alarm=5&alarm=10", "alarm=10&alarm=5"), ("alarm=5", "alarm=5&alarm=")],
)
def test_parameter_given_twice_puts_nothing_under_the_address_of_another(client, one, other):
    start = timezone.now() + timedelta(days=1)
    event = make_event(starts_on=start.date())
    make_session(event, start=start)
    publish(event)
    path = f"/events/{event.slug}/schedule.ics"

    first, second = client.get(f"{path}?{one}"), client.get(f"{path}?{other}")

    assert first.content != second.content
    assert first["ETag"] != second["ETag"]


def test_file_is_there_under_an_old_slug_too(client):
    event = make_event(slug="new")
    picture = ContentFile(b"\x89PNG\r\n\x1a\n", name="ada.png")
    person = make_person(event, picture=picture)
    EventRole.objects.create(person=person)
    EventSlug.objects.create(slug="old", event=event)
    publish(event)

    response = client.get(f"/events/old/files/{person.picture.name}")

    assert (response.status_code, b"".join(response)) == (200, b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize("path", ["/events/", "/robots.txt", "/static/css/site.css", "/nowhere/"])
def test_answer_to_head_has_no_octet_of_a_body(path):
    request = RequestFactory().head(path)
    environ = {**request.environ, "wsgi.input": BytesIO()}

    body = WSGIHandler()(environ, lambda status, headers: None)

    assert b"".join(body) == b""


@pytest.mark.parametrize("path", ["/events/{}/", "/events/{}/schedule/", "/events/{}/schedule.ics"])
def test_answer_without_a_body_varies_as_the_whole_one_does(client, path):
    event = make_event(about="Words " * 100)
    make_session(event)
    publish(event)
    address, packed = path.format(event.slug), {"Accept-Encoding": "gzip"}
    whole = client.get(address, headers=packed)

    empty = client.get(address, headers={**packed, "If-None-Match": whole["ETag"]})

    assert (whole.status_code, empty.status_code) == (200, 304)
    assert sorted(empty["Vary"].split(", ")) == sorted(whole["Vary"].split(", "))
