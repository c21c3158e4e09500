"""What the model's cost is made of, apart from single cells and talks in blocks."""

from itertools import pairwise

from ortools.sat.python import cp_model

from .part import Model, Term


def add_wishes(model: Model) -> None:
    """Add what tracks and talks cost together: never more than in the packed layout."""
    _add_pairs(model)
    _add_room_changes(model)
    _add_gaps(model)
    _add_positions(model)
    _add_beside(model)
    _add_talk_rooms(model)


def _add_pairs(model: Model) -> None:
    """What tracks cost that are alike and share a block: for each pair of their cells.

    Exact when one of both has one room, too little otherwise.
    """
    for (a, b), cost in model.frame.alike.items():
        for s in model.blocks(a, b):
            if all((t, s) in model.free for t in (a, b)):
                both = model.cp.new_int_var(0, model.most[a] * model.most[b], "")
                together = model.count[a, s] + model.count[b, s] - 1
                missing = model.most[a] + model.most[b]
                apart = 2 - model.used[a, s] - model.used[b, s]
                model.cp.add(both >= together - (missing - 1) * apart)
                model.cost(cost, both)
            else:
                fixed, free = (a, b) if (b, s) in model.free else (b, a)
                there = model.count[fixed, s]
                if isinstance(there, int) and there:
                    model.cost(cost * there, model.count[free, s])


def _add_room_changes(model: Model) -> None:
    """What the rooms of a track cost after its first: of each kind as many as it takes at once."""
    frame, each = model.frame, model.frame.programme.costs.room
    if not each:
        return
    _, blocks, _ = frame.sizes
    for t in model.tracks():
        held: list[Term] = []
        for k, rooms in enumerate(frame.rooms_of):
            terms = [model.rooms[t, s, k] for s in range(blocks) if (t, s, k) in model.rooms]
            if terms:
                most = model.cp.new_int_var(0, min(model.most[t], len(rooms)), "")
                for term in terms:
                    model.cp.add(most >= term)
                held.append(most)
        model.cost(each, sum(held) - 1)


def _add_gaps(model: Model) -> None:
    """What a track costs whose blocks are not in a row."""
    each = model.frame.programme.costs.gap
    if not each:
        return
    _, blocks, _ = model.frame.sizes
    for t in model.tracks():
        used = [model.used[t, s] for s in range(blocks)]
        begins = []
        for before, now in pairwise([0, *used]):
            begin = model.bool()
            model.cp.add(begin >= now - before)
            begins.append(begin)
        gap = model.bool()
        model.cp.add(sum(begins) <= 1 + blocks * gap)
        model.cost(each, gap)


def _add_positions(model: Model) -> None:
    """What talks cost that cannot come at their position, whatever the order in their block.

    A talk at position p of its track stands in the block in which the talks so far, the block's
    own among them, first are p or more.
    """
    frame, each = model.frame, model.frame.programme.costs.position
    _, blocks, _ = frame.sizes
    for t in model.tracks() if each else ():
        ordered = [i for i in frame.talks_of[t] if frame.position[i]]
        if not ordered:
            continue
        upto: list[Term] = [0]
        for s in range(blocks):
            fixed = sum(not model.is_free(i) and model.talk(i, s) for i in frame.talks_of[t])
            classes = {frame.class_of[i] for i in frame.talks_of[t] if model.is_free(i)}
            moving = sum(model.talks.get((c, s), 0) for c in sorted(classes))
            upto.append(upto[-1] + fixed + moving)
        late = {i: _add_position(model, i, upto) for i in ordered}
        for i, j in pairwise(sorted(ordered, key=lambda i: frame.position[i])):
            _add_order(model, i, j, late)
        for wrong in late.values():
            model.cost(each, wrong)


def _add_position(model: Model, i: int, upto: list[Term]) -> cp_model.IntVar:
    """Return whether a talk is out of place."""
    wrong = model.bool()
    for s, (before, after) in enumerate(pairwise(upto)):
        here, wanted = model.talk(i, s), model.frame.position[i]
        if isinstance(here, int) and not here:
            continue
        literals = [wrong.negated(), *([here] if isinstance(here, cp_model.IntVar) else [])]
        for rule in (before + 1 <= wanted, after >= wanted):
            if not isinstance(rule, bool):
                model.cp.add(rule).only_enforce_if(*literals)
            elif not rule:
                model.cp.add_bool_or([literal.negated() for literal in literals])
    return wrong


def _add_order(model: Model, i: int, j: int, wrong: dict[int, cp_model.IntVar]) -> None:
    """Two talks in place stand in the order of their positions; not both have one position."""
    frame = model.frame
    _, blocks, _ = frame.sizes
    if frame.position[i] == frame.position[j]:
        model.cp.add(wrong[i] + wrong[j] >= 1)
        return
    first: Term = 0
    second: Term = 0
    for s in range(blocks):
        first, second = first + model.talk(i, s), second + model.talk(j, s)
        if not (isinstance(first, int) and isinstance(second, int)):
            model.cp.add(second <= first + wrong[i] + wrong[j])


def _add_beside(model: Model) -> None:
    """What pairs of talks of two tracks cost in one block that somebody would be at both of."""
    frame = model.frame
    for (i, j), (each, _) in sorted(frame.beside.items()):
        if not each or frame.track_of[i] == frame.track_of[j]:
            continue
        if not (model.is_free(i) or model.is_free(j)):
            continue
        both = model.bool()
        for s in model.blocks(frame.track_of[i], frame.track_of[j]):
            model.cp.add(both >= model.talk(i, s) + model.talk(j, s) - 1)
        model.cost(each, both)


def _add_talk_rooms(model: Model) -> None:
    """What a talk costs in the room of its track; nothing while its track has several at once."""
    frame = model.frame
    for c, members in model.members.items():
        i, t = members[0], frame.track_of[members[0]]
        for k, rooms in enumerate(frame.rooms_of):
            each = int(frame.talk_room[i, rooms[0]])
            for s in model.blocks(t) if each else ():
                if (c, s) in model.talks and (t, s, k) in model.rooms:
                    there = model.cp.new_int_var(0, len(members), "")
                    more = len(members) * (model.count[t, s] - model.rooms[t, s, k])
                    absent = len(members) * (1 - model.used[t, s])
                    model.cp.add(there >= model.talks[c, s] - more - absent)
                    model.cost(each, there)
