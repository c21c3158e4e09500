"""Surveys: read whole or not at all, without names, and nothing is replaced unseen."""

import io

import openpyxl
import pytest
from django.conf import settings

from eventsite.cells import Unreadable
from eventsite.waiting import remove_all
from talks import survey
from talks.models import Vote
from talks.survey import Skipped
from talks.wishes import wishes
from tests.factories import make_event, make_organizer, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_waits():
    """Sheets that another test left waiting are not this one's."""
    remove_all()


@pytest.fixture
def event():
    """Three talks: Alpha has a number elsewhere, and two are called the same."""
    event = make_event()
    make_talk(event, title="Alpha", external_id="12")
    make_talk(event, title="Beta, with a comma")
    make_talk(event, title="Twin")
    make_talk(event, title="Twin")
    return event


def code(event, title):
    return event.talks.filter(title=title).first().code


def read(event, *lines, name="survey.csv"):
    return survey.read(event, name, "\n".join(lines).encode())


def persons(event, found):
    """Return how many want each talk, by title."""
    titles = dict(event.talks.values_list("code", "title"))
    return {titles[code]: number for code, number in found.persons().items()}


def xlsx(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_talk_is_told_by_code_number_or_title(event):
    twin = event.talks.filter(title="Twin").first()

    found = read(event, "voter,talk", "ada,12", 'bob,"Beta, with a comma"', f"cleo,{twin.code}")

    assert found.skipped == ()
    assert persons(event, found) == {"Alpha": 1, "Beta, with a comma": 1, "Twin": 1}
    assert (found.read, found.voters, found.duplicates) == (3, 3, 0)


def test_code_may_be_in_small_letters_and_titles_with_more_blanks(event):
    alpha = code(event, "Alpha")

    found = read(event, "voter,talk", f"ada,{alpha.lower()}", 'bob,"Beta,  with a comma "')

    assert persons(event, found) == {"Alpha": 1, "Beta, with a comma": 1}


def test_row_for_each_voter_and_column_for_each_talk(event):
    beta = code(event, "Beta, with a comma")

    found = read(event, f"who,Alpha,{beta}", "ada,1,x", "bob,0,yes", "cleo,,-")

    assert found.skipped == ()
    assert persons(event, found) == {"Alpha": 1, "Beta, with a comma": 2}
    assert found.voters == 2


def test_xlsx_is_read_with_numbers_and_truth_values(event):
    beta = "Beta, with a comma"
    listed = xlsx(["Talk", "Voter"], [12, 1], ["Alpha", 2.0], ["12", "2"])
    crossed = xlsx(["Voter", 12, beta], [1, True, False], [2, 1, None])

    by_row = survey.read(event, "survey.xlsx", listed)
    by_column = survey.read(event, "Survey.XLSX", crossed)

    assert (persons(event, by_row), by_row.duplicates) == ({"Alpha": 2}, 1)
    assert persons(event, by_column) == {"Alpha": 2}


def test_voter_who_says_the_same_twice_counts_once(event):
    found = read(event, "voter,talk", "ada,Alpha", " ADA ,12")

    assert (len(found.choices), found.voters, found.duplicates) == (1, 1, 1)


def test_empty_rows_are_nothing(event):
    found = read(event, "voter,talk", ",", "ada,Alpha", "")

    assert (found.read, found.skipped) == (1, ())


def test_every_bad_cell_is_named_with_what_is_expected(event):
    twins = sorted(event.talks.filter(title="Twin").values_list("code", flat=True))
    talk = "the code, the number elsewhere or the title of a talk of this event"
    one_of = f"the code of one of the talks that are called so: {', '.join(twins)}"

    found = read(event, "voter,talk", "ada,Gamma", ",Alpha", "bob,", "cleo,Twin")

    assert found.skipped == (
        Skipped(2, "talk", "Gamma", talk),
        Skipped(3, "voter", "", "who voted"),
        Skipped(4, "talk", "", talk),
        Skipped(5, "talk", "Twin", one_of),
    )


def test_bad_column_and_bad_answer_are_named(event):
    found = read(event, "voter,Alpha,Gamma", "ada,perhaps,1")

    assert found.skipped == (
        Skipped(
            *(1, "Gamma", "Gamma"),
            "the code, the number elsewhere or the title of a talk of this event",
        ),
        Skipped(2, "Alpha", "perhaps", "1, x or yes; or 0, no or nothing"),
    )


def test_talks_of_another_event_are_unknown(event):
    other = make_talk(make_event(), title="Elsewhere")

    found = read(event, "voter,talk", f"ada,{other.code}")

    assert [each.found for each in found.skipped] == [other.code]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["voter"], "Found the columns “voter”; expected voter and talk"),
        (["who,talk", "ada,Alpha"], "Found the columns “who”, “talk”; expected voter and talk"),
        (["voter,Voter", "ada,Alpha"], "Two columns have the same name."),
        (["voter" + ",x" * 100, "ada"], "The file has more than 100 columns"),
        ([], "The first row must name every column."),
    ],
)
def test_sheet_that_is_no_survey_is_refused_with_a_reason(event, lines, reason):
    with pytest.raises(Unreadable, match=reason):
        read(event, *lines)


def test_other_files_are_refused(event):
    with pytest.raises(Unreadable, match=r"“votes.pdf” is none of the files that are read"):
        read(event, "voter,talk", name="votes.pdf")


