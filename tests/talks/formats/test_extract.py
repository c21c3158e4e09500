from uuid import UUID

import pytest

from eventsite.codes import ALPHABET
from talks.entries import entries
from talks.formats.extract import abstract, guid, in_order, number, people, subtitle
from tests.talks.formats.demo import demo_day
from tests.talks.formats.extracts import make_extract
from tests.talks.records import (
    make_placement,
    make_programme,
    make_role,
    make_room,
    make_session,
    make_talk,
)


def test_addresses_carry_the_question():
    extract = make_extract(demo_day(), query="?kind=break")

    assert extract.page_url == "https://example.org/events/dlsc-17/schedule/?kind=break"
    assert extract.file_url("csv") == "https://example.org/events/dlsc-17/schedule.csv?kind=break"


def test_entry_links_its_talk_or_its_session():
    extract = make_extract(demo_day())

    welcome, first = extract.entries[:2]

    assert extract.url_of(welcome) == (
        "https://example.org/events/dlsc-17/sessions/S2222222A-welcome/"
    )
    assert extract.url_of(first) == (
        "https://example.org/events/dlsc-17/talks/T222222A2-generalization-gap/"
    )


def test_chair_stands_with_the_session_and_not_with_its_timed_talks():
    chair, speaker = make_role("Zak Stone", "chair"), make_role("Ada Lovelace")
    session = make_session(chairs=(chair,))
    talk = make_talk(roles=(speaker,))
    whole = make_session(chairs=(chair,), placements=(make_placement(talk),))
    timed = make_session(chairs=(chair,), placements=(make_placement(talk, session.start),))

    found = [people(entries(make_programme(each))[0]) for each in (whole, timed)]

    assert found == [[speaker, chair], [speaker]]


def test_person_with_two_posters_of_a_session_is_told_once():
    role = make_role("Ada Lovelace", "author")
    placements = tuple(
        make_placement(make_talk(f"Poster {n}", code=f"T222222C{n}", roles=(role,))) for n in (2, 3)
    )

    (entry,) = entries(make_programme(make_session(placements=placements)))

    assert people(entry) == [role]


def test_session_called_otherwise_than_its_talk_tells_the_talk_s_title():
    talk = make_talk("Future Hardware", subtitle="A debate", abstract="What *comes* next?")

    (entry,) = entries(make_programme(make_session("Panel", placements=(make_placement(talk),))))

    assert subtitle(entry) == "Future Hardware – A debate"
    assert abstract(entry) == "What comes next?"


def test_what_starts_together_is_ordered_by_room():
    second = make_room("Annex")
    sessions = (
        make_session("None", code="S2222222A"),
        make_session("Annex", code="S2222222B", room=second, end="9:00"),
        make_session("Earlier", "8:00", "9:00", code="S2222222C"),
    )

    found = [entry.title for entry in in_order(entries(make_programme(*sessions)))]

    assert found == ["Earlier", "Annex", "None"]


def test_guid_is_the_same_for_ever():
    assert guid("S2222222A@events.example.org") == UUID("26551fa9-267b-5fb2-873b-2cdc43567edb")


@pytest.mark.parametrize("code", ["L" + ALPHABET[-1] * 8, "S" + ALPHABET[0] * 8])
def test_number_of_a_code_is_kept_by_json_in_every_language(code):
    assert 0 < number(code) < 2**53
