"""Whether a draft holds together, and two changes of one draft made at once."""

from collections import Counter

from .frame import Frame
from .part import Draft


def holds(frame: Frame, draft: Draft) -> bool:
    """Whether there are rooms enough and nobody is needed twice in a block; see Programme."""
    taken: Counter[tuple[int, int]] = Counter()
    for (_, s, k), n in draft.rooms.items():
        taken[s, k] += n
    if any(n > len(frame.rooms_of[k]) for (_, k), n in taken.items()):
        return False
    used = {(t, s) for t, s, _ in draft.rooms}
    blocks = range(len(frame.capacity))
    if any((a, s) in used and (b, s) in used for a, b in frame.apart for s in blocks):
        return False
    if frame.programme.apart == "slot":
        return True  # the packing sees to it
    return all(
        _is_once(draft, person, chaired, used)
        for person, chaired in zip(frame.people, frame.chaired, strict=True)
    )


def _is_once(
    draft: Draft, person: dict[int, list[int]], chaired: set[int], used: set[tuple[int, int]]
) -> bool:
    """Whether somebody is needed in one track only in each block."""
    seen: set[int] = set()
    for t, talks in person.items():
        here = {draft.block[i] for i in talks}
        if here & seen or any(other != t and (other, s) in used for other in chaired for s in here):
            return False
        seen |= here
    return True


def changed(frame: Frame, before: Draft, after: Draft) -> set[int]:
    """Return the tracks of which something has moved."""
    pairs = zip(frame.track_of, before.block, after.block, strict=True)
    tracks = {t for t, old, new in pairs if old != new}
    return tracks | {t for (t, _, _), _ in before.rooms.items() ^ after.rooms.items()}


def merged(frame: Frame, base: Draft, now: Draft, other: Draft) -> Draft | None:
    """Make the changes from `base` to `other` in `now`; None when they do not go together."""
    tracks = changed(frame, base, other)
    if tracks & changed(frame, base, now):
        return None
    block = [
        there if t in tracks else here
        for t, here, there in zip(frame.track_of, now.block, other.block, strict=True)
    ]
    rooms = {key: n for key, n in now.rooms.items() if key[0] not in tracks}
    rooms |= {key: n for key, n in other.rooms.items() if key[0] in tracks}
    draft = Draft(block, rooms)
    return draft if holds(frame, draft) else None
