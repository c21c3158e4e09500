"""Readers of calendar feeds: two in this process, the octets themselves, and all there are.

`ics_check.py` reads octet by octet, by the letter of RFC 5545, and asks every reader that is
installed beside it. It lies outside the repository; where it is absent, the tests do without.
"""

import importlib.util
import json
import os
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import icalendar
import vobject

from tests.feeds.ask_all import forget_zones

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT.parent / "shared" / "tools" / "ics_check.py"
VENV = Path(os.environ.get("ICS_CHECK_VENV", Path.home() / ".cache/ics-check/v"))
AT_ONCE = 2  # processes of the checker

# What the checker can only guess: that "\n" or "\;" in a text was escaped twice. Our hostile
# texts hold just these letters, and the readers show below that they come back as they were.
GUESSED = {"ESCAPE-TWICE"}
# node-ical leaves VTIMEZONE aside for a zone that it knows, and knows Morocco's clock otherwise
# from 2030-12-22 on than zoneinfo, than its own runtime, and than every other reader.
KNOWN_BETTER = {("DISAGREE", "node-ical", b"TZID:Africa/Casablanca")}


def by_icalendar(data):
    """Return {UID: (start, end, title)}, moments in UTC; what it complains of is an error."""
    calendar = icalendar.Calendar.from_ical(data)
    errors = [error for component in calendar.walk() for error in component.errors]
    assert errors == []
    return {
        str(event["UID"]): (norm(event.start), norm(event.end), str(event["SUMMARY"]))
        for event in calendar.walk("VEVENT")
    }


def by_vobject(data):
    """The same by vobject, which would else go on with the zones of the calendar before."""
    forget_zones(vobject.icalendar)
    calendar = vobject.readOne(data.decode())
    calendar.validate(raiseException=True)
    return {
        event.uid.value: (
            norm(event.dtstart.value),
            norm(event.dtend.value),
            event.summary.value,
        )
        for event in calendar.contents.get("vevent", [])
    }


def norm(moment):
    """A day stays a day."""
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


@cache
def tool():
    """The checker as a module; None where it is absent."""
    if not TOOL.exists():
        return None
    os.environ["_ICS_REEXEC"] = "1"  # else it would replace this process by one of its own
    spec = importlib.util.spec_from_file_location("ics_check", TOOL)
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        spec.loader.exec_module(module)
    return module


def octet_findings(data, *, is_single=False, before=None):
    """Return what is wrong with the octets, and with the step from `before` to them."""
    if tool() is None:
        return []
    tool().SINGLE = is_single
    found, _rows, _count = tool().check(data, before, with_parsers=False)
    return [one for one in map(tuple, found) if one[0] != "note" and one[1] not in GUESSED]


def reader_findings(folder, feeds):
    """Ask every installed reader; `feeds` is a list of (name, is_single, octets).

    Returns (findings by name, names of the readers that answered).
    """
    parts = [feeds[number::AT_ONCE] for number in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(_asked, [folder / str(n) for n in range(AT_ONCE)], parts))
    findings = {name: one for part, _readers in found for name, one in part.items() if one}
    return findings, sorted(set().union(*(readers for _part, readers in found)))


def _asked(folder, feeds):
    folder.mkdir()
    listed = []
    for number, (name, is_single, data) in enumerate(feeds):
        path = folder / f"{number}.ics"
        path.write_bytes(data)
        listed.append([name, is_single, str(path)])
    python = VENV / "bin" / "python"
    done = subprocess.run(
        [python if python.exists() else sys.executable, Path(__file__).with_name("ask_all.py")],
        input=json.dumps([str(TOOL), listed]),
        capture_output=True,
        text=True,
        env={**os.environ, "_ICS_REEXEC": "1", "TZ": "UTC"},
        check=True,
        timeout=1200,
    )
    answer = json.loads(done.stdout)
    octets = {name: data for name, _is_single, data in feeds}
    findings = {
        name: [tuple(one) for one in found if _counts(one, octets[name])]
        for name, found in answer["findings"].items()
    }
    return findings, set(answer["readers"])


def _counts(finding, data):
    level, code, _line, reader, _text = finding
    ours = any((code, reader) == known[:2] and known[2] in data for known in KNOWN_BETTER)
    return level != "note" and code not in GUESSED and not ours
