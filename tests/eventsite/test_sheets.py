"""Spreadsheets: safe cells, sizes, and a file that waits for its own user alone."""

import io
import os
import time
import zipfile

import openpyxl
import pytest
import tablib
from hypothesis import given
from hypothesis import strategies as st

from eventsite import cells
from eventsite.waiting import Folder
from tests.admin_forms import upload
from tests.factories import make_event, make_organizer, make_room, make_user

EVIL = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''=1",
]
PLAIN = [
    "'tis",
    "Bob's",
    "a=b",
    "",
    " x ",
    "a\r\nb",
    "_x000D_",
    "_x0041_",
    "\x01",
    "#N/A",
    "ﬁ",
    "😀",
]
FORMATS = {"csv": cells.CSV(), "xlsx": cells.XLSX(), "json": cells.JSON()}


def round_trip(name, rows, headers):
    data = tablib.Dataset(*rows, headers=headers)
    written = FORMATS[name].export_data(data)
    return [list(row) for row in FORMATS[name].create_dataset(written)]


@pytest.mark.parametrize("name", FORMATS)
def test_every_text_is_read_back_as_it_was(name):
    rows = [[text, 7, True] for text in EVIL + PLAIN]

    read = round_trip(name, rows, ["text", "number", "flag"])

    assert [row[0] or "" for row in read] == EVIL + PLAIN


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize("name", FORMATS)
@given(text=texts)
def test_any_text_is_read_back_as_it_was(name, text):
    assert round_trip(name, [["k", text]], ["key", "text"])[0][1] in (text, text or None)


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_of_a_csv_begins_a_formula(text):
    written = cells.CSV().export_data(tablib.Dataset([text], headers=["text"]))

    cell = written.decode("utf-8-sig").split("\r\n", 1)[1].strip('"')
    assert cell[0] == "'"


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_of_an_xlsx_is_a_formula(text):
    written = cells.XLSX().export_data(tablib.Dataset([text], headers=["text"]))

    cell = openpyxl.load_workbook(io.BytesIO(written)).active["A2"]
    assert (cell.data_type, cell.value[0]) == ("s", "'")


def test_csv_with_semicolons_as_some_spreadsheets_write_it_is_read():
    data = cells.CSV().create_dataset("name;note\r\nAda;a,b\r\n".encode("utf-8-sig"))

    assert data.dict == [{"name": "Ada", "note": "a,b"}]


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_days_and_numbers_of_a_spreadsheet_are_read():
    data = cells.XLSX().create_dataset(workbook(["name", "minutes"], ["Ada", 20], [None, None]))

    assert data.dict == [{"name": "Ada", "minutes": 20}]


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (cells.MOST_UNPACKED + 1))
    return file.getvalue()


def deep():
    return b"[" * 200_000


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("csv", b"\xff\xfe", "The file is not in UTF-8."),
        ("csv", b"", "The first row must name every column."),
        ("csv", b"a,,b\n1,2,3\n", "The first row must name every column."),
        ("csv", b"a,b\n1,2,3\n", "Row 2 has more cells than the first row."),
        ("csv", b"a\n1\n2\0\n", "Row 3 holds a NUL character."),
        ("csv", b'a\n"open', "This is no CSV: unexpected end of data"),
        ("csv", b"a\n" * 20_002, "The file has more than 20000 rows."),
        ("xlsx", b"PK", "This is no XLSX file."),
        ("xlsx", b"", "This is no XLSX file."),
        ("xlsx", bomb, "The file unpacks to more than 50 MB."),
        ("xlsx", lambda: workbook([], [1]), "The first row must name every column."),
        ("json", b"{", "This is no JSON."),
        ("json", deep, "This is no JSON."),
        ("json", b"{}", "The file must be a list of objects, one for each row."),
        ("json", b"[1]", "The file must be a list of objects, one for each row."),
        ("json", b'[{"a": 1}, {"b": 1}]', "Row 3 does not have exactly the names of the first"),
        ("json", b'[{"a": [1]}]', "Row 2 holds a list or an object in a cell."),
        ("json", b'[{"a": "\\u0000"}]', "Row 2 holds a NUL character."),
    ],
)
def test_file_that_cannot_be_read_says_why(name, data, reason):
    with pytest.raises(cells.Unreadable) as refused:
        FORMATS[name].create_dataset(data() if callable(data) else data)

    assert str(refused.value).startswith(reason)


def test_bomb_is_refused_before_it_is_unpacked():
    data = bomb()
    start = time.process_time()

    with pytest.raises(cells.Unreadable):
        cells.XLSX().create_dataset(data)

    assert time.process_time() - start < 0.5


