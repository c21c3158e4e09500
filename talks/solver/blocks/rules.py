"""What must hold in the model: each talk once, in rooms that are there, nobody in two of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from ortools.sat.python import cp_model

from .part import Bad, Model, Term


def add_rules(model: Model, limit: int | None, bad: Iterable[Bad]) -> None:
    """Add all that must hold; `limit` and `bad` as in model_of."""
    _add_rooms(model, limit)
    _add_talks(model, limit)
    _add_capacity(model)
    _add_people(model)
    _add_bad(model, bad)


def _add_rooms(model: Model, limit: int | None) -> None:
    """How many rooms of each kind a track takes in a block, and no more than there are."""
    frame = model.frame
    tracks, blocks, _ = frame.sizes
    taken: dict[tuple[int, int], list[Term]] = defaultdict(list)
    fixed = model.draft.rooms if model.draft else {}
    for t in range(tracks):
        for s in range(blocks):
            if (t, s) in model.free:
                _add_cells(model, t, s, limit, taken)
            else:
                kinds = range(len(frame.rooms_of))
                counts = {k: fixed.get((t, s, k), 0) for k in kinds}
                model.rooms.update({(t, s, k): n for k, n in counts.items() if n})
                model.count[t, s] = sum(counts.values())
                model.used[t, s] = int(model.count[t, s] > 0)
    for (t, s, k), n in fixed.items():
        if (t, s) not in model.free and (s, k) in taken:
            taken[s, k].append(n)
    for (_, k), terms in taken.items():
        model.cp.add(sum(terms) <= len(frame.rooms_of[k]))


def _add_cells(
    model: Model,
    t: int,
    s: int,
    limit: int | None,
    taken: dict[tuple[int, int], list[Term]],
) -> None:
    frame, cp, most = model.frame, model.cp, model.most[t]
    mine: list[Term] = []
    for k, rooms in enumerate(frame.rooms_of):
        cost = int(frame.cell_cost[t, s, rooms[0]])
        if limit is not None and cost > limit:
            continue
        one = cp.new_int_var(0, min(most, len(rooms)), "")
        model.rooms[t, s, k] = one
        model.cost(cost, one)
        taken[s, k].append(one)
        mine.append(one)
    count = sum(mine)
    used = model.bool()
    if most == 1:
        cp.add(count == used)
    else:
        cp.add(count >= used)
        cp.add(count <= most * used)
        model.cost(frame.programme.costs.parallel, count - used)
    model.used[t, s], model.count[t, s] = used, count


def _add_talks(model: Model, limit: int | None) -> None:
    """How many talks of each class a block holds: each free talk in one."""
    frame = model.frame
    for i, c in enumerate(frame.class_of):
        if model.is_free(i):
            model.members.setdefault(c, []).append(i)
    for c, members in model.members.items():
        i, t = members[0], frame.track_of[members[0]]
        terms = []
        for s in model.blocks(t):
            cost = int(frame.talk_block[i, s])
            if frame.slots[i] > frame.capacity[s] or (limit is not None and cost > limit):
                continue
            one = model.cp.new_int_var(0, len(members), "")
            model.talks[c, s] = one
            model.cost(cost, one)
            if len(members) == 1:
                model.cp.add(one <= model.used[t, s])
            terms.append(one)
        model.cp.add(sum(terms) == len(members))


def _add_capacity(model: Model) -> None:
    """The talks of a track fit in its rooms, no room is empty.

    Talks of some length fill a room also by their number; after the dual feasible functions of
    Fekete and Schepers (2001), of which these are the simplest.
    """
    frame = model.frame
    classes: dict[int, list[int]] = defaultdict(list)
    for c, members in model.members.items():
        classes[frame.track_of[members[0]]].append(c)
    length = {c: frame.slots[members[0]] for c, members in model.members.items()}
    for t, s in sorted(model.free):
        here = [c for c in classes[t] if (c, s) in model.talks]
        count, capacity = model.count[t, s], frame.capacity[s]
        model.cp.add(count <= sum(model.talks[c, s] for c in here))
        model.cp.add(sum(length[c] * model.talks[c, s] for c in here) <= capacity * count)
        for least in sorted({length[c] for c in here} - {1}):
            long = [model.talks[c, s] for c in here if length[c] >= least]
            model.cp.add(sum(long) <= capacity // least * count)


def _add_people(model: Model) -> None:
    """Nobody is needed in two tracks in one block; two tracks of one chair never share one."""
    frame = model.frame
    for a, b in frame.apart:
        for s in model.blocks(a, b):
            model.cp.add(model.used[a, s] + model.used[b, s] <= 1)
    for person, chaired in zip(frame.people, frame.chaired, strict=True):
        for s in model.blocks(*person, *chaired):
            if frame.programme.apart == "slot":
                talks = [i for group in person.values() for i in group]
                busy = sum(frame.slots[i] * model.talk(i, s) for i in talks)
                model.cp.add(busy <= frame.capacity[s])
            else:
                _add_person(model, person, chaired, s)


def _add_person(model: Model, person: dict[int, list[int]], chaired: set[int], s: int) -> None:
    busy: dict[int, Term] = {}
    for t, group in person.items():
        terms = [model.talk(i, s) for i in group]
        if len(terms) == 1:
            busy[t] = terms[0]
        elif all(isinstance(term, int) for term in terms):
            busy[t] = max(terms)
        else:
            busy[t] = model.bool()
            for term in terms:
                model.cp.add(term <= busy[t])
    _at_most_one(model, list(busy.values()))
    for t in chaired:
        others = [term for other, term in busy.items() if other != t]
        for term in others:
            _at_most_one(model, [model.used[t, s], term])


def _at_most_one(model: Model, terms: list[Term]) -> None:
    if any(not isinstance(term, int) for term in terms) and len(terms) > 1:
        model.cp.add(sum(terms) <= 1)


def _add_bad(model: Model, bad: Iterable[Bad]) -> None:
    """Leave out, or price, what the packing has found out: a talk goes or a room comes."""
    for one in bad:
        if not any((t, one.block) in model.free for t, _ in one.rooms):
            continue
        ways: list[cp_model.IntVar] = []
        for c, n in sorted(Counter(model.frame.class_of[i] for i in one.talks).items()):
            fewer = model.bool()
            model.cp.add(_of_class(model, c, one.block) <= n - 1 + len(one.talks) * (1 - fewer))
            ways.append(fewer)
        for t, n in one.rooms:
            more = model.bool()
            model.cp.add(model.count[t, one.block] >= (n + 1) * more)
            ways.append(more)
        if one.cost:
            ways.append(model.bool())
            model.cost(one.cost, ways[-1])
        model.cp.add_bool_or(ways)


def _of_class(model: Model, c: int, s: int) -> Term:
    """How many talks of a class a block holds, those that stay among them."""
    stay = 0
    if draft := model.draft:
        members = [i for i, of in enumerate(model.frame.class_of) if of == c]
        stay = sum(draft.block[i] == s and not model.is_free(i) for i in members)
    return stay + model.talks.get((c, s), 0)
