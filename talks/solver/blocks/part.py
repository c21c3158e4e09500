"""The free part of a programme as a CP-SAT model under construction, and what is solved for."""

from dataclasses import dataclass, field
from typing import TypeAlias

from ortools.sat.python import cp_model

from .frame import Frame

Term: TypeAlias = cp_model.LinearExpr | int
Cell: TypeAlias = tuple[int, int]  # track, block


@dataclass(frozen=True, slots=True)
class Draft:
    """The block of each talk, and how many rooms of each kind a track takes in a block."""

    block: list[int]
    rooms: dict[tuple[int, int, int], int]  # track, block, kind -> 1 or more


@dataclass(frozen=True, slots=True)
class Bad:
    """Talks that do not go together in a block while their tracks have so many rooms there.

    `cost` is what it costs beyond what the model knows; 0 when it is impossible.
    """

    block: int
    talks: frozenset[int]
    rooms: tuple[tuple[int, int], ...]  # track, rooms
    cost: int = 0


@dataclass(slots=True)
class Model:
    """A CP-SAT model of the free part of a programme."""

    frame: Frame
    most: list[int]  # rooms that a track may take in one block
    free: set[Cell]
    draft: Draft | None = None  # where the rest stays
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    talks: dict[tuple[int, int], Term] = field(default_factory=dict)  # class, block
    rooms: dict[tuple[int, int, int], Term] = field(default_factory=dict)  # track, block, kind
    used: dict[Cell, Term] = field(default_factory=dict)
    count: dict[Cell, Term] = field(default_factory=dict)  # rooms
    members: dict[int, list[int]] = field(default_factory=dict)  # free talks of a class
    costs: list[Term] = field(default_factory=list)

    def talk(self, i: int, s: int) -> Term:
        """Return whether a talk stands in a block; only for talks alone in their class."""
        if self.is_free(i):
            return self.talks.get((self.frame.class_of[i], s), 0)
        return int(self.draft is not None and self.draft.block[i] == s)

    def is_free(self, i: int) -> bool:
        """Whether a talk may move: it stands in a free block of its track, or nowhere yet."""
        return self.draft is None or (self.frame.track_of[i], self.draft.block[i]) in self.free

    def tracks(self) -> list[int]:
        """Return the tracks of which something is free."""
        return sorted({t for t, _ in self.free})

    def blocks(self, *tracks: int) -> list[int]:
        """Return the blocks in which one of these tracks is free."""
        _, blocks, _ = self.frame.sizes
        return [s for s in range(blocks) if any((t, s) in self.free for t in tracks)]

    def bool(self) -> cp_model.IntVar:
        return self.cp.new_bool_var("")

    def cost(self, each: int, term: Term) -> None:
        if each:
            self.costs.append(each * term)
