"""A timetable is asked for in a real browser, looked for by a real worker, and taken in part."""

import os
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.db import connection

from tests.factories import make_event, make_room, make_session, make_talk, make_user

PATIENCE = 60  # seconds


@pytest.fixture
def conference(transactional_db):
    """Two rooms, two sessions without a time, and four talks without a session."""
    hashed = PBKDF2PasswordHasher().encode("a long password", "salt")  # the site's, not the tests'
    make_user("root", is_superuser=True)
    User.objects.update(password=hashed)
    event = make_event(name="Workshop on Events")
    for name in ("Hall", "Attic"):
        make_room(event, name=name)
    for title in ("Morning", "Evening"):
        make_session(event, title=title, start=None, minutes=60)
    for name in ("Ada", "Bob", "Cyd", "Dan"):
        make_talk(event, title=f"{name}'s talk", people=[name], minutes=30)
    return event


@pytest.fixture
def address(conference, tmp_path):
    """The site as a process of its own, on what is in the tables now, which may start workers."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    (tmp_path / "static").mkdir()
    own = {"DATA_DIR": str(tmp_path), "SITE_URL": url, "DEBUG": "1"}
    environment = {**os.environ, **own, "DATABASE_URL": database(tmp_path)}
    command = [sys.executable, "manage.py", "runserver", str(port), "--noreload"]
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log
        ) as server,
    ):
        try:
            wait_for(f"{url}/admin/login/")
            yield url
        finally:
            server.terminate()


def database(folder):
    """Return the address of a database that other processes see, with all that is in ours."""
    own = connection.settings_dict
    if connection.vendor == "postgresql":
        user = f"{own['USER']}:{own['PASSWORD']}".rstrip(":")
        return f"postgres://{user}@{own['HOST']}:{own['PORT']}/{own['NAME']}"
    path = folder / "site.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return f"sqlite:///{path}"


def wait_for(url):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urlopen(url):
                return
        except URLError:
            time.sleep(0.2)
    raise TimeoutError(url)


@pytest.fixture(params=["with scripts", "without scripts"])
def organizer(request, address, browser):
    """A page of the admin, with somebody logged in, which fails when its policy complains."""
    context = browser.new_context(java_script_enabled=request.param == "with scripts")
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}/admin/")
    page.locator("#id_username").fill("root")
    page.locator("#id_password").fill("a long password")
    page.locator("input[type=submit]").click()
    yield page
    context.close()
    assert complaints == []


def test_timetable_is_asked_for_waited_for_and_taken_in_part(conference, address, organizer):
    morning = conference.sessions.get(title="Morning")
    organizer.goto(f"{address}/admin/talks/event/{conference.pk}/proposals/")

    organizer.get_by_role("button", name="Look for a timetable").click()
    organizer.get_by_role("button", name="Take all").wait_for()
    moves = organizer.locator("#moves input[type=checkbox]")
    number = moves.count()
    for place in range(number):
        sentence = moves.nth(place).locator("xpath=..").inner_text()
        moves.nth(place).set_checked("“Morning” is placed" in sentence)
    organizer.get_by_role("button", name="Take the chosen ones").click()
    organizer.get_by_text("1 row of the draft is changed.").wait_for()
    left = moves.count()
    organizer.goto(f"{address}/admin/talks/session/{morning.pk}/change/")

    assert (number, left) == (6, 5)
    assert organizer.locator("#id_start_0").input_value() in {"2027-03-26", "2027-03-27"}
