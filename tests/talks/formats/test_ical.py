import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from talks.entries import entries, whole_event_entries
from talks.formats.ical import Feed, Part, Words, dumps, size
from talks.formats.octets import Line, VEvent, octets, serialise
from talks.formats.vevent import modified
from talks.formats.wording import cancelled, location, uri
from talks.phases import Phase
from talks.records import TalkLink
from talks.stamps import tombstones
from tests.talks.formats.demo import demo_day
from tests.talks.records import (
    LONG_AGO,
    LOS_ANGELES,
    at,
    make_date,
    make_event,
    make_placement,
    make_programme,
    make_role,
    make_room,
    make_session,
    make_talk,
    make_track,
    release,
)

ROOT = Path(__file__).resolve().parents[3]
CHECKER = ROOT / "../shared/tools/ics_check.py"
LATER = LONG_AGO + timedelta(days=2)
HOSTILE = (
    '\x00\r\nEND:VEVENT\r\nBEGIN:VALARM\rX-A:b\nY\u2028Z\u2029\x85 ;,:"^\\ ^n '
    "\U0001f469\u200d\U0001f4bb \u202eé\x7f\x1f"
)


def make_feed(**fields) -> Feed:
    feed = Feed(
        name="Deep Learning, at Supercomputer Scale",
        base_url="https://example.org",
        page_url="https://example.org/events/dlsc-17/schedule/",
        feed_url="https://example.org/events/dlsc-17/schedule.ics",
        phase=Phase.NEAR,
        today=date(2017, 12, 1),
    )
    return replace(feed, **fields)


def whole(programme, feed=None, **fields):
    part = Part(programme, whole_event_entries(programme), programme.dates)
    return dumps(feed or make_feed(**fields), part)


def of_session(session, event=None, abstract_length=600, **fields):
    """The properties of the only entry of a session, as names and values."""
    draft = make_programme(session, event=event or make_event(), abstract_length=abstract_length)
    programme = release(draft)
    (found,) = events(dumps(make_feed(**fields), Part(programme, entries(programme))))
    return found


