from datetime import date
from zoneinfo import ZoneInfo

import pytest

from talks.formats.schedule_text import WIDTH, dumps, width, wrapped
from tests.talks.formats.demo import demo_day
from tests.talks.formats.extracts import hostile_programme, make_extract
from tests.talks.records import make_programme, make_session


def day_name(day: date) -> str:
    return day.strftime("%A %d %B %Y")


def text(extract, about=("Long Beach",)):
    return dumps(extract, day_name, about).decode()


def test_schedule_reads_like_an_e_mail():
    lines = text(make_extract(demo_day())).splitlines()

    assert lines[:14] == [
        "Deep Learning at Supercomputer Scale",
        "====================================",
        "Long Beach",
        "https://example.org/events/dlsc-17/schedule/",
        "",
        "",
        "Saturday 09 December 2017",
        "-------------------------",
        "",
        "08:00-08:10  Welcome",
        "             Hall A",
        "",
        "08:10-08:30  Generalization Gap",
        "             Hall A | Training; scaling, speed",
    ]


def test_session_lists_its_posters_under_it():
    lines = text(make_extract(demo_day())).splitlines()

    assert lines[-4:] == [
        "12:00-13:30  Lunch and posters",
        "             Hall A",
        "             - Board 2: Adaptive Memory Networks",
        "             - Board 3: Sparse Persistent RNNs",
    ]


def test_days_are_those_of_the_zone_asked_for():
    extract = make_extract(make_programme(make_session()), zone=ZoneInfo("Asia/Tokyo"))

    assert "Sunday 10 December 2017\n-----------------------\n\n01:10-02:50  Morning" in text(
        extract
    )


def test_no_line_but_an_address_is_wider_than_an_e_mail():
    lines = text(make_extract(hostile_programme())).splitlines()

    wide = [line for line in lines if width(line) > WIDTH and not line.startswith("https://")]
    assert wide == []
    assert [line for line in lines if line.startswith("X-EVIL")] == []


@pytest.mark.parametrize(
    ("words", "margin", "lines"),
    [
        ("", 4, []),
        ("a b", 4, ["    a b"]),
        ("a" * 80, 0, ["a" * 78, "aa"]),
        ("漢" * 40, 0, ["漢" * 39, "漢"]),
        ("word " * 16, 0, [" ".join(["word"] * 15), "word"]),
    ],
)
def test_text_is_wrapped_at_words_and_by_columns(words, margin, lines):
    assert list(wrapped(words, margin)) == lines


def test_marks_over_letters_take_no_column():
    assert width("é") == 1
    assert width("e\u0301") == 1
