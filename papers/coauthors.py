"""With whom somebody writes: the people around one author, as a ring and as a list."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import cos, pi, sin

MOST = 24  # people on the ring
FEWEST = 3  # people of whom a picture is drawn
SIZE, RADIUS = 400, 170  # of the picture, and of the ring in it
SMALLEST, LARGEST = 12, 22  # radius of a person on it
MANY = 5  # papers together: whoever has most of them is drawn large from there on


@dataclass(frozen=True, slots=True)
class Human:
    """An author as the ring needs one."""

    pk: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Coauthor:
    """Somebody on the ring: `number` from 1, `count` of papers written together."""

    number: int
    human: Human
    count: int
    x: float
    y: float
    radius: float
    width: float  # of the line from the middle


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two on the ring who are on a paper of the one in the middle."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Ring:
    """The people on the ring, the most frequent first, clockwise from the top."""

    people: tuple[Coauthor, ...]
    ties: tuple[Tie, ...]
    others: int  # who have no place on it

    size, middle, centre = SIZE, SIZE / 2, LARGEST

    @property
    def is_drawn(self) -> bool:
        """False when the list says all that a picture would."""
        return len(self.people) >= FEWEST


def ring(own: int, placed: Iterable[tuple[int, Human]]) -> Ring | None:
    """Return the ring around the author of key `own`; None when nobody is around.

    `placed` are the authors of that author's papers: the key of the paper, and one of its people.
    """
    papers: defaultdict[int, set[Human]] = defaultdict(set)
    for paper, human in placed:
        if human.pk != own:
            papers[paper].add(human)
    counts = Counter(human for people in papers.values() for human in people)
    shown = sorted(counts, key=lambda human: (-counts[human], human.name, human.pk))[:MOST]
    if not shown:
        return None
    most = counts[shown[0]]
    people = {
        human: at(number, len(shown), human, counts[human], most)
        for number, human in enumerate(shown)
    }
    pairs = {
        frozenset(pair)
        for humans in papers.values()
        for pair in combinations([human for human in humans if human in people], 2)
    }
    joined = sorted(sorted(people[human].number for human in pair) for pair in pairs)
    on_ring = tuple(people.values())
    ties = [tie(on_ring[first - 1], on_ring[second - 1]) for first, second in joined]
    return Ring(on_ring, tuple(ties), len(counts) - len(shown))


def at(place: int, places: int, human: Human, count: int, most: int) -> Coauthor:
    angle = 2 * pi * place / places - pi / 2
    share = count / max(most, MANY)
    return Coauthor(
        number=place + 1,
        human=human,
        count=count,
        x=round(SIZE / 2 + RADIUS * cos(angle), 1),
        y=round(SIZE / 2 + RADIUS * sin(angle), 1),
        radius=round(SMALLEST + (LARGEST - SMALLEST) * share, 1),
        width=round(1 + 5 * share, 1),
    )


def tie(first: Coauthor, second: Coauthor) -> Tie:
    return Tie(first.x, first.y, second.x, second.y)
