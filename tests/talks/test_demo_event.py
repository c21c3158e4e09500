"""fixtures/event.jsonl is the workshop of the source: its people, its timetable, its dates."""

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from papers.models import Item, Paper
from talks.models import Award, Event, EventRole, ImportantDate, Person, Placement, Session, Talk
from talks.models.programme import TalkRole
from talks.publishing import publish
from tests import demo

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("America/Los_Angeles")
BATCHES = "Designing for Supercompute-Scale Deep Learning"
PANEL = "Panel on Future Hardware Directions"


@pytest.fixture(scope="module", autouse=True)
def workshop(django_db_setup, django_db_blocker):
    with demo.loaded(django_db_blocker, "papers", "event"):
        yield


def roles_of(title):
    return Talk.objects.get(title=title).roles.select_related("person")


COUNTS = {
    "invited talks": (lambda: Talk.objects.filter(kind="invited").count(), 16),
    "their speakers": (
        lambda: Person.objects.filter(roles__talk__kind="invited").distinct().count(),
        17,
    ),
    "posters": (lambda: Talk.objects.filter(kind="poster").count(), 13),
    "author entries": (lambda: TalkRole.objects.filter(role="author").count(), 53),
    "panels": (lambda: Talk.objects.filter(kind="panel").count(), 1),
    "breaks": (lambda: Session.objects.filter(kind="break").count(), 3),
    "sessions": (lambda: Session.objects.count(), 10),
    "talks with a time of their own": (lambda: Placement.objects.exclude(start=None).count(), 16),
    "placements": (lambda: Placement.objects.count(), 16 + 1 + 2 * 13),
    "boards": (lambda: Placement.objects.exclude(board="").count(), 0),
    "people": (lambda: Person.objects.count(), 72),
    "people the catalogue knows": (lambda: Person.objects.exclude(author=None).count(), 54),
    "organizers": (lambda: EventRole.objects.filter(role="organizer").count(), 5),
    "dates": (lambda: ImportantDate.objects.count(), 3),
    "awards": (lambda: Award.objects.count(), 1),
    "rows of all four documents": (
        lambda: Item.objects.count() + Talk.objects.filter(kind="poster").count(),
        804,
    ),
}


@pytest.mark.parametrize(("count", "expected"), COUNTS.values(), ids=list(COUNTS))
def test_counts_are_the_sources(count, expected):
    assert count() == expected


def test_event_is_where_and_when_it_was():
    event = Event.objects.get(slug="supercomputer-scale-2017")

    assert (event.name, event.kind) == ("Deep Learning at Supercomputer Scale", "workshop")
    assert (event.place, event.zone) == ("Long Beach, California", "America/Los_Angeles")
    assert (event.starts_on, event.ends_on) == (date(2017, 12, 9), date(2017, 12, 9))
    assert event.contact == "supercomputersfordl2017@gmail.com"


TIMETABLE = [
    "08:00-08:10 Welcome",
    "08:10-08:30 Generalization Gap",
    "08:30-08:50 Closing the Generalization Gap",
    "08:50-09:10 Don't Decay the Learning Rate, Increase the Batchsize",
    "09:10-09:30 ImageNet in 1 Hour",
    "09:30-09:50 ImageNet is the New MNIST",
    "09:50-10:10 Coffee Break",
    "10:10-10:30 KFAC and Natural Gradients",
    "10:30-10:50 Neumann Optimizer",
    "10:50-11:10 Evolutionary Strategies",
    f"11:15-12:00 {PANEL}",
    "12:00-13:30 Lunch Break (and posters)",
    "13:30-13:50 Learning Device Placement",
    "13:50-14:10 Scaling and Sparsity",
    "14:10-14:30 Small World Network Architectures",
    "14:30-14:50 Scalable RL & AlphaGo",
    "14:50-15:20 Break",
    "15:20-15:40 Scaling Deep Learning to 15 PetaFlops",
    "15:40-16:00 Scalable Silicon Compute",
    "16:00-16:20 Practical Scaling Techniques",
    f"16:20-16:40 {BATCHES}",
    "16:45-17:30 Posters and Mingling",
]


