"""What of a withdrawn session, talk or person calendars still have to be told.

A release remembers the entries that stood in an earlier one, but not of what they were: that
stands in the last release that had them.
"""

from collections import OrderedDict
from collections.abc import Iterable
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
    return tombstones_of_all(head, programme, [code], today)


def tombstones_of_all(
    head: Head, programme: Programme, codes: Iterable[str], today: date
) -> list[Stamp]:
    """Return what remains in feeds of codes that are gone: one query, however many."""
    standing = tombstones(programme, today)
    if not standing:
        return []
    uids = _last_uids(head, frozenset(codes))
    return [stamp for stamp in standing if stamp.uid in uids]


def _last_uids(head: Head, codes: frozenset[str]) -> frozenset[str]:
    with _lock:
        known = {code: _uids[head.digest, code] for code in codes if (head.digest, code) in _uids}
    if missing := codes - known.keys():
        found = _read_uids(head, missing)
        _keep(head, found)
        known |= found
    return frozenset().union(*known.values())


def _keep(head: Head, found: dict[str, frozenset[str]]) -> None:
    with _lock:
        _uids.update({(head.digest, code): uids for code, uids in found.items()})
        while len(_uids) > KEPT:
            _uids.popitem(last=False)


def _read_uids(head: Head, codes: frozenset[str]) -> dict[str, frozenset[str]]:
    """Look through earlier releases, the youngest first, as far as the codes were gone there."""
    found: dict[str, frozenset[str]] = {}
    earlier = Release.objects.filter(event__code=head.code, number__lt=head.number)
    for value in earlier.order_by("-number").values_list("records", flat=True).iterator(1):
        programme = records_json.loads(value)
        for code in codes - found.keys() - programme.gone:
            uids = frozenset(entry.uid for entry in entries_of(entries(programme), code))
            found[code] = uids
        if len(found) == len(codes):
            break
    return dict.fromkeys(codes, frozenset[str]()) | found