def lines(data):
    """Content lines, unfolded; checks what no parser does (RFC 5545, section 3.1)."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert [
        line for line in physical if len(line) > 75 or re.search(b"[\0-\x08\x0a-\x1f\x7f]", line)
    ] == []
    for line in physical:
        line.decode()  # a fold splits no character
    return data.replace(b"\r\n ", b"").decode()[:-2].split("\r\n")


def events(data):
    """Each VEVENT as a dict of raw values by name with parameters."""
    found, current = [], None
    for line in lines(data):
        if line == "BEGIN:VEVENT":
            current = {}
        elif line == "END:VEVENT":
            found.append(current)
            current = None
        elif current is not None:
            name, _, value = line.partition(":")
            current[name] = value
    return found


def names(data):
    return [line.partition(":")[0] for line in lines(data)]


def test_demo_day_has_the_hours_of_long_beach():
    found = Calendar.from_ical(whole(demo_day())).walk("VEVENT")

    assert [
        (e.start.astimezone(UTC).strftime("%H:%M"), f"{e.start:%H:%M}-{e.end:%H:%M}", e["SUMMARY"])
        for e in found
        if isinstance(e.start, datetime) and e.start.date() == date(2017, 12, 9)
    ] == [
        ("16:00", "08:00-08:10", "Welcome"),
        ("16:10", "08:10-08:30", "Generalization Gap"),
        ("16:30", "08:30-08:50", "Closing the Generalization Gap"),
        ("16:50", "08:50-09:10", "Don’t Decay the Learning Rate, Increase the Batchsize"),
        ("17:10", "09:10-09:30", "ImageNet in 1 Hour"),
        ("17:30", "09:30-09:50", "ImageNet is the New MNIST"),
        ("17:50", "09:50-10:10", "Coffee break"),
        ("19:15", "11:15-12:00", "Panel"),
        ("20:00", "12:00-13:30", "Lunch and posters"),
    ]


def test_calendar_says_what_clients_ask():
    head = lines(whole(demo_day()))

    assert head[: head.index("BEGIN:VTIMEZONE")] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//eventsite//programme 1//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Deep Learning\\, at Supercomputer Scale",
        "X-WR-CALNAME:Deep Learning\\, at Supercomputer Scale",
        "DESCRIPTION:Deep Learning at Supercomputer Scale. Contact: us@example.org",
        "X-WR-CALDESC:Deep Learning at Supercomputer Scale. Contact: us@example.org",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "SOURCE;VALUE=URI:https://example.org/events/dlsc-17/schedule.ics",
        "X-WR-TIMEZONE:America/Los_Angeles",
        "URL;VALUE=URI:https://example.org/events/dlsc-17/schedule/",
        "LAST-MODIFIED:20171101T090000Z",
    ]


def test_entry_of_a_talk_says_all_of_it():
    entry = events(whole(demo_day(), is_busy=True))[4]

    assert entry == {
        "UID": "L222222A2@events.example.org",
        "DTSTAMP": "20171101T090000Z",
        "LAST-MODIFIED": "20171101T090000Z",
        "CREATED": "20171101T090000Z",
        "SEQUENCE": "0",
        "DTSTART;TZID=America/Los_Angeles": "20171209T081000",
        "DTEND;TZID=America/Los_Angeles": "20171209T083000",
        "SUMMARY": "Generalization Gap",
        "DESCRIPTION": (
            "Speaker: Nitish Keskar (Salesforce Research)\\nChair: Zak Stone\\nRoom: Hall A"
            "\\nTrack: Training\\; scaling\\, speed"
            "\\n\\nStream: https://stream.example.org/live?room=a\\,b"
            "\\n\\nhttps://example.org/events/dlsc-17/talks/T222222A2-generalization-gap/"
        ),
        "LOCATION": "Hall A\\, Long Beach\\, 300 E Ocean Blvd\\, Long Beach\\, CA",
        "CATEGORIES": "Training\\; scaling\\, speed,Invited",
        "URL;VALUE=URI": "https://example.org/events/dlsc-17/talks/T222222A2-generalization-gap/",
        "STATUS": "CONFIRMED",
        "TRANSP": "OPAQUE",
        "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Stream": (
            "https://stream.example.org/live?room=a,b"
        ),
    }


def test_session_lists_its_talks():
    first = make_talk("First", code="T2222222A", roles=(make_role("Ada"), make_role("Grace")))
    second = make_talk("Second", code="T2222222B", status="cancelled")
    placements = (make_placement(first, at("8:10")), make_placement(second, board="7"))

    entry = of_session(make_session(placements=placements))

    assert entry["DESCRIPTION"] == (
        "08:10 First – Ada\\, Grace\\nBoard 7: Cancelled: Second"
        "\\n\\nhttps://example.org/events/dlsc-17/sessions/S2222222A-morning/"
    )


def test_description_holds_subtitle_people_abstract_and_links():
    talk = make_talk(
        "Title",
        subtitle="Subtitle",
        abstract="*Words* " * 200,
        language="fr",
        roles=(make_role("Ada", "moderator"), make_role("Grace", "panelist", "Navy")),
        links=(
            TalkLink("slides", "https://example.org/s.pdf", ""),
            TalkLink("code", "", "Code & data", "a1b2/my data.zip"),
            TalkLink("bad", "javascript:alert(1)", ""),
        ),
    )

    entry = of_session(make_session(placements=(make_placement(talk, at("8:10"), board="7"),)))

    assert entry["DESCRIPTION"].split("\\n\\n") == [
        "Subtitle",
        "Moderator: Ada\\nPanelist: Grace (Navy)\\nBoard: 7\\nLanguage: fr",
        "Words " * 99 + "Words…",
        "Slides: https://example.org/s.pdf"
        "\\nCode & data: https://example.org/events/dlsc-17/files/a1b2/my%20data.zip",
        "https://example.org/events/dlsc-17/talks/T2222222A-title/",
    ]


def test_abstracts_are_as_long_as_the_release_says():
    talk = make_talk(abstract="one two three four")
    session = make_session("Session", placements=(make_placement(talk, at("8:10")),))

    found = [
        of_session(session, abstract_length=length)["DESCRIPTION"].count("one")
        for length in (600, 10, 0)
    ]

    assert found == [1, 1, 0]


def test_words_can_be_translated():
    talk = make_talk("Titre", kind="keynote", roles=(make_role("Ada"), make_role("Grace")))
    placement = make_placement(replace(talk, status="cancelled"), at("8:10"))
    words = Words(
        cancelled="Annulé", speaker=("Orateur", "Orateurs"), kinds={"keynote": "Plénière"}
    )

    entry = of_session(make_session(placements=(placement,)), words=words)

    assert (entry["SUMMARY"], entry["CATEGORIES"], entry["DESCRIPTION"].split("\\n")[0]) == (
        "Annulé: Titre",
        "Plénière",
        "Orateurs: Ada\\, Grace",
    )


def test_cancelled_entry_blocks_no_time_and_rings_no_bell():
    data = [
        of_session(make_session(status=status), is_busy=True, alarm=10)
        for status in ("planned", "cancelled")
    ]

    assert [(e["SUMMARY"], e["STATUS"], e["TRANSP"], e.get("TRIGGER")) for e in data] == [
        ("Morning", "CONFIRMED", "OPAQUE", "-PT10M"),
        ("Cancelled: Morning", "CANCELLED", "TRANSPARENT", None),
    ]


@pytest.mark.parametrize(
    ("kind", "is_busy", "expected"),
    [
        ("talks", True, "OPAQUE"),
        ("talks", False, "TRANSPARENT"),
        ("break", True, "TRANSPARENT"),
        ("social", True, "TRANSPARENT"),
    ],
)
def test_breaks_and_socials_never_block_time(kind, is_busy, expected):
    assert of_session(make_session(kind=kind), is_busy=is_busy)["TRANSP"] == expected


@pytest.mark.parametrize(("day", "bells"), [(8, 1), (9, 1), (10, 0)])
def test_what_is_past_rings_no_bell(day, bells):
    entry = of_session(make_session(), alarm=15, today=date(2017, 12, day))

    assert list(entry).count("TRIGGER") == bells


@pytest.mark.parametrize(
    ("phase", "pause"), [("far", "PT6H"), ("near", "PT1H"), ("running", "PT15M"), ("over", "P1D")]
)
def test_feed_asks_to_come_again_as_the_event_draws_near(phase, pause):
    found = lines(whole(demo_day(), phase=Phase(phase)))

    assert [line for line in found if line.startswith(("REFRESH", "X-PUB"))] == [
        f"REFRESH-INTERVAL;VALUE=DURATION:{pause}",
        f"X-PUBLISHED-TTL:{pause}",
    ]


def test_private_feed_does_not_tell_its_address():
    public, private = (
        names(whole(demo_day(), feed_url=url)) for url in ("https://example.org/a.ics", "")
    )

    assert [n.count("SOURCE;VALUE=URI") for n in (public, private)] == [1, 0]


def test_download_of_one_thing_has_no_name():
    programme = demo_day()
    part = Part(programme, entries(programme)[:1])

    found = names(dumps(make_feed(is_single=True, feed_url=""), part))

    assert found[: found.index("BEGIN")] == []
    assert found[1 : found.index("BEGIN", 1)] == [
        "VERSION",
        "PRODID",
        "CALSCALE",
        "X-WR-TIMEZONE",
        "URL;VALUE=URI",
        "LAST-MODIFIED",
    ]


def test_empty_feed_is_the_zone_alone():
    found = lines(dumps(make_feed(), Part(release(make_programme()))))

    assert [line for line in found if line.startswith("BEGIN")] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VTIMEZONE",
        "BEGIN:STANDARD",
        "BEGIN:DAYLIGHT",
    ]


def test_dates_are_days_moments_or_anywhere_on_earth():
    programme = demo_day()

    found = events(dumps(make_feed(), Part(programme, (), programme.dates)))

    assert [
        {k: v for k, v in e.items() if k.startswith(("DTSTART", "DTEND", "SUMMARY", "TRANSP"))}
        for e in found
    ] == [
        {
            "DTSTART": "20171103T232900Z",
            "DTEND": "20171103T235900Z",
            "SUMMARY": "Submissions due",
            "TRANSP": "TRANSPARENT",
        },
        {
            "DTSTART;VALUE=DATE": "20171110",
            "DTEND;VALUE=DATE": "20171111",
            "SUMMARY": "Decisions announced",
            "TRANSP": "TRANSPARENT",
        },
        {
            "DTSTART": "20171121T112959Z",
            "DTEND": "20171121T115959Z",
            "SUMMARY": "Camera ready (2017-11-20\\, 23:59 AoE)",
            "TRANSP": "TRANSPARENT",
        },
    ]


def test_date_tells_the_text_as_announced():
    programme = demo_day()

    first = events(dumps(make_feed(), Part(programme, (), programme.dates)))[0]

    assert first["DESCRIPTION"].split("\\n") == [
        "2017-11-03\\, 16:59 (America/Los_Angeles)",
        "As announced: 3 November 2017\\, 4:59pm PST",
        "https://example.org/events/dlsc-17/dates/#D2222222A",
    ]


def test_withdrawn_entry_says_that_and_names_nobody():
    before = release(make_programme(make_session(chairs=(make_role("Ada", "chair"),))))
    after = release(make_programme(), before, LATER)
    part = Part(after, (), (), tombstones(after, date(2017, 12, 1)))

    found = events(dumps(make_feed(alarm=10), part))

    assert found == [
        {
            "UID": "S2222222A@events.example.org",
            "DTSTAMP": "20171103T090000Z",
            "LAST-MODIFIED": "20171103T090000Z",
            "CREATED": "20171101T090000Z",
            "SEQUENCE": "1",
            "DTSTART": "20171209T161000Z",
            "DTEND": "20171209T175000Z",
            "SUMMARY": "Cancelled: Morning",
            "DESCRIPTION": "This is no longer in the programme.",
            "STATUS": "CANCELLED",
            "TRANSP": "TRANSPARENT",
        }
    ]


def test_withdrawn_day_stays_a_day():
    before = release(make_programme(dates=(make_date(on=date(2017, 11, 10)),)))
    after = release(make_programme(), before, LATER)
    part = Part(after, (), (), tombstones(after, date(2017, 11, 4)))

    (found,) = events(dumps(make_feed(), part))

    assert (found["DTSTART;VALUE=DATE"], found["DTEND;VALUE=DATE"]) == ("20171110", "20171111")


def test_time_that_happens_twice_is_written_in_utc():
    starts = [datetime(2017, 11, 5, 1, 30, tzinfo=LOS_ANGELES, fold=fold) for fold in (0, 1)]
    end = datetime(2017, 11, 5, 3, tzinfo=LOS_ANGELES)

    found = [of_session(replace(make_session(), start=start, end=end)) for start in starts]

    assert [(e["DTSTART"], e["DTEND"]) for e in found] == [
        ("20171105T083000Z", "20171105T110000Z"),
        ("20171105T093000Z", "20171105T110000Z"),
    ]


def test_entry_of_a_feed_of_ones_own_is_stamped_when_that_was_changed():
    programme = release(make_programme(make_session()))
    changed = LATER.replace(microsecond=5)

    (found,) = events(dumps(make_feed(), Part(programme, entries(programme), changed=changed)))

    assert (found["DTSTAMP"], found["LAST-MODIFIED"]) == ("20171103T090000Z", "20171103T090000Z")


@given(st.lists(st.tuples(st.booleans(), st.integers(-5, 5)), min_size=1, max_size=20))
def test_feed_of_ones_own_never_goes_back_and_moves_with_each_change(steps):
    """Whatever the clock says: it jumps by so many seconds before each star or release."""
    now, told = LONG_AGO, LONG_AGO
    programme = release(make_programme(make_session("0")), now=told)
    changed = LONG_AGO + timedelta(seconds=1)
    seen = [modified(programme.stamps[0], changed)]

    for number, (is_star, seconds) in enumerate(steps, 1):
        now += timedelta(seconds=seconds)
        if is_star:
            changed = max(now, changed + timedelta(seconds=1), told + timedelta(seconds=1))
        else:
            told = max(now, told + timedelta(seconds=1))
            programme = release(make_programme(make_session(str(number))), programme, told)
        seen.append(modified(programme.stamps[0], changed))

    assert seen == sorted(set(seen))


def test_entry_of_a_whole_session_lists_the_talks_that_were_starred():
    placements = tuple(
        make_placement(make_talk(title, code=code, roles=(make_role("Ada"),)), board=board)
        for code, title, board in (("T1", "Sparse", "3"), ("T2", "Dense", "4"), ("T3", "Deep", "5"))
    )
    programme = release(make_programme(make_session("Posters", placements=placements)))
    uid = "S2222222A@events.example.org"

    texts = [
        events(dumps(make_feed(), Part(programme, entries(programme), chosen=chosen)))[0][
            "DESCRIPTION"
        ].split("\\n\\n")[0]
        for chosen in ({}, {uid: frozenset({"T3", "T1"})}, {uid: frozenset({"gone"})})
    ]

    every = "Board 3: Sparse – Ada\\nBoard 4: Dense – Ada\\nBoard 5: Deep – Ada"
    starred = "Starred:\\nBoard 3: Sparse – Ada\\nBoard 5: Deep – Ada"
    assert texts == [every, starred, every]


def test_draft_is_tentative_and_its_name_says_so():
    programme = release(
        make_programme(
            make_session(),
            make_session(code="S2222222B", status="cancelled"),
            dates=(make_date(),),
        )
    )

    found = lines(whole(programme, is_draft=True))

    assert [line for line in found if line.startswith(("STATUS", "NAME", "X-WR-CALNAME"))] == [
        "NAME:Draft: Deep Learning\\, at Supercomputer Scale",
        "X-WR-CALNAME:Draft: Deep Learning\\, at Supercomputer Scale",
        "STATUS:TENTATIVE",
        "STATUS:TENTATIVE",
        "STATUS:CANCELLED",
    ]


def test_feed_by_session_says_so():
    found = lines(whole(demo_day(), is_by_session=True))

    assert [line for line in found if line.startswith("X-WR-CALDESC")] == [
        "X-WR-CALDESC:Deep Learning at Supercomputer Scale. Contact: us@example.org."
        " There is one entry for each session\\; the feeds of each day and each track hold"
        " every talk."
    ]


def test_only_what_changed_is_serialised_again():
    placements = tuple(
        make_placement(make_talk(f"Talk {n}", code=f"T{n:08}"), at("8:10")) for n in range(600)
    )
    before = release(make_programme(make_session(placements=placements)))
    changed = replace(placements[7], talk=replace(placements[7].talk, title="Another"))
    session = make_session(placements=(*placements[:7], changed, *placements[8:]))
    after = release(make_programme(session), before, LATER)
    octets.forget()

    counts = []
    for programme in (before, before, after):
        count = octets.count
        whole(programme)
        counts.append(octets.count - count)

    assert counts == [600, 0, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Line("DTSTART", date(2017, 12, 9)), Line("DTSTART", datetime(2017, 12, 9))),
        (Line("URL", "https://e.org"), Line("URL", "https://e.org", (("VALUE", "URI"),))),
        (Line("SUMMARY", "a"), Line("SUMMARY", "A")),
        (Line("CATEGORIES", ("a", "b")), Line("CATEGORIES", ("a,b",))),
    ],
)
def test_entries_that_are_printed_otherwise_are_remembered_apart(one, other):
    found = [VEvent((one,)), VEvent((other,)), VEvent((), (one,))]

    assert [octets(entry) for entry in found] == [serialise(entry) for entry in found]


def test_feed_of_two_events_names_both():
    second = make_event(name="Another", contact="they@example.org")
    programmes = [release(make_programme(make_session(), event=e)) for e in (make_event(), second)]

    found = lines(dumps(make_feed(), *(Part(p) for p in programmes)))

    assert [line for line in found if line.startswith("X-WR-CALDESC")] == [
        "X-WR-CALDESC:Deep Learning at Supercomputer Scale. Another. Contact: they@example.org"
    ]


def test_feed_of_two_events_holds_both_zones():
    berlin = make_event(zone="Europe/Berlin", uid_domain="b.example.org")
    programmes = [release(make_programme(make_session(), event=e)) for e in (make_event(), berlin)]

    data = dumps(make_feed(), *(Part(p, entries(p)) for p in programmes))

    assert [line for line in lines(data) if line.startswith(("TZID", "DTSTART;"))] == [
        "TZID:America/Los_Angeles",
        "TZID:Europe/Berlin",
        "DTSTART;TZID=Europe/Berlin:20171209T171000",
        "DTSTART;TZID=America/Los_Angeles:20171209T081000",
    ]


def test_order_of_what_is_handed_in_does_not_matter():
    programme = demo_day()
    found = entries(programme)

    data = [
        dumps(make_feed(), Part(programme, order, days))
        for order, days in ((found, programme.dates), (found[::-1], programme.dates[::-1]))
    ]

    assert data[0] == data[1]


def test_bytes_are_the_same_in_another_process():
    code = (
        "from tests.talks.formats.test_ical import *; import sys;"
        "sys.stdout.buffer.write(whole(demo_day(), alarm=10))"
    )

    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]

    assert runs == [whole(demo_day(), alarm=10)] * 2


@pytest.mark.parametrize(
    ("event", "room", "expected"),
    [
        (
            {"place": "Long Beach", "address": "a,\n\nb"},
            make_room("Hall"),
            "Hall, Long Beach, a, b",
        ),
        ({"place": "Long Beach"}, None, "Long Beach"),
        ({"place": ""}, None, ""),
    ],
)
def test_location_leaves_out_what_is_empty(event, room, expected):
    (entry,) = entries(make_programme(make_session(room=room)))

    assert location(entry, make_event(**event)) == expected


def test_session_without_room_and_place_has_no_location():
    with_room = of_session(make_session(room=make_room()), event=make_event(place=""))
    without = of_session(make_session(), event=make_event(place=""))

    assert [e.get("LOCATION") for e in (with_room, without)] == ["Hall A", None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/a?b=c,d#e", "https://example.org/a?b=c,d#e"),
        ("https://example.org/é \r\nX:y\"", "https://example.org/%C3%A9%20%0AX:y%22"),
        ("/files/a.pdf", "https://base.example.org/files/a.pdf"),
        ("//evil.example.org", ""),
        ("javascript:alert(1)", ""),
        ("ftp://example.org", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_addresses_are_absolute_and_ascii(text, expected):
    assert uri(text, "https://base.example.org") == expected


def hostile_programme(text):
    talk = make_talk(
        text,
        abstract=text,
        subtitle=text,
        language=text,
        roles=(make_role("x" + text, affiliation=text),),
        links=(TalkLink(text, "https://example.org/" + text, text),),
    )
    sessions = [
        make_session(
            text,
            code=code,
            kind=kind,
            room=make_room(text),
            track=make_track(text),
            stream="https://example.org/" + text,
            chairs=(make_role("x" + text, "chair"),),
            placements=(make_placement(talk, start, code=f"L{code}", board=text),) * count,
        )
        for code, kind, start, count in (("S1", "talks", at("8:10"), 1), ("S2", "posters", None, 2))
    ]
    event = make_event(name=text, place=text, address=text, contact=text)
    days = (make_date(text, announced=text),)
    return release(make_programme(*sessions, event=event, dates=days))


def property_names(data):
    return {name.partition(";")[0] for name in names(data)}


def structure(data):
    return [line for line in lines(data) if line.startswith(("BEGIN:", "END:"))]


@pytest.mark.parametrize("text", [HOSTILE, (HOSTILE * 200)[:10_000], "é" * 10_000, "\x00", "#"])
def test_hostile_text_injects_nothing(text):
    feed = make_feed(name=text, alarm=5, words=Words(stream=text))

    data = whole(hostile_programme(text), feed)

    plain = whole(hostile_programme("plain"), make_feed(alarm=5))
    assert structure(data) == structure(plain)
    assert property_names(data) - property_names(plain) == set()


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_injects_nothing(text):
    data = whole(hostile_programme(text), make_feed(name=text, words=Words(stream=text)))

    assert structure(data) == structure(whole(hostile_programme("plain"), make_feed()))
    assert Calendar.from_ical(data).errors == []


def test_long_title_comes_back_as_it_was():
    title = ('Größe; a, b: "c" ^ \\ 👩‍👩‍👧‍👦 ' * 300).strip()[:10_000]

    data = whole(release(make_programme(make_session(title))))

    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(event["SUMMARY"]) == title.strip()


def test_feed_of_600_talks_keeps_its_size():
    placements = tuple(
        make_placement(
            make_talk(
                f"A title of about sixty characters, as papers have them {n}",
                code=f"T{n:08}",
                abstract="Sentence after sentence of an abstract. " * 30,
                roles=(make_role("Ada Lovelace", affiliation="University of Somewhere"),),
            ),
            at("8:10"),
        )
        for n in range(600)
    )

    data = whole(release(make_programme(make_session(placements=placements))))

    assert len(data) // 900_000 == 0


def change_talks(programme, **fields):
    """Every placed talk with the fields changed."""
    sessions = (
        replace(
            s,
            placements=tuple(replace(p, talk=replace(p.talk, **fields)) for p in s.placements),
        )
        for s in programme.sessions
    )
    return replace(programme, sessions=tuple(sessions))


def change_sessions(programme, **fields):
    return replace(programme, sessions=tuple(replace(s, **fields) for s in programme.sessions))


def change_dates(programme, **fields):
    return replace(programme, dates=tuple(replace(d, **fields) for d in programme.dates))


def change_event(programme, **fields):
    return replace(programme, event=replace(programme.event, **fields))


EDITS = {
    "nothing": lambda p: p,
    "title of talks": lambda p: change_talks(p, title="Another"),
    "subtitle": lambda p: change_talks(p, subtitle="Another"),
    "abstract": lambda p: change_talks(p, abstract="Another"),
    "abstract, past what is printed": lambda p: change_talks(p, abstract=" "),
    "language": lambda p: change_talks(p, language="fr"),
    "level": lambda p: change_talks(p, level="expert"),
    "minutes": lambda p: change_talks(p, minutes=15),
    "track": lambda p: change_talks(p, track=make_track("Another", "K2222222B")),
    "paper": lambda p: change_talks(p, paper=None),
    "people": lambda p: change_talks(p, roles=(make_role("Grace Hopper"),)),
    "links": lambda p: change_talks(p, links=(TalkLink("slides", "https://example.org/s", ""),)),
    "status of talks": lambda p: change_talks(p, status="cancelled"),
    "title of sessions": lambda p: change_sessions(p, title="Another"),
    "room": lambda p: change_sessions(p, room=make_room("Hall B", "R2222222B")),
    "name of the room": lambda p: change_sessions(p, room=make_room("Hall B")),
    "chairs": lambda p: change_sessions(p, chairs=(make_role("Grace Hopper", "chair"),)),
    "stream": lambda p: change_sessions(p, stream="https://example.org/s"),
    "status of sessions": lambda p: change_sessions(p, status="cancelled"),
    "plenary": lambda p: change_sessions(p, is_plenary=False),
    "label of dates": lambda p: change_dates(p, label="Another"),
    "day of dates": lambda p: change_dates(p, on=date(2017, 11, 5)),
    "text of dates": lambda p: change_dates(p, announced="Soon"),
    "place": lambda p: change_event(p, place="Montreal"),
    "address": lambda p: change_event(p, address="Another"),
    "slug": lambda p: change_event(p, slug="another-17"),
    "language of the event": lambda p: change_event(p, language="fr"),
    "zone": lambda p: change_event(p, zone="America/Phoenix"),
    "about": lambda p: change_event(p, about="Another", name="Another", accent="#123456"),
}
MAJOR = ("DTSTART", "DTEND", "STATUS")
COUNTERS = ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")


@pytest.mark.parametrize("edit", EDITS)
def test_stamps_move_exactly_when_the_entry_changes(edit):
    before = demo_day()
    after = release(EDITS[edit](before), before, LATER)
    old, new = ({e["UID"]: e for e in events(whole(p))} for p in (before, after))

    def changed(uid, is_counted):
        return {k: v for k, v in old[uid].items() if is_counted(k)} != {
            k: v for k, v in new[uid].items() if is_counted(k)
        }

    assert sorted(old) == sorted(new)
    for uid in old:
        moved = old[uid]["LAST-MODIFIED"] < new[uid]["LAST-MODIFIED"]
        raised = old[uid]["SEQUENCE"] < new[uid]["SEQUENCE"]
        assert (uid, moved) == (uid, changed(uid, lambda k: k not in COUNTERS))
        assert (uid, raised or not changed(uid, lambda k: k.startswith(MAJOR))) == (uid, True)
        assert (uid, moved or not raised) == (uid, True)


def programme_before_and_after():
    before = demo_day()
    _, *others = before.sessions
    changed = [
        replace(session, status="cancelled") if session.kind == "panel" else session
        for session in others
    ]
    new = make_session("Closing", "16:00", "17:00", code="S2222222X")
    draft = replace(before, sessions=(*changed, new), dates=before.dates[1:])
    return before, release(draft, before, LATER)


def kinds_of_output():
    before, after = programme_before_and_after()
    part = Part(after, entries(after), after.dates, tombstones(after, date(2017, 11, 3)))
    single = make_feed(is_single=True, feed_url="")
    return {
        "whole": (whole(before, alarm=10), ()),
        "after": (dumps(make_feed(), part), ()),
        "single": (dumps(single, Part(before, entries(before)[1:2])), ("--single",)),
        "dates": (dumps(make_feed(), Part(before, (), before.dates)), ()),
        "empty": (dumps(make_feed(), Part(before)), ()),
    }


@pytest.mark.skipif(not CHECKER.exists(), reason="the strict checker is not here")
@pytest.mark.parametrize("kind", ["whole", "after", "single", "dates", "empty"])
def test_strict_checker_finds_nothing(kind, tmp_path):
    data, options = kinds_of_output()[kind]
    file = tmp_path / f"{kind}.ics"
    file.write_bytes(data)

    run = subprocess.run(
        [sys.executable, CHECKER, "--strict", *options, file],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stdout.splitlines()[-1]) == (0, "0 error(s), 0 warning(s)")


@pytest.mark.skipif(not CHECKER.exists(), reason="the strict checker is not here")
def test_strict_checker_accepts_the_next_release(tmp_path):
    outputs = kinds_of_output()
    for kind in ("whole", "after"):
        (tmp_path / kind).write_bytes(
            outputs[kind][0] if kind == "after" else whole(programme_before_and_after()[0])
        )

    run = subprocess.run(
        [sys.executable, CHECKER, "--strict", "--prev", tmp_path / "whole", tmp_path / "after"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stdout.splitlines()[-1]) == (0, "0 error(s), 0 warning(s)")


@given(title=st.text(max_size=300), abstract=st.text(max_size=900), alarm=st.none() | st.just(10))
@settings(max_examples=100, deadline=None)
def test_size_is_known_without_writing_and_never_too_small(title, abstract, alarm):
    talk = make_talk(title, abstract=abstract, roles=(make_role("Ada", affiliation='"; ,\\'),))
    programme = release(make_programme(make_session(placements=(make_placement(talk),))))
    feed, part = make_feed(alarm=alarm), Part(programme, entries(programme))

    written = len(dumps(feed, part))

    assert written <= size(feed, part) <= written * 1.05 + 100


def test_cancelled_title_with_nothing_printable_says_the_word_alone():
    assert [cancelled(title, Words()) for title in ("\x8c ", "Talk")] == [
        "Cancelled",
        "Cancelled: Talk",
    ]
