"""From a draft to a layout: which room of its kind, which cell, which slot.

A track alone in its block and without parallel rooms is put in order by hand; parallel rooms, and
blocks in which people change rooms between slots, are small exact models of their own.
"""

from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from .cells import Group, Spot, pack_exactly
from .frame import Frame
from .layout import Layout
from .part import Bad, Draft
from .rooms import rooms_for


@dataclass(slots=True)
class Packer:
    """Packs drafts; remembers what it has packed, and what it has found out that models miss."""

    frame: Frame
    bad: list[Bad] = field(default_factory=list)
    known: dict[tuple[int, tuple[Group, ...]], dict[int, Spot] | None] = field(default_factory=dict)

    def layout(self, draft: Draft, like: Layout | None = None) -> Layout | None:
        """Return the layout, or None when it cannot be packed.

        Rooms stay as in `like` where they can.
        """
        frame = self.frame
        total = len(frame.track_of)
        layout = Layout(list(draft.block), [0] * total, [0] * total)
        is_packed = True
        for s, groups in enumerate(_groups(frame, draft, rooms_for(frame, draft, like))):
            for part in _parts(frame, groups):
                spots = self._pack(s, part)
                is_packed = is_packed and spots is not None
                for i, (room, start) in (spots or {}).items():
                    layout.room[i], layout.start[i] = room, start
        return layout if is_packed else None

    def _pack(self, s: int, part: list[Group]) -> dict[int, Spot] | None:
        if len(part) == 1 and _is_plain(self.frame, part[0]):
            spots = _by_hand(self.frame, s, part[0])
            if spots is not None:
                return spots
        key = (s, tuple(part))
        if key not in self.known:
            self.known[key] = self._pack_exactly(s, part)
        return self.known[key]

    def _pack_exactly(self, s: int, part: list[Group]) -> dict[int, Spot] | None:
        """Pack tied tracks; where they are tied by wishes alone, if need be each for itself."""
        status, cost, spots = pack_exactly(self.frame, s, part)
        if spots is None and status != cp_model.INFEASIBLE:
            if len(part) == 1 or self.frame.programme.apart == "slot":
                return None
            packed = [self._pack(s, [group]) for group in part]
            return (
                {i: spot for one in packed for i, spot in (one or {}).items()}
                if all(packed)
                else None
            )
        more = cost - sum(_modelled(self.frame, group) for group in part)
        if spots is None or more > 0:
            talks = frozenset(i for group in part for i in group[1])
            rooms = tuple((t, len(held)) for t, _, held, _ in part)
            self.bad.append(Bad(s, talks, rooms, 0 if spots is None else more))
        return spots


def _modelled(frame: Frame, group: Group) -> int:
    """What the model knows of the cost that a group has in its block."""
    _, talks, rooms, before = group
    wanted = [frame.position[i] for i in talks if frame.position[i]]
    right = {place for place in wanted if before < place <= before + len(talks)}
    cost = frame.programme.costs.position * (len(wanted) - len(right))
    if len(rooms) == 1:
        cost += int(frame.talk_room[list(talks), rooms[0]].sum())
    return cost


def _parts(frame: Frame, groups: list[Group]) -> list[list[Group]]:
    """What is packed together: each track alone unless slots tie the block."""
    if groups and _slots_matter(frame, groups):
        return [groups]
    return [[group] for group in groups]


def _groups(
    frame: Frame, draft: Draft, rooms: dict[tuple[int, int], tuple[int, ...]]
) -> list[list[Group]]:
    """By block: what each track has to place there."""
    _, blocks, _ = frame.sizes
    groups: list[list[Group]] = [[] for _ in range(blocks)]
    for t, talks in enumerate(frame.talks_of):
        before = 0
        for s in sorted({draft.block[i] for i in talks}):
            here = tuple(i for i in talks if draft.block[i] == s)
            groups[s].append((t, here, rooms[t, s], before))
            before += len(here)
    return groups


def _slots_matter(frame: Frame, groups: list[Group]) -> bool:
    """Whether two talks in different rooms must not, or should not, run at once."""
    track = {i: t for t, talks, _, _ in groups for i in talks}
    if any(slot and {*pair} <= track.keys() for pair, (_, slot) in frame.beside.items()):
        return True
    if frame.programme.apart == "block":
        return False
    here = set(track.values())
    return any(
        len({t for t, talks in person.items() if track.keys() & set(talks)} | chaired & here) > 1
        for person, chaired in zip(frame.people, frame.chaired, strict=True)
    )


def _is_plain(frame: Frame, group: Group) -> bool:
    """Whether it is all one which of a track's rooms a talk is in."""
    _, talks, rooms, _ = group
    if len(rooms) == 1:
        return True
    here = set(talks)
    return not (
        any(frame.position[i] for i in talks)
        or any(len(here & set(one)) > 1 for one in frame.inside)
        or any({*pair} <= here for pair in frame.beside)
        or frame.talk_room[list(talks)].any()
    )


def _by_hand(frame: Frame, s: int, group: Group) -> dict[int, Spot] | None:
    """Long talks first, each where it fits; or in their positions. None when that fails."""
    _, talks, rooms, before = group
    left = dict.fromkeys(rooms, frame.capacity[s])
    spots: dict[int, Spot] = {}
    if len(rooms) == 1:
        order = _in_position(frame, talks, before)
    else:
        order = sorted(talks, key=lambda i: -frame.slots[i])
    for i in order:
        fits = [room for room in rooms if left[room] >= frame.slots[i]]
        if not fits:
            return None
        room = max(fits, key=lambda room: left[room])
        spots[i] = (room, frame.capacity[s] - left[room])
        left[room] -= frame.slots[i]
    return spots if len({room for room, _ in spots.values()}) == len(rooms) else None


def _in_position(frame: Frame, talks: tuple[int, ...], before: int) -> list[int]:
    """Put each talk at its position if that is among these, the others between."""
    at: dict[int, int] = {}
    for i in talks:
        place = frame.position[i] - before - 1
        if 0 <= place < len(talks):
            at.setdefault(place, i)
    others = iter([i for i in talks if i not in at.values()])
    return [at[n] if n in at else next(others) for n in range(len(talks))]
