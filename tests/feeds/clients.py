"""Calendar clients as people run them: vdirsyncer keeps a copy of a feed, khal shows it.

Both come from the readers' own environment, else from PATH.
"""

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.feeds.checker import VENV

HERE = "Asia/Tokyo"  # where the attendee sits: nobody's zone, and without summer time
CLOCK = "%Y-%m-%d %H:%M"
LINE = "{start-long-full}|{end-long-full}|{status}|{location}|{title}"

VDIRSYNCER = """[general]
status_path = "{folder}/status"
[pair feed]
a = "remote"
b = "local"
collections = null
conflict_resolution = "a wins"
[storage remote]
type = "http"
url = "{url}"
[storage local]
type = "filesystem"
path = "{folder}/items"
fileext = ".ics"
"""
KHAL = """[calendars]
[[feed]]
path = {folder}/items
readonly = True
[locale]
local_timezone = {here}
default_timezone = {here}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = {clock}
longdatetimeformat = {clock}
[sqlite]
path = {folder}/khal.db
"""


def program(name):
    """The path of a client's program; None when it is not installed."""
    ours = VENV / "bin" / name
    return str(ours) if ours.exists() else shutil.which(name)


class Subscriber:
    """Someone who has subscribed to one feed."""

    def __init__(self, folder, url):
        self.folder = folder
        (folder / "items").mkdir(parents=True)
        (folder / "status").mkdir()
        (folder / "vdirsyncer.conf").write_text(VDIRSYNCER.format(folder=folder, url=url))
        (folder / "khal.conf").write_text(KHAL.format(folder=folder, here=HERE, clock=CLOCK))
        self.run("vdirsyncer", "discover", "feed", typed="y\n" * 9)

    def sync(self):
        """Fetch the feed; return how many items were touched."""
        done = self.run("vdirsyncer", "sync", "feed")
        return len(re.findall(r"^(?:Copying|Deleting)", done.stdout + done.stderr, re.MULTILINE))

    def items(self):
        """The stored items, one entry each."""
        return [path.read_bytes() for path in (self.folder / "items").glob("*.ics")]

    def agenda(self, first, days):
        """What khal lists, in order: (start, end, title, is cancelled, room), in UTC.

        Without UIDs: vdirsyncer gives what it fetches from the web others of its own.
        """
        options = ("-a", "feed", "--once", "--day-format", "", "--format", LINE)
        done = self.run("khal", "list", *options, first.isoformat(), f"{days}d")
        return sorted(map(read_line, filter(None, done.stdout.split("\n"))))

    def run(self, name, *arguments, typed=""):
        home = str(self.folder)
        places = ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
        return subprocess.run(
            [program(name), "-c", f"{home}/{name}.conf", *arguments],
            input=typed,
            capture_output=True,
            text=True,
            env={**os.environ, **dict.fromkeys(places, home), "LC_ALL": "C.UTF-8"},
            check=True,
            timeout=120,
        )


def read_line(line):
    start, end, status, location, title = line.split("|", 4)
    is_cancelled = status.strip() == "CANCELLED"
    room = location.partition(", ")[0]
    return read_clock(start), read_clock(end), title, is_cancelled, room


def read_clock(text):
    return datetime.strptime(text, CLOCK).replace(tzinfo=ZoneInfo(HERE)).astimezone(UTC)
