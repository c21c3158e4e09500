import pytest

from talks import addresses
from tests.talks.records import make_date, make_event, make_role, make_session, make_talk


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t Decay the Learning Rate", "dont-decay-the-learning-rate"),
        ("Zoë Łukasz Ørsted-Straße & Ægir", "zoe-lukasz-orsted-strasse-aegir"),
        ("  KFAC / Natural   Gradients!! ", "kfac-natural-gradients"),
        ("深層学習", ""),
        ("深層学習 2026", "2026"),
        ("", ""),
        ("../../etc/passwd?x=1#y", "etc-passwd-x-1-y"),
        ("a\x00b\r\nc", "a-b-c"),
    ],
)
def test_slug_is_ascii_words(text, expected):
    assert addresses.slug(text) == expected


def test_slug_is_cut_at_a_word():
    assert addresses.slug("abcdefghi " * 9) == "-".join(["abcdefghi"] * 6)


def test_slug_of_one_long_word_is_cut_in_the_word():
    assert addresses.slug("a" * 10_000) == "a" * 60


def test_page_carries_code_and_slug():
    event, talk = make_event(slug="dlsc-17"), make_talk("ImageNet in 1 Hour", code="T2222222B")

    assert addresses.talk_path(event, talk) == (
        "/events/dlsc-17/talks/T2222222B-imagenet-in-1-hour/"
    )


def test_page_of_an_untranslatable_title_is_the_code():
    session = make_session("海報", code="S2222222B")

    assert addresses.session_path(make_event(), session) == "/events/dlsc-17/sessions/S2222222B/"


def test_every_path_of_an_event():
    event, person = make_event(), make_role("Ada Lovelace").person

    paths = [
        addresses.event_path(event),
        addresses.schedule_path(event),
        addresses.schedule_file_path(event, "ics"),
        addresses.session_feed_path(event, make_session()),
        addresses.talk_feed_path(event, make_talk()),
        addresses.people_path(event),
        addresses.person_path(event, person),
        addresses.person_feed_path(event, person),
        addresses.dates_path(event),
        addresses.dates_feed_path(event),
        addresses.date_path(event, make_date()),
    ]

    assert paths == [
        "/events/dlsc-17/",
        "/events/dlsc-17/schedule/",
        "/events/dlsc-17/schedule.ics",
        "/events/dlsc-17/sessions/S2222222A.ics",
        "/events/dlsc-17/talks/T2222222A.ics",
        "/events/dlsc-17/people/",
        "/events/dlsc-17/people/PADALOVEL-ada-lovelace/",
        "/events/dlsc-17/people/PADALOVEL.ics",
        "/events/dlsc-17/dates/",
        "/events/dlsc-17/dates.ics",
        "/events/dlsc-17/dates/#D2222222A",
    ]
