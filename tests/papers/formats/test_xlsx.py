"""Tables of papers as spreadsheets."""

import io
from datetime import date

import openpyxl
import pytest

from papers.entries import Refused
from papers.formats import xlsx


def book(*rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_numbers_dates_and_escapes_are_read_as_people_see_them():
    content = book(
        ["Title", "Year", "Authors"],
        ["One", 2018, "Ada Lovelace"],
        ["Two_x0041_", date(2019, 5, 1), None],
        [],
        ["Three", 2020.0, None],
    )

    document = xlsx.read(content)

    found = [(e.line, e.paper.title, e.paper.year, e.paper.month) for e in document.entries]
    assert found == [
        (2, "One", 2018, None),
        (3, "TwoA", 2019, 5),
        (5, "Three", 2020, None),
    ]
    assert document.format == "xlsx"


def test_a_formula_counts_as_the_value_saved_with_it():
    content = book(["Title", "Year"], ["One", "=2000+18"])  # no value was saved here

    document = xlsx.read(content)

    assert [(entry.paper.title, entry.paper.year) for entry in document.entries] == [("One", None)]


def test_an_error_names_the_row_of_the_sheet():
    document = xlsx.read(book(["title", "year"], [], ["One", "20x8"]))

    assert [one.reason for one in document.skipped] == [
        "row 3, year: found “20x8”, expected a year of four digits"
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 no archive", "This is no XLSX file."),
        (book(), "The first sheet is empty."),
        (book(["title"] * 1100), "The table has 1,001 columns; 1,000 are the most."),
    ],
)
def test_a_file_that_is_no_table_is_refused(content, reason):
    with pytest.raises(Refused) as refused:
        xlsx.read(content)

    assert str(refused.value) == reason
