"""What the database refuses, whoever writes it."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from talks.models import ImportantDate
from tests.factories import make_event, make_list, make_placement, make_session, make_talk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("year", [1, 217, 1969, 2200, 9999])
def test_day_of_another_age_is_refused(year):
    day, moment = date(year, 12, 31), datetime(year, 12, 31, 9, tzinfo=UTC)
    event = make_event()
    talk, session = make_talk(event), make_session(event)

    for make in (
        lambda: make_event(starts_on=day, ends_on=day),
        lambda: make_session(event, start=moment),
        lambda: make_placement(talk, session, start=moment),
        lambda: ImportantDate.objects.create(event=event, label="Day", on=day),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


def test_talk_longer_than_a_day_is_refused():
    with pytest.raises(IntegrityError):
        make_talk(make_event(), minutes=24 * 60 + 1)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//example.org/", "data:text/html,a"])
def test_address_that_is_not_of_the_web_is_refused(address):
    event = make_event()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_session(event, stream=address)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_list(source=address)
