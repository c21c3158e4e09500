"""One command from a clone to a site; run again, it keeps what people changed."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import closing
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from papers.models import Paper
from talks.models import Event, Membership, Release
from tests.factories import make_event
from tests.house import ROOT

PASSWORD = re.compile(r"organizer, password (\S+) \(shown this once\)")


def run_demo(*options):
    output = StringIO()
    call_command("demo", "--no-serve", *options, stdout=output)
    return output.getvalue()


def free_port():
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return listener.getsockname()[1]


def environment(folder, **variables):
    """What a stranger's shell has: nothing of ours."""
    of_ours = {"DATABASE_URL", "REDIS_URL", "SITE_URL", "SECRET_KEY", "DATA_DIR"}
    plain = {name: value for name, value in os.environ.items() if name not in of_ours}
    return {**plain, "DATA_DIR": str(folder), **variables}


def manage(*arguments, **variables):
    """Run manage.py as a process of its own; return its exit code and its lines."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(**variables),
        capture_output=True,
        text=True,
    )
    return done.returncode, (done.stdout + done.stderr).splitlines()


@pytest.mark.django_db
def test_demo_fills_publishes_and_makes_an_organizer():
    output = run_demo("--port", "8055")

    event = Event.objects.get()
    user = get_user_model().objects.get(username="organizer")
    assert Paper.objects.count() == 774
    assert [release.number for release in Release.objects.all()] == [1]
    assert user.check_password(PASSWORD.search(output)[1])
    assert user.is_superuser
    assert [(m.user, m.event, m.role) for m in Membership.objects.all()] == [(user, event, "owner")]
    assert [line.split(maxsplit=1)[-1] for line in output.splitlines()[-3:]] == [
        "http://127.0.0.1:8055/",
        "http://127.0.0.1:8055/admin/",
        "feed: http://127.0.0.1:8055/events/supercomputer-scale-2017/schedule.ics",
    ]


@pytest.mark.django_db
def test_demo_run_again_keeps_what_people_changed():
    run_demo()
    Event.objects.update(name="Renamed")
    Paper.objects.filter(pk=1).update(title="Corrected")
    user = get_user_model().objects.get()
    user.set_password("their own")
    user.save()

    output = run_demo()

    assert Event.objects.get().name == "Renamed"
    assert Paper.objects.get(pk=1).title == "Corrected"
    assert Release.objects.count() == 1
    assert get_user_model().objects.get().check_password("their own")
    assert PASSWORD.search(output) is None


@pytest.mark.django_db
def test_demo_adds_nothing_to_a_database_in_use():
    make_event(slug="ours")

    run_demo()

    assert [event.slug for event in Event.objects.all()] == ["ours"]
    assert Paper.objects.count() == 0


def test_a_port_in_use_is_one_line():
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = str(listener.getsockname()[1])

        for command in ("demo", "serve"):
            with pytest.raises(CommandError) as refusal:
                call_command(command, "--port", port)

            assert str(refusal.value) == (
                f"Port {port} of 127.0.0.1 cannot be had (Address already in use);"
                " choose another with --port."
            )


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    file = tmp_path / "file"
    file.touch()

    for variables in ({}, {"SECRET_KEY": "given"}):
        code, lines = manage("demo", folder=file / "data", **variables)

        assert code == 1
        assert len(lines) == 1
        assert lines[0].endswith(
            f"{file / 'data'} cannot be written (Not a directory);"
            " set DATA_DIR to a folder that can."
        )


def test_a_variable_that_cannot_be_meant_is_one_line(tmp_path):
    code, lines = manage("demo", folder=tmp_path, SITE_URL="example.org")

    assert code == 1
    assert lines == ["SITE_URL is 'example.org'; it must begin with http:// or https://."]


def test_an_old_python_is_one_line():
    old = "import runpy, sys; sys.version_info = (3, 10, 4); runpy.run_path('manage.py')"

    done = subprocess.run([sys.executable, "-c", old], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr == "Python 3.11 or newer is needed; this is 3.10.\n"


@pytest.mark.parametrize(
    "command", [("serve", "--port", "0"), ("erase_person", "woe-26", "H2345678")]
)
def test_a_database_that_is_not_migrated_is_refused_in_a_sentence(tmp_path, command):
    code, lines = manage(*command, folder=tmp_path)

    assert code == 1
    assert lines == ["CommandError: The database is not up to date: run manage.py migrate."]


@pytest.mark.ci
def test_demo_serves_until_interrupted_and_leaves_nothing_behind(tmp_path):
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=ROOT,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        lines = until_served(server)
        feed = fetch(f"{base}/events/supercomputer-scale-2017/schedule.ics")
    finally:
        os.killpg(server.pid, signal.SIGINT)
    rest = server.communicate(timeout=30)[0]

    assert server.returncode == 0
    assert lines[-1] == f"Serving at {base}/ until Ctrl-C."
    assert rest == ""
    assert f"{base}/events/supercomputer-scale-2017/" in feed.replace("\r\n ", "")
    with pytest.raises(ProcessLookupError):
        os.killpg(server.pid, 0)


def until_served(server):
    lines = []
    for line in server.stdout:
        lines.append(line.rstrip())
        if line.startswith("Serving"):
            return lines
    raise AssertionError("\n".join(lines))


def fetch(address):
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read().decode()