def test_voters_are_kept_as_hashes_that_no_other_sheet_shares(event):
    first, second = (read(event, "voter,talk", "ada,Alpha") for _each in range(2))

    [(one, _talk)], [(other, _again)] = first.choices, second.choices
    assert one != other
    assert [len(one), len(other)] == [64, 64]


def test_votes_take_the_place_of_those_before(event):
    beta = code(event, "Beta, with a comma")
    survey.replace(event, read(event, "voter,talk", "ada,Alpha", "bob,Alpha").choices)

    number = survey.replace(event, read(event, "voter,talk", f"ada,{beta}").choices)

    assert number == 1
    assert [vote.talk.code for vote in Vote.objects.all()] == [beta]


def test_votes_of_other_events_stay(event):
    other = make_event()
    make_talk(other, title="Elsewhere")
    survey.replace(other, read(other, "voter,talk", "ada,Elsewhere").choices)

    survey.replace(event, read(event, "voter,talk", "ada,Alpha").choices)
    survey.forget(event)

    assert [vote.event for vote in Vote.objects.all()] == [other]


def test_votes_are_what_people_want_together(event):
    beta = code(event, "Beta, with a comma")
    lines = ["ada,Alpha", f"ada,{beta}", "bob,Alpha"]

    survey.replace(event, read(event, "voter,talk", *lines).choices)

    found = wishes(event, {})
    pair = tuple(sorted([code(event, "Alpha"), beta]))
    assert found.persons == {code(event, "Alpha"): 2, beta: 1}
    assert found.together == {pair: 1}


# The page


def page_of(event):
    return f"/admin/talks/event/{event.pk}/survey/"


def give(client, event, *lines, name="survey.csv"):
    file = io.BytesIO("\n".join(lines).encode())
    file.name = name
    return client.post(page_of(event), {"action": "look", "file": file})


def take(client, response):
    waiting = response.context["waiting"]
    data = {"action": "take", "waiting": waiting}
    return client.post(response.request["PATH_INFO"], data, follow=True)


@pytest.fixture
def organizer(client, event):
    user = make_organizer(event)
    client.force_login(user)
    return user


def test_survey_is_shown_before_it_is_taken(client, event, organizer):
    shown = give(client, event, "voter,talk", "ada,Alpha", "bob,Alpha")
    before = Vote.objects.count()

    response = take(client, shown)

    assert before == 0
    assert shown.context["wanted"] == [("Alpha", 2)]
    assert "2 votes are taken." in response.content.decode()
    assert Vote.objects.count() == 2
    assert list((settings.DATA_DIR / "imports").glob("*")) == []


def test_no_name_waits_in_a_file(client, event, organizer):
    give(client, event, "voter,talk", "ada.lovelace@example.org,Alpha")

    [file] = (settings.DATA_DIR / "imports").glob("*")
    assert b"lovelace" not in file.read_bytes()
    assert code(event, "Alpha").encode() in file.read_bytes()


def test_survey_with_a_bad_row_is_not_taken(client, event, organizer):
    response = give(client, event, "voter,talk", "ada,Alpha", "bob,Gamma")

    body = response.content.decode()
    assert response.context["waiting"] == ""
    assert "<td>3</td><td>talk</td><td>Gamma</td>" in body
    assert "Take these votes" not in body


@pytest.mark.parametrize(
    ("lines", "name", "reason"),
    [
        (["voter,talk"], "survey.csv", "There is no vote in this file."),
        (["voter,talk", "ada,Alpha"], "survey.txt", "is none of the files that are read"),
        (["a,b"], "survey.xlsx", "This is no XLSX file."),
    ],
)
def test_what_cannot_be_read_is_told(client, event, organizer, lines, name, reason):
    response = give(client, event, *lines, name=name)

    assert reason in response.content.decode()
    assert Vote.objects.count() == 0


def test_no_file_is_told(client, event, organizer):
    response = client.post(page_of(event), {"action": "look"})

    assert "Choose a file." in response.content.decode()


def test_what_waits_for_one_is_not_taken_by_another(client, event, organizer):
    shown = give(client, event, "voter,talk", "ada,Alpha")
    client.force_login(make_organizer(event))

    response = take(client, shown)

    assert "Nothing was changed: upload the file again." in response.content.decode()
    assert Vote.objects.count() == 0


def test_what_was_taken_is_not_taken_again(client, event, organizer):
    shown = give(client, event, "voter,talk", "ada,Alpha")
    take(client, shown)

    response = take(client, shown)

    assert "Nothing was changed: upload the file again." in response.content.decode()
    assert Vote.objects.count() == 1


def test_votes_are_forgotten(client, event, organizer):
    take(client, give(client, event, "voter,talk", "ada,Alpha"))

    response = client.post(page_of(event), {"action": "forget"}, follow=True)

    assert "1 vote is forgotten." in response.content.decode()
    assert Vote.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "status"), [("owner", 200), ("editor", 200), ("scheduler", 200), ("viewer", 403)]
)
def test_viewers_see_counts_and_others_give_surveys(client, event, role, status):
    client.force_login(make_organizer(event, role))

    shown = client.get(page_of(event))
    answer = give(client, event, "voter,talk", "ada,Alpha")

    assert (shown.status_code, answer.status_code) == (200, status)
    assert ("Give a survey" in shown.content.decode()) is (role != "viewer")
