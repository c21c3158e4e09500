"""Which talks stand in which block, and how many rooms of which kind their track takes there.

Rooms of one kind are interchangeable, so are talks of one class: the model counts them, and never
has a variable per talk, block and room. What it leaves out (which room of its kind, the order in a
cell, which of two parallel rooms of a track) the packing adds, so that the model's cost never is
more than the true one and its bound holds.

The model can be of a part: only tracks in the blocks that are free move, all else stays.
"""

from collections import Counter
from collections.abc import Iterable

from ortools.sat.python import cp_model

from .frame import Frame
from .layout import Layout
from .part import Bad, Cell, Draft, Model
from .rules import add_rules
from .wishes import add_wishes


def model_of(
    frame: Frame,
    most: list[int],
    free: set[Cell] | None = None,
    draft: Draft | None = None,
    limit: int | None = None,
    bad: Iterable[Bad] = (),
) -> Model:
    """Build the model: of all tracks, or of what is `free` while the rest of `draft` stays.

    `limit` is a cost already reached: what alone costs more is left out.
    """
    tracks, blocks, _ = frame.sizes
    every = {(t, s) for t in range(tracks) for s in range(blocks)}
    model = Model(frame, most, every if free is None else free, draft)
    add_rules(model, limit, bad)
    add_wishes(model)
    model.cp.minimize(sum(model.costs))
    if draft is not None:
        _hint(model, draft)
    return model


def draft_from(model: Model, value: cp_model.CpSolver | cp_model.CpSolverSolutionCallback) -> Draft:
    """Read a solution: the free talks of a class fill their blocks in turn."""
    total = len(model.frame.class_of)
    block = list(model.draft.block) if model.draft else [0] * total
    for c, members in model.members.items():
        places = [
            s
            for s in model.blocks(model.frame.track_of[members[0]])
            if (c, s) in model.talks
            for _ in range(value.value(model.talks[c, s]))
        ]
        for i, s in zip(members, places, strict=True):
            block[i] = s
    rooms = {key: value.value(term) for key, term in model.rooms.items()}
    return Draft(block, {key: n for key, n in rooms.items() if n})


def draft_of(frame: Frame, layout: Layout) -> Draft:
    """Return what a layout says about blocks and kinds of rooms."""
    rooms = Counter((t, s, frame.kind_of[r]) for (s, r), t in layout.cells(frame).items())
    return Draft(list(layout.block), dict(rooms))


def _hint(model: Model, draft: Draft) -> None:
    for (c, s), term in model.talks.items():
        here = sum(draft.block[i] == s for i in model.members[c])
        if isinstance(term, cp_model.IntVar):
            model.cp.add_hint(term, here)
    for key, term in model.rooms.items():
        if isinstance(term, cp_model.IntVar):
            model.cp.add_hint(term, draft.rooms.get(key, 0))
    held = {(t, s) for t, s, _ in draft.rooms}
    for cell, used in model.used.items():
        if isinstance(used, cp_model.IntVar):
            model.cp.add_hint(used, cell in held)