def rows_of(session):
    """Yield start, end and title of a session's timed talks, or else of the session."""
    timed = session.placements.exclude(start=None).select_related("talk")
    for each in timed:
        yield each.start, each.start + timedelta(minutes=each.talk.minutes), each.talk.title
    if not timed:
        yield session.start, session.end, session.title


def test_timetable_in_local_hours():
    rows = [row for session in Session.objects.order_by("start") for row in rows_of(session)]

    assert [
        f"{start.astimezone(ZONE):%H:%M}-{end.astimezone(ZONE):%H:%M} {title}"
        for start, end, title in rows
    ] == TIMETABLE


def test_timetable_in_utc_ends_on_the_next_day():
    assert Session.objects.earliest("start").start == datetime(2017, 12, 9, 16, tzinfo=UTC)
    assert Session.objects.latest("end").end == datetime(2017, 12, 10, 1, 30, tzinfo=UTC)


def test_sessions_hold_the_talks_between_breaks():
    assert [
        (session.kind, f"{session.start.astimezone(ZONE):%H:%M}", size, session.minutes)
        for session in Session.objects.order_by("start")
        if (size := session.placements.count()) or session.kind == "break"
    ] == [
        *[("talks", "08:10", 5, 100), ("break", "09:50", 0, 20), ("talks", "10:10", 3, 60)],
        *[("panel", "11:15", 1, 45), ("break", "12:00", 13, 90), ("talks", "13:30", 4, 80)],
        *[("break", "14:50", 0, 30), ("talks", "15:20", 4, 80), ("posters", "16:45", 13, 45)],
    ]


def test_sessions_are_as_long_as_they_are_meant_to_be():
    for session in Session.objects.all():
        assert session.end - session.start == timedelta(minutes=session.minutes)


def test_posters_hang_at_lunch_and_at_the_end():
    for talk in Talk.objects.filter(kind="poster"):
        placements = talk.placements.order_by("session__start")

        assert [each.session.title for each in placements] == [
            "Lunch Break (and posters)",
            "Posters and Mingling",
        ]
        assert [each.start for each in placements] == [None, None]


def test_organisations_are_as_printed():
    talks = Talk.objects.filter(kind="invited")

    assert Counter(talk.roles.first().affiliation for talk in talks) == {
        **{"Google Brain": 5, "OpenAI": 2, "Facebook Research": 1, "DeepMind": 1, "Baidu": 1},
        **{"Salesforce Research": 1, "Technion": 1, "Cerebras": 1, "GraphCore": 1, "NVIDIA": 1},
        "Lawrence Berkeley National Labs": 1,
    }


def test_two_people_give_one_talk():
    roles = roles_of("KFAC and Natural Gradients")

    assert [role.name for role in roles] == ["Matthew Johnson", "Daniel Duckworth"]


def test_talk_has_the_title_of_the_schedule():
    talk = Talk.objects.get(title=BATCHES)

    assert talk.subtitle == 'announced as "Scaling with Small Batches"'
    assert [role.person.name for role in roles_of(BATCHES)] == ["Michael James"]


def test_panel_has_a_moderator_and_four_panelists():
    assert [(role.role, role.name, role.affiliation) for role in roles_of(PANEL)] == [
        ("moderator", "Greg Diamos", "Baidu Research"),
        ("panelist", "Jeff Dean", "Google Senior Fellow"),
        ("panelist", "Michael James", "Cerebras Chief Software Architect and Co-founder"),
        ("panelist", "Simon Knowles", "Graphcore CTO and Co-founder"),
        ("panelist", "Scott Gray", "OpenAI"),
    ]


ONE_HUMAN = {  # every role, name and affiliation as printed
    "Gregory Diamos": {
        "speaker|Gregory Diamos|Baidu",
        "moderator|Greg Diamos|Baidu Research",
        "author|Greg Diamos|",
    },
    "Nitish Keskar": {
        "speaker|Nitish Keskar|Salesforce Research",
        "author|Nitish Shirish Keskar|",
    },
    "Simon Knowles": {
        "speaker|Simon Knowles|GraphCore",
        "panelist|Simon Knowles|Graphcore CTO and Co-founder",
    },
    "Thorsten Kurth": {
        "speaker|Thorsten Kurth|Lawrence Berkeley National Labs",
        "author|Thorsten Kurth|",
    },
}


