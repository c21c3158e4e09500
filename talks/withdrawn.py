"""What of a withdrawn session, talk or person calendars still have to be told.

A release remembers the entries that stood in an earlier one, but not of what they were: that
stands in the last release that had them.
"""

from collections import OrderedDict
from datetime import date
from threading import Lock

from talks import records_json
from talks.entries import entries
from talks.lookup import entries_of
from talks.models import Release
from talks.records import Programme, Stamp
from talks.released import Head
from talks.stamps import tombstones

KEPT = 1024  # codes in the memory of a process

_uids: OrderedDict[tuple[str, str], frozenset[str]] = OrderedDict()
_lock = Lock()


def tombstones_of(head: Head, programme: Programme, code: str, today: date) -> list[Stamp]:
    """Return what remains in feeds of a code that is gone; nothing from two days after on.

    One query when a process first sees the code gone; none while no tombstone stands at all.
    """
    standing = tombstones(programme, today)
    if not standing:
        return []
    uids = _last_uids(head, code)
    return [stamp for stamp in standing if stamp.uid in uids]


def _last_uids(head: Head, code: str) -> frozenset[str]:
    key = (head.digest, code)
    with _lock:
        if key in _uids:
            return _uids[key]
    found = _read_uids(head, code)
    with _lock:
        _uids[key] = found
        while len(_uids) > KEPT:
            _uids.popitem(last=False)
    return found


def _read_uids(head: Head, code: str) -> frozenset[str]:
    """Look through earlier releases, the youngest first, as far as the code was gone there."""
    earlier = Release.objects.filter(event__code=head.code, number__lt=head.number)
    for value in earlier.order_by("-number").values_list("records", flat=True).iterator(1):
        programme = records_json.loads(value)
        if code not in programme.gone:
            return frozenset(entry.uid for entry in entries_of(entries(programme), code))
    return frozenset()
