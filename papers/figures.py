"""Counts and places as an SVG needs them, worked out before a template draws them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot
from statistics import median

WIDTH, HEIGHT = 240, 72  # of a chart, in its own units
NUMBER = 9  # half the width of a number
HEADROOM = 16  # for the number over the highest bar
GAP = 0.2  # of the room that a year has, between two bars
MAP_WIDTH, MAP_HEIGHT, MARGIN = 1000, 700, 24
MOST_LABELS = 10
FEWEST_LABELLED = 4  # papers: of fewer a name on the map would tell nothing
LETTER, LABEL_HEIGHT = 15, 30  # of the room that a name on the map needs
LONGEST_LABEL = 26  # letters
ROOM, ROUNDS = 56, 60  # of a dot with a number, and how often they are pushed apart


@dataclass(frozen=True, slots=True)
class Bar:
    """A year of a chart that has papers."""

    year: int
    count: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where a number over the bar stands: in the picture whole, even at its ends."""
        return round(min(max(self.x + self.width / 2, NUMBER), WIDTH - NUMBER), 2)


@dataclass(frozen=True, slots=True)
class Chart:
    """How many papers of one name there are in each year: the highest bar fills the height."""

    name: str
    slug: str
    total: int
    bars: tuple[Bar, ...]

    @property
    def best(self) -> Bar:
        """The year with the most papers, the latest of equals."""
        return max(self.bars, key=lambda bar: (bar.count, bar.year))


@dataclass(frozen=True, slots=True)
class Years:
    """Charts that share their years, and the same as a table."""

    first: int
    last: int
    charts: tuple[Chart, ...]
    rows: tuple[tuple[int, tuple[int, ...]], ...]  # year, latest first, and the count of each chart

    width, height = WIDTH, HEIGHT


@dataclass(frozen=True, slots=True)
class Counted:
    """A name, the last part of its address, and the papers of each year."""

    name: str
    slug: str
    years: Mapping[int, int]


def years(named: Sequence[Counted]) -> Years | None:
    """Return a chart for each name, the first of them of all papers; None when there is one year.

    Each has a scale of its own, or the small ones would show nothing.
    """
    if not named or len(named[0].years) < 2:
        return None
    first, last = min(named[0].years), max(named[0].years)
    charts = [chart(each, first, last) for each in named]
    rows = [
        (year, tuple(each.years.get(year, 0) for each in named))
        for year in range(last, first - 1, -1)
        if year in named[0].years
    ]
    return Years(first, last, tuple(charts), tuple(rows))


def chart(counted: Counted, first: int, last: int) -> Chart:
    slot = WIDTH / (last - first + 1)
    unit = (HEIGHT - HEADROOM) / max(counted.years.values())
    bars = [
        Bar(
            year=year,
            count=count,
            x=round(slot * (year - first + GAP / 2), 2),
            y=round(HEIGHT - unit * count, 2),
            width=round(slot * (1 - GAP), 2),
            height=round(unit * count, 2),
        )
        for year, count in sorted(counted.years.items())
    ]
    return Chart(counted.name, counted.slug, sum(counted.years.values()), tuple(bars))


@dataclass(frozen=True, slots=True)
class Label:
    """A name written where the papers of that name are: before, behind or around the place.

    Near the left edge it begins there and near the right it ends, so that none is cut.
    """

    name: str
    x: float
    y: float

    @property
    def side(self) -> str:
        if self.x < MAP_WIDTH / 3:
            return "start"
        return "end" if self.x > MAP_WIDTH * 2 / 3 else "middle"

    @property
    def left(self) -> float:
        return self.x - self.width * {"start": 0, "middle": 0.5, "end": 1}[self.side]

    @property
    def width(self) -> int:
        return LETTER * len(self.name)

    def meets(self, other: "Label") -> bool:
        """True when two names would stand on one another."""
        return (
            abs(self.y - other.y) <= LABEL_HEIGHT
            and self.left < other.left + other.width
            and other.left < self.left + self.width
        )


def spread(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return places of the map so that they fill a picture."""
    if not places:
        return []
    (left, across), (top, down) = (extent(values) for values in zip(*places, strict=True))
    return [
        (
            round(MARGIN + (x - left) / across * (MAP_WIDTH - 2 * MARGIN), 1),
            round(MARGIN + (y - top) / down * (MAP_HEIGHT - 2 * MARGIN), 1),
        )
        for x, y in places
    ]


def apart(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return places moved so that a number on each can be read; the same ones every time."""
    moved = [list(place) for place in places]
    for _round in range(ROUNDS):
        for first, second in combinations(moved, 2):
            across, down = second[0] - first[0], second[1] - first[1]
            distance = hypot(across, down)
            if distance < ROOM:
                step = (ROOM - distance) / 2
                x, y = (across / distance, down / distance) if distance else (1, 0)
                first[:] = first[0] - x * step, first[1] - y * step
                second[:] = second[0] + x * step, second[1] + y * step
        for each in moved:
            each[:] = (
                min(max(each[0], ROOM / 2), MAP_WIDTH - ROOM / 2),
                min(max(each[1], ROOM / 2), MAP_HEIGHT - ROOM / 2),
            )
    return [(round(x, 1), round(y, 1)) for x, y in moved]


def extent(values: Sequence[float]) -> tuple[float, float]:
    """Return where values begin, and how far they reach; never nothing."""
    return min(values), (max(values) - min(values)) or 1


def labels(named: Mapping[str, Sequence[tuple[float, float]]]) -> list[Label]:
    """Return names in the middle of their places, the most frequent first, none over another."""
    kept: list[Label] = []
    for name, places in sorted(named.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        x, y = (round(median(values), 1) for values in zip(*places, strict=True))
        shown = name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1].rstrip()}…"
        label = Label(shown, x, y)
        is_free = not any(map(label.meets, kept))
        if is_free and len(places) >= FEWEST_LABELLED and len(kept) < MOST_LABELS:
            kept.append(label)
    return kept