@pytest.mark.parametrize(("name", "printed"), ONE_HUMAN.items(), ids=ONE_HUMAN)
def test_one_human_is_one_person(name, printed):
    person = Person.objects.get(name__endswith=name.rpartition(" ")[2])

    assert person.name == name
    assert {f"{each.role}|{each.name}|{each.affiliation}" for each in person.roles.all()} == printed


@pytest.mark.parametrize(
    ("name", "sort_name"),
    [
        ("Nicolas Le Roux", "Le Roux, Nicolas"),
        ("Prabhat", "Prabhat"),
        ("Amir Gholami", "Gholami, Amir"),
        ("Aydın Buluc", "Buluc, Aydın"),
        ("Steve L. Scott", "Scott, Steve L."),
    ],
)
def test_awkward_names_are_sorted_by_family(name, sort_name):
    assert Person.objects.get(name=name).sort_name == sort_name


def test_poster_authors_are_all_there():
    posters = Placement.objects.filter(session__kind="posters").select_related("talk")

    sizes = [each.talk.roles.count() for each in posters]
    assert sizes == [3, 3, 1, 3, 4, 9, 8, 4, 3, 3, 5, 2, 5]


def test_every_poster_is_a_paper_and_two_stand_in_a_list():
    posters = Talk.objects.filter(kind="poster")

    assert posters.filter(paper=None).count() == 0
    assert sorted(posters.filter(paper__is_public=True).values_list("title", flat=True)) == [
        "Block-Sparse Recurrent Neural Networks",
        "Deep Gradient Compression: Reducing Communication Bandwidth for Distributed Training",
    ]


def test_publishing_makes_the_posters_papers_public():
    before = Paper.objects.public().count()
    publish(Event.objects.get())
    assert (before, Paper.objects.public().count()) == (763, 774)


def test_dates_keep_the_text_that_was_announced():
    dates = ImportantDate.objects.values_list("label", "on", "time", "zone", "announced")

    assert list(dates) == [
        ("Submissions due", date(2017, 11, 3), time(16, 59), ZONE.key, "4:59pm PST"),
        ("Decisions announced", date(2017, 11, 10), None, ZONE.key, ""),
        ("Workshop", date(2017, 12, 9), None, ZONE.key, ""),
    ]


def test_deadline_is_on_the_wall_clock_of_california():
    due = ImportantDate.objects.get(label="Submissions due")

    moment = datetime.combine(due.on, due.time, ZoneInfo(due.zone))

    assert moment.astimezone(UTC) == datetime(2017, 11, 3, 23, 59, tzinfo=UTC)


def test_organizers_stand_in_order():
    roles = EventRole.objects.values_list("person__name", "affiliation")

    assert list(roles) == [
        ("Erich Elsen", "Google Brain"),
        ("Danijar Hafner", "University College London"),
        ("Zak Stone", "Google Brain"),
        ("Brennan Saeta", "Google Brain"),
        ("Nicolas Le Roux", "Google Brain"),
    ]


def test_every_row_passes_its_fields_validators():
    assert demo.rows_with_faults("talks") == []


@demo.needs_seeds
def test_every_title_and_name_of_the_source_is_kept():
    text = "\n".join(demo.seed_lines("004"))
    posters = re.search(r"# Accepted Posters\n(.*?)\n# ", text, re.DOTALL)[1]
    titles = set(re.findall(r' - "(.*)"', text)) | set(re.findall(r"\* (.*?) - ", posters))
    names = set(re.findall(r"^\d+\. ([^&\n]*?) - ", text, re.MULTILINE))

    kept = set(Talk.objects.values_list("title", flat=True))
    kept |= {talk.subtitle.split('"')[1] for talk in Talk.objects.exclude(subtitle="")}

    assert titles - kept == set()
    assert names - set(TalkRole.objects.values_list("name", flat=True)) == set()
    assert (len(titles), len(names)) == (16 + 1 + 13, 15)


@demo.needs_seeds
def test_no_sentence_is_copied():
    assert demo.copied_runs("talks", 8) == []
