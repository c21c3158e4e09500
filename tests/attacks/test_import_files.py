"""Files of papers that were made to harm: refused with a reason, quickly, in bounded memory."""

import io
import os
import resource
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from papers.entries import Refused
from papers.formats.table_rows import Row, Table
from papers.reading import read

ROOT = Path(__file__).parents[2]
SECONDS = 2 * float(os.environ.get("PATIENCE", "1"))
MEGABYTE = 1024 * 1024
ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE v [<!ENTITY l0 "ha">{ENTITIES}]><volume>&l11;</volume>'
QUADRATIC = f'<!DOCTYPE v [<!ENTITY a "{"x" * 100_000}">]><volume>{"&a;" * 100_000}</volume>'


def refused(content, name=""):
    """Return why a file is refused; it has two seconds."""
    start = time.perf_counter()
    with pytest.raises(Refused) as reason:
        read(content, name)
    assert time.perf_counter() - start < SECONDS
    return str(reason.value)


def spreadsheet(sheet):
    """Return an XLSX file whose sheet is this XML."""
    made = io.BytesIO()
    book = openpyxl.Workbook()
    book.save(made)
    changed = io.BytesIO()
    with zipfile.ZipFile(made) as old, compressed(changed) as new:
        for part in old.infolist():
            is_sheet = part.filename == "xl/worksheets/sheet1.xml"
            new.writestr(part.filename, sheet if is_sheet else old.read(part))
    return changed.getvalue()


def compressed(file):
    return zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)


