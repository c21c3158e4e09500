"""The pages on which a file of papers is read, looked at and applied."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from eventsite.models import Change, Import
from papers.editors import ensure_catalogue_editors
from papers.models import Item, Paper, ReadingList
from tests.factories import make_event, make_item, make_list, make_organizer, make_user

pytestmark = pytest.mark.django_db

PAGE = "/admin/papers/readinglist/read/"

LIST = """# Engines

## Early

- 2017-NIPS-[On engines](https://arxiv.org/abs/1712.00001)
- 2018-ICLR-[On looms](https://arxiv.org/abs/1802.00002) [[Code](https://github.com/a/looms)]
"""
TABLE = "Paper;Wer;Wann\nOn engines;Ada Lovelace;1843\nOn looms;Joseph Jacquard;1804\n"


@pytest.fixture
def editor(client):
    user = make_user("editor")
    user.groups.add(ensure_catalogue_editors())
    client.force_login(user)
    return user


def file(text, name="engines.md"):
    content = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile(name, content)


def given(client, text=LIST, **said):
    """Give a text to the form and return the page that follows."""
    return client.post(PAGE, {"text": text, "title": "Engines", **said}, follow=True)


def decide(client, page, action="apply", **said):
    address = page.redirect_chain[-1][0]
    data = {"action": action, "digest": page.context["plan"].digest, **said}
    return client.post(address, data, follow=True)


def counted(page):
    return {str(words): number for words, number in page.context["counts"]}


def test_text_is_shown_first_and_nothing_is_written(client, editor):
    page = given(client)

    assert counted(page)["papers read"] == 2
    assert [each.row.title for each in page.context["groups"][0].rows] == [
        *("On engines", "On looms"),
    ]
    assert (Paper.objects.count(), ReadingList.objects.count()) == (0, 0)
    assert Import.objects.get().state == "waiting"


def test_applied_file_becomes_a_list_by_its_maker(client, editor):
    page = client.post(PAGE, {"file": file(LIST)}, follow=True)

    report = decide(client, page)

    reading_list = ReadingList.objects.get()
    assert (reading_list.slug, reading_list.is_public) == ("engines", False)
    assert [item.paper.title for item in reading_list.items.all()] == ["On engines", "On looms"]
    assert counted(report)["new in the catalogue"] == 2
    assert [(row.state, bytes(row.content)) for row in Import.objects.all()] == [("applied", b"")]
    assert set(Change.objects.values_list("by", flat=True)) == {editor.pk}


def test_new_list_is_public_when_that_was_chosen(client, editor):
    decide(client, given(client, is_public="on"))

    assert ReadingList.objects.get().is_public
    assert [paper.is_public for paper in Paper.objects.all()] == [True, True]


def test_dropped_file_changes_nothing(client, editor):
    page = given(client)

    answer = decide(client, page, "drop")

    row = Import.objects.get()
    assert (row.state, bytes(row.content)) == ("dropped", b"")
    assert answer.redirect_chain[-1][0] == "/admin/papers/readinglist/"
    assert Paper.objects.count() == 0
    assert client.get(page.redirect_chain[-1][0]).status_code == 404


def test_same_file_again_changes_nothing(client, editor):
    decide(client, given(client))
    before = Change.objects.count()

    again = given(client, list=ReadingList.objects.get().pk)
    decide(client, again)

    assert {name: counted(again)[name] for name in ("new on the list", "unchanged")} == {
        "new on the list": 0,
        "unchanged": 2,
    }
    assert [change.fields for change in Change.objects.order_by("pk")[before:]] == []


def edited_both_ways(client):
    """A list whose first title was changed here, and otherwise in the next version of its file."""
    decide(client, given(client))
    Paper.objects.filter(title="On engines").update(title="On the engines")
    return given(
        client, LIST.replace("[On engines]", "[On engine]"), list=ReadingList.objects.get().pk
    )


def test_conflict_shows_three_values_and_what_is_here_stays(client, editor):
    page = edited_both_ways(client)

    (asked,) = page.context["conflicts"].rows
    decide(client, page)

    assert (asked.field.base, asked.field.file, asked.field.here) == (
        *("On engines", "On engine", "On the engines"),
    )
    assert Paper.objects.filter(title="On the engines").exists()


def test_conflict_is_decided_for_the_file(client, editor):
    page = edited_both_ways(client)
    (asked,) = page.context["conflicts"].rows

    decide(client, page, **{f"conflict-{asked.number}": "file"})

    assert Paper.objects.filter(title="On engine").exists()


def test_row_that_was_left_out_is_not_imported(client, editor):
    page = given(client)
    looms = page.context["groups"][0].rows[1]

    decide(client, page, leave=[looms.number, "x", "99999"])

    assert [item.paper.title for item in Item.objects.all()] == ["On engines"]


def test_what_the_file_no_longer_has_is_marked(client, editor):
    decide(client, given(client))
    less = "\n".join(line for line in LIST.splitlines() if "looms" not in line)
    page = given(client, less, list=ReadingList.objects.get().pk)

    decide(client, page)

    assert [each.name for each in page.context["groups"]] == ["gone"]
    assert [(item.paper.title, item.is_gone) for item in Item.objects.all()] == [
        ("On engines", False),
        ("On looms", True),
    ]


def test_plan_that_moved_on_is_shown_anew(client, editor):
    page = given(client)
    decide(client, given(client, title="Others"))  # the same papers, by another list

    answer = decide(client, page)

    assert "nothing is imported yet" in answer.content.decode()
    assert answer.context["plan"].digest != page.context["plan"].digest
    assert [each.slug for each in ReadingList.objects.all()] == ["others"]
    client.post(
        page.redirect_chain[-1][0],
        {"action": "apply", "digest": answer.context["plan"].digest},
    )
    assert ReadingList.objects.count() == 2


def test_list_made_meanwhile_under_the_same_name_is_shown_as_the_target(client, editor):
    page = given(client)
    made = make_list(slug="engines", title="Engines")

    answer = decide(client, page)

    assert "nothing is imported yet" in answer.content.decode()
    assert answer.context["plan"].list_pk == made.pk


@pytest.mark.parametrize("said", [{}, {"action": "burn"}, {"action": "apply", "digest": "x" * 65}])
def test_form_that_says_nothing_applies_nothing(client, editor, said):
    page = given(client)

    answer = client.post(page.redirect_chain[-1][0], said)

    assert (answer.status_code, Paper.objects.count()) == (200, 0)


def test_what_was_not_read_is_shown_with_line_and_reason(client, editor):
    page = given(client, LIST + "\n- 2019-ICML-[Untitled\n\nSome remark that is no paper.\n")

    lines = [(g.name, each.line) for g in page.context["skipped"] for each in g.rows]
    report = decide(client, page)
    kept = [(g.name, each.line) for g in report.context["skipped"] for each in g.rows]

    assert lines
    assert all(f"<td>{line}</td>" in page.content.decode() for _group, line in lines)
    assert kept == lines


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.7 " + b"\0" * 99, "a.pdf", "This is a PDF"),
        (b"\0\1\2\3" * 99, "a.md", ""),
        (b"<html><body>Nothing here</body></html>", "a.html", "This is a web page"),
        (b"", "empty.md", "empty"),
        (b"x" * (32 * 1024 * 1024 + 1), "big.md", "larger than 32 MB"),
    ],
)
def test_bad_file_is_refused_with_its_reason(client, editor, content, name, words):
    page = client.post(PAGE, {"file": file(content, name)})

    assert page.status_code == 200
    assert words in str(page.context["form"].errors)
    assert page.context["form"].errors
    assert Import.objects.count() == 0


def test_pasted_text_is_kept_when_it_is_refused(client, editor):
    text = "<html><body>Ada's page</body></html>"

    page = given(client, text)

    assert page.context["form"]["text"].value() == text
    assert "Ada&#x27;s page" in page.content.decode()


@pytest.mark.parametrize("both", [True, False])
def test_either_file_or_text_is_given(client, editor, both):
    data = {"file": file(LIST), "text": LIST} if both else {"text": " "}

    page = client.post(PAGE, data)

    assert page.context["form"].non_field_errors() == ["Give either a file or a text."]


def test_new_list_has_a_title_of_its_own(client, editor):
    make_list(slug="engines")

    taken = given(client)
    unnamed = given(client, "- 2017-NIPS-[On engines](https://arxiv.org/abs/1)", title="")

    assert [list(page.context["form"].errors) for page in (taken, unnamed)] == [["title"]] * 2


def test_columns_of_a_table_are_read_as_was_said(client, editor):
    columns = "title = Paper\nauthors = Wer\nyear = Wann"

    page = given(client, TABLE, columns=columns)
    decide(client, page)

    assert {paper.title: paper.year for paper in Paper.objects.all()} == {
        "On engines": 1843,
        "On looms": 1804,
    }
    assert Paper.objects.get(year=1804).authorships.get().name == "Joseph Jacquard"


def test_columns_that_are_not_read_are_chosen_on_the_preview(client, editor):
    page = given(client, TABLE, columns="title = Paper")
    assert page.context["unread"] == ["Wer", "Wann"]
    assert page.context["skipped"] == []
    assert counted(page)["lines not read as papers"] == 0

    again = decide(client, page, "columns", **{"column-0": "authors", "column-1": ""})

    assert again.context["unread"] == ["Wann"]
    assert dict(again.context["groups"][0].rows[0].told)["authors"] == "Ada Lovelace"


def test_column_that_cannot_be_so_is_refused_in_words_and_the_file_still_waits(client, editor):
    page = given(client, TABLE, columns="title = Paper")

    again = decide(client, page, "columns", **{"column-0": "colour"})

    assert "There is no field “colour”" in again.content.decode()
    assert again.context["unread"] == ["Wer", "Wann"]


def test_new_paper_is_shown_with_all_that_was_read_of_it(client, editor):
    page = given(client)

    told = {str(words): value for words, value in page.context["groups"][0].rows[1].told}
    assert (told["appeared"], told["section"]) == ("ICLR 2018", "Early")
    assert "code https://github.com/a/looms" in told["links"]


def test_pasted_text_keeps_its_line_ends(client, editor):
    page = given(client, LIST.replace("\n", "\r\n"))
    decide(client, page)

    assert "\r" not in ReadingList.objects.get().original


def test_conflict_stands_on_the_page_once(client, editor):
    page = edited_both_ways(client)

    rows = [each for group in page.context["groups"] for each in group.rows]
    asked = page.context["conflicts"].rows[0].field.name
    assert [field.name for row in rows for field in row.fields if field.name == asked] == []
    assert [row.is_decided_above for row in rows if row.row.conflicts] == [True]


def test_columns_that_say_nothing_are_an_error_of_the_form(client, editor):
    page = given(client, TABLE, columns="Paper")

    assert list(page.context["form"].errors) == ["columns"]


def test_what_waited_for_a_day_is_dropped_when_another_comes(client, editor):
    given(client)
    Import.objects.update(at=timezone.now() - timedelta(hours=25))
    given(client, title="Others")

    rows = Import.objects.order_by("pk").values_list("state", "content")

    assert [(state, bool(content)) for state, content in rows] == [
        ("dropped", False),
        ("waiting", True),
    ]


def test_only_its_maker_and_superusers_decide(client, editor):
    page = given(client)
    address = page.redirect_chain[-1][0]
    other = make_user()
    other.groups.add(ensure_catalogue_editors())
    statuses = []
    for user in (other, make_user(is_superuser=True)):
        client.force_login(user)
        statuses.append(client.get(address).status_code)
        statuses.append(decide(client, page).status_code)

    assert statuses == [403, 403, 200, 200]
    assert ReadingList.objects.count() == 1


def test_report_is_for_every_editor(client, editor):
    report = decide(client, given(client))
    other = make_user()
    other.groups.add(ensure_catalogue_editors())
    client.force_login(other)

    assert client.get(report.redirect_chain[-1][0]).status_code == 200


def test_pages_are_for_catalogue_editors_alone(client):
    row = Import.objects.create(target="list:1", sha256="0" * 64, format="bibtex")
    client.force_login(make_organizer(make_event()))

    statuses = [client.get(page).status_code for page in (PAGE, f"{PAGE}{row.pk}/")]
    statuses.append(given(client).status_code)

    assert statuses == [403, 403, 403]


@pytest.mark.parametrize("place", ["list", "form"])
def test_list_of_lists_and_a_list_lead_there(client, editor, place):
    reading_list = make_list()
    make_item(reading_list)
    address = {
        "list": "/admin/papers/readinglist/",
        "form": f"/admin/papers/readinglist/{reading_list.pk}/change/",
    }
    target = {"list": PAGE, "form": f"{PAGE}?list={reading_list.pk}"}

    page = client.get(address[place]).content.decode()

    assert page.count(f'href="{target[place]}"') == 1


def test_list_is_chosen_already_when_a_new_version_comes(client, editor):
    reading_list = make_list()

    page = client.get(f"{PAGE}?list={reading_list.pk}")

    assert f'<option value="{reading_list.pk}" selected>' in page.content.decode()


def test_page_shows_the_first_of_many_and_says_so(client, editor):
    lines = [f"- 2017-NIPS-[On engine {n}](https://example.org/{n})" for n in range(250)]

    page = given(client, "\n".join(lines))

    (group,) = page.context["groups"]
    assert (len(group.rows), group.left) == (200, 50)
    assert "and 50 more" in page.content.decode()