def test_text_too_long_for_a_cell_is_not_cut():
    with pytest.raises(ValueError, match="longer than a cell of XLSX"):
        cells.XLSX().export_data(tablib.Dataset(["x" * 40_000], headers=["text"]))


# The admin's pages


@pytest.fixture
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def confirmed(client, table, preview, **changed):
    form = preview.context["confirm_form"]
    return client.post(
        f"/admin/talks/{table}/process_import/", {**form.initial, **changed}, follow=True
    )


@pytest.mark.django_db
def test_import_is_shown_first_and_done_when_confirmed(client, data_dir):
    event = make_event()
    client.force_login(make_organizer(event))

    preview = upload(client, "room", [{"event": event.slug, "name": "Hall"}])
    before = event.rooms.count()
    confirmed(client, "room", preview)

    assert "<ins>Hall</ins>" in preview.content.decode()
    assert (before, event.rooms.get().name) == (0, "Hall")
    assert list((data_dir / "imports").iterdir()) == []


@pytest.mark.django_db
def test_waiting_file_is_for_its_user_and_table_alone(client, data_dir):
    event = make_event()
    client.force_login(make_organizer(event))
    preview = upload(client, "room", [{"event": event.slug, "name": "Hall"}])

    same_user_other_table = confirmed(client, "track", preview)
    client.force_login(make_user(is_superuser=True))
    other_user = confirmed(client, "room", preview)

    assert "Upload the file again." in same_user_other_table.content.decode()
    assert "Upload the file again." in other_user.content.decode()
    assert not event.rooms.exists()
    assert not event.tracks.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "forged",
    [
        {"import_file_name": "../../secret-key"},
        {"import_file_name": "0" * 32},
        {"format": "9"},
        {"format": "-1"},
        {"resource": "7"},
        {"resource": "-1"},
    ],
)
def test_forged_confirmation_is_refused(client, data_dir, forged):
    event = make_event()
    client.force_login(make_organizer(event))
    preview = upload(client, "room", [{"event": event.slug, "name": "Hall"}])

    confirmed(client, "room", preview, **forged)

    assert not event.rooms.exists()


@pytest.mark.django_db
def test_file_that_is_gone_is_asked_for_again(client, data_dir):
    event = make_event()
    client.force_login(make_organizer(event))
    preview = upload(client, "room", [{"event": event.slug, "name": "Hall"}])
    for file in (data_dir / "imports").iterdir():
        file.unlink()

    response = confirmed(client, "room", preview)

    assert "The uploaded file is gone." in response.content.decode()


@pytest.mark.django_db
def test_import_that_no_longer_fits_when_confirmed_changes_nothing(client, data_dir):
    event = make_event()
    client.force_login(make_organizer(event))
    rows = [{"event": event.slug, "name": name} for name in ("Attic", "Hall")]
    preview = upload(client, "room", rows)
    make_room(event, name="Hall")

    response = confirmed(client, "room", preview)

    assert "Nothing was imported." in response.content.decode()
    assert [room.name for room in event.rooms.all()] == ["Hall"]


@pytest.mark.django_db
@pytest.mark.parametrize("format_", ["0", "1", "2"])
def test_file_of_another_format_is_an_error_of_the_form(client, data_dir, format_):
    client.force_login(make_user(is_superuser=True))
    file = io.BytesIO(b"\x00\xff")
    file.name = "x"

    response = client.post(
        "/admin/talks/room/import/", {"import_file": file, "format": format_, "resource": "0"}
    )

    assert response.status_code == 200
    assert response.context["form"].errors["import_file"]


@pytest.mark.django_db
def test_large_file_is_an_error_of_the_form(client, data_dir):
    client.force_login(make_user(is_superuser=True))
    file = io.BytesIO(b"a" * (cells.MOST_BYTES + 1))
    file.name = "x.csv"

    response = client.post(
        "/admin/talks/room/import/", {"import_file": file, "format": "0", "resource": "0"}
    )

    assert response.context["form"].errors["import_file"] == ["The file is larger than 10 MB."]


@pytest.mark.django_db
def test_export_with_a_filter_that_makes_no_sense_is_asked_for_again(client):
    for _ in range(2):
        make_room(make_event())
    client.force_login(make_user(is_superuser=True))

    response = client.get("/admin/talks/room/export/?event__id__exact=abc")

    assert response.status_code == 302


def test_waiting_file_is_readable_by_the_program_alone_and_swept_after_a_day(data_dir):
    old, new = Folder(), Folder()
    old.save(b"old")
    os.utime(old.path(), (0, 0))

    new.save(b"new")

    assert [path.name for path in (data_dir / "imports").iterdir()] == [new.name]
    assert new.path().stat().st_mode & 0o777 == 0o600
    assert new.path().parent.stat().st_mode & 0o777 == 0o700