def in_a_child(program):
    """Run a program of its own; return what it prints and the most memory it had, in MB."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    *said, peak = done.stdout.split("\n")[:-1]
    return said, int(peak) / 1024


MEASURED = """
import resource
from papers.reading import read
from papers.entries import Refused
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
{0}
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start)
"""


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        QUADRATIC,
        '<!DOCTYPE v [<!ENTITY a SYSTEM "file:///etc/passwd">]><volume>&a;</volume>',
        '<!DOCTYPE v SYSTEM "http://127.0.0.1:9/x.dtd"><volume></volume>',
        '<!DOCTYPE v [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p">%p;]><volume></volume>',
    ],
    ids=["laughs", "quadratic", "file", "dtd", "parameter"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_anything_is_refused(text, encoding):
    assert refused(text.encode(encoding), "volume.xml") == (
        "The XML declares entities or a document type, which is not read."
    )


def test_xml_asks_nobody_over_the_network():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.2)
        port = listening.getsockname()[1]

        refused(f'<!DOCTYPE v SYSTEM "http://127.0.0.1:{port}/x"><volume/>'.encode(), "x.xml")

        with pytest.raises(TimeoutError):
            listening.accept()


def test_xml_in_utf_7_is_no_way_around():
    hidden = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE v><volume></volume>'

    assert refused(hidden.encode(), "x.xml")[:31] == "This is no XML that can be read"


def test_xml_of_200_000_tags_within_each_other_is_refused():
    assert refused(b"<volume>" + b"<a>" * 200_000, "x.xml") == (
        "The XML is nested deeper than 100 tags."
    )


def test_json_of_any_depth_is_refused():
    assert refused(b"[" * 5_000_000, "x.json")[:31] == "This JSON is nested too deeply,"


def test_a_spreadsheet_that_unpacks_to_248_mb_is_refused_by_what_it_declares():
    bomb = spreadsheet(b"<worksheet>" + b" " * (248 * MEGABYTE) + b"</worksheet>")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert len(bomb) < 2 * MEGABYTE
    assert refused(bomb, "x.xlsx") == "The file unpacks to more than 150 MB."
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_a_spreadsheet_of_many_parts_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(5000):
            archive.writestr(f"xl/{number}", b"")

    assert refused(made.getvalue(), "x.xlsx") == "This is no XLSX file."


def test_a_spreadsheet_that_claims_a_million_rows_holds_those_it_has():
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<dimension ref="A1:XFD1048576"/><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>1+1</f><v>Two</v></c></row>'
        '</sheetData><mergeCells count="1"><mergeCell ref="A3:XFD1048576"/></mergeCells>'
        "</worksheet>"
    )
    start = time.perf_counter()

    document = read(spreadsheet(sheet.encode()), "x.xlsx")

    assert [entry.paper.title for entry in document.entries] == ["Two"]
    assert time.perf_counter() - start < SECONDS


def test_a_spreadsheet_whose_last_row_is_the_millionth_is_read_to_its_end():
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>One</t></is></c></row>'
        '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Last</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    start = time.perf_counter()

    document = read(spreadsheet(sheet.encode()), "x.xlsx")

    assert [(entry.line, entry.paper.title) for entry in document.entries] == [
        (2, "One"),
        (1_048_576, "Last"),
    ]
    assert time.perf_counter() - start < SECONDS


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_10_000_columns_are_refused(separator):
    wide = separator.join(["title", *(f"c{n}" for n in range(9_999))])

    assert refused(f"{wide}\nOne\n".encode(), "x.csv") == (
        "The table has 10,000 columns; 1,000 are the most."
    )


def test_a_cell_of_10_mb_is_refused_with_its_line():
    content = b"title,year\nOne,2018\n" + b"x" * (10 * MEGABYTE) + b",2018\n"

    assert refused(content, "x.csv")[:43] == "The table cannot be read from line 3 on: fi"


def test_a_quotation_mark_that_never_closes_is_named():
    content = b'title,year\n"One,2018\n' + b"Two,2018\n" * 200_000

    assert refused(content, "x.csv")[:41] == "The table cannot be read from line 2 on: "


def test_more_rows_than_can_be_meant_are_refused():
    rows = [Row(number, ["A"]) for number in range(2, 1003)]

    Table(["title"], {}).read(rows, most=1001)
    with pytest.raises(Refused, match="more than 1,000 rows"):
        Table(["title"], {}).read(rows, most=1000)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n\xff",
        b"\x89PNG\r\n\x1a\n",
        b"\x7fELF\x02",
        b"title\n\0\0\0",
        os.urandom(100_000),
    ],
    ids=["pdf", "picture", "program", "NUL", "noise"],
)
@pytest.mark.parametrize("name", ["x.csv", "x.md", "x.bib", ""])
def test_what_is_no_text_is_refused(content, name):
    assert refused(content, name) != ""


def test_a_page_that_is_no_list_is_refused():
    page = "<!doctype html><html><head><title>Shop</title></head><body><p>Buy!</p></body></html>"

    assert (
        refused(page.encode(), "page.html")[:45] == "This is a web page that holds no list of pape"
    )


def test_a_file_of_200_mb_is_refused_before_it_is_looked_at():
    said, _peak = in_a_child(
        MEASURED.format(
            "content = bytes(200 * 1024 * 1024)\n"
            "import time\nclock = time.perf_counter()\n"
            "try:\n    read(content)\nexcept Refused as reason:\n    print(reason)\n"
            "print(time.perf_counter() - clock < 0.1)"
        )
    )

    assert said == ["The file is larger than 32 MB.", "True"]


@pytest.mark.ci
def test_100_000_rows_are_read_in_less_than_150_mb():
    said, peak = in_a_child(
        MEASURED.format(
            "rows = ''.join(f'Paper {n} on networks,Ada Lovelace{n % 9000}; Plato,{1990 + n % 30},"
            "NeurIPS,https://arxiv.org/abs/{n % 9999:04}.{n:05}\\n' for n in range(100_000))\n"
            "content = ('title,authors,year,venue,url\\n' + rows).encode()\n"
            "del rows\n"
            "print(len(read(content, 'x.csv').entries))"
        )
    )

    assert said == ["100000"]
    assert peak < 150


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "&" * 100_000, ">" * 20_000, "<" * 100_000, "x" * 10 * MEGABYTE]
)
@pytest.mark.parametrize("name", ["x.md", ""])
def test_signs_without_end_are_refused_quickly(text, name):
    assert refused(text.encode(), name) != ""


def test_strings_that_make_each_other_longer_are_refused():
    tripled = "".join(f"@string{{a{n} = {'#'.join([f'a{n - 1}'] * 3)}}}\n" for n in range(1, 40))

    reason = refused(f'@string{{a0 = "xxxxxxxxxx"}}\n{tripled}@misc{{k, title = a39}}'.encode())

    assert reason == "Its strings make this BibTeX more than 4 times as long."


def test_a_long_string_put_in_often_is_refused():
    often = "#".join(["a"] * 20_000)

    reason = refused(f'@string{{a = "{"x" * 100_000}"}}\n@misc{{k, title = {often}}}'.encode())

    assert reason == "Its strings make this BibTeX more than 4 times as long."


def test_rows_are_counted_before_they_are_read():
    assert refused(b"title,year\n" + b"A title,2018\n" * 250_000, "papers.csv") == (
        "The table has more than 200,000 rows."
    )


def test_a_sheet_of_empty_rows_without_end_is_refused():
    rows = "<row/>" * 1_500_000
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row><c t="inlineStr"><is><t>title</t></is></c></row>{rows}</sheetData></worksheet>'
    )

    assert refused(spreadsheet(sheet), "a.xlsx") == (
        "The file has more than 200,000 rows; split it."
    )
