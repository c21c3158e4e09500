"""`import_papers`: reports, dry runs, standard input, and refusals by their numbers."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from eventsite.models import Change, Import
from papers.models import Item, Paper, ReadingList, Word

pytestmark = pytest.mark.django_db

SHEET = """title,authors,year,venue
Born again trees,Leo Breiman; Nong Shang,1996,
Deep sets of trees,Ada Lovelace,2018,ICML
"""


@pytest.fixture
def sheet(tmp_path, settings):
    settings.RUN_BESIDE = False
    file = tmp_path / "papers.csv"
    file.write_text(SHEET)
    return file


def run(*arguments):
    out = StringIO()
    call_command("import_papers", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_list_is_made_with_its_papers(sheet):
    report = json.loads(run(sheet, "--list", "trees", "--title", "Trees", "--public", "--json"))

    row = ReadingList.objects.get()
    assert (row.slug, row.title, row.is_public) == ("trees", "Trees", True)
    assert [paper.is_public for paper in Paper.objects.all()] == [True, True]
    assert {
        name: report[name]
        for name in ("read", "new", "changed", "unchanged", "conflicts", "duplicates", "skipped")
    } == {
        "read": 2,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "conflicts": 0,
        "duplicates": 0,
        "skipped": [],
    }


def test_second_run_says_that_nothing_has_changed(sheet):
    run(sheet, "--list", "trees", "--title", "Trees")

    said = run(sheet, "--list", "trees")

    assert said == "2 read, 2 unchanged\nNothing has changed: the list says all of it already.\n"


def test_dry_run_writes_nothing(sheet):
    said = run(sheet, "--list", "trees", "--dry-run")

    assert said == "2 read, 2 new, 2 new papers\nNothing was imported: a dry run.\n"
    assert (ReadingList.objects.count(), Item.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("arguments", "returncode"),
    [
        (["missing.csv", "--list", "trees"], 2),
        (["{sheet}", "--list", "No slug"], 2),
        (["{sheet}", "--list", "trees", "--column", "title"], 2),
        (["{sheet}", "--list", "trees", "--format", "ris"], 1),
    ],
)
def test_refusals_leave_with_their_number(sheet, arguments, returncode):
    with pytest.raises(CommandError) as refused:
        run(*(each.format(sheet=sheet) for each in arguments))

    assert refused.value.returncode == returncode
    assert ReadingList.objects.count() == 0


def test_topics_are_made_on_demand_and_else_told(sheet):
    sheet.write_text("title,topics\nBorn again trees,Forestry\n")
    left = json.loads(run(sheet, "--list", "trees", "--json"))["skipped"]

    run(sheet, "--list", "trees", "--topics")

    assert [(each["text"], each["is_fault"]) for each in left] == [("Forestry (1)", False)]
    assert [topic.name for topic in Paper.objects.get().topics.all()] == ["Forestry"]


def test_dry_run_leaves_history_and_index_as_they_were(sheet):
    run(sheet, "--list", "trees")
    sheet.write_text(SHEET + "A new forest,Ada Lovelace,2020,ICML\n")
    before = Change.objects.count(), Import.objects.count(), Word.objects.count()

    run(sheet, "--list", "trees", "--dry-run")

    assert (Change.objects.count(), Import.objects.count(), Word.objects.count()) == before
