"""How a search went, as an SVG and a table need it: what was found costs less and less, and what
nothing can cost less than comes up to meet it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 480, 160  # of the picture, in its own units
MARGIN = 8
MOST_ROWS = 40  # of the table

Point = Sequence[float | None]  # seconds, cost, bound


@dataclass(frozen=True, slots=True)
class Row:
    """What was known at a moment."""

    seconds: float
    cost: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class Picture:
    """The course as steps: `cost` and `bound` are the points of a line in SVG, empty for none.

    `rows` are the moments at which something became known, thinned out, the last one always.
    """

    cost: str
    bound: str
    highest: float
    lowest: float
    seconds: float
    rows: tuple[Row, ...]

    width, height, margin = WIDTH, HEIGHT, MARGIN

    @property
    def last(self) -> Row:
        return self.rows[-1]

    @property
    def dot(self) -> list[str]:
        """Where the line of the cost ends: all there is of it when one was found at the end."""
        return self.cost.rpartition(" ")[2].split(",")


def picture(points: Sequence[Point]) -> Picture | None:
    """Return the picture of a course; None while there is nothing to be seen."""
    rows = [row for row in map(_row, points) if (row.cost, row.bound) != (None, None)]
    if not rows:
        return None
    values = [value for row in rows for value in (row.cost, row.bound) if value is not None]
    lowest, highest, seconds = min(values), max(values), rows[-1].seconds
    across = (WIDTH - 2 * MARGIN) / (seconds or 1)
    down = (HEIGHT - 2 * MARGIN) / ((highest - lowest) or 1)

    def place(at: float, value: float) -> str:
        return f"{MARGIN + at * across:.1f},{MARGIN + (highest - value) * down:.1f}"

    return Picture(
        cost=" ".join(_steps([(row.seconds, row.cost) for row in rows], seconds, place)),
        bound=" ".join(_steps([(row.seconds, row.bound) for row in rows], seconds, place)),
        highest=highest,
        lowest=lowest,
        seconds=seconds,
        rows=tuple(_thinned(rows)),
    )


def _row(point: Point) -> Row:
    """Read a point; what nothing can cost less than is never less than nothing."""
    seconds, cost, bound = point
    return Row(seconds or 0.0, cost, None if bound is None else max(0.0, bound))


def _steps(
    known: Sequence[tuple[float, float | None]], end: float, place: Callable[[float, float], str]
) -> Iterator[str]:
    """Yield the corners of a line that keeps its height until the next value."""
    last: float | None = None
    for at, value in known:
        if value is None or value == last:
            continue
        if last is not None:
            yield place(at, last)
        yield place(at, value)
        last = value
    if last is not None:
        yield place(end, last)


def _thinned(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows that tell something new, evenly at most MOST_ROWS, and the last."""
    told = [
        row
        for number, row in enumerate(rows)
        if not number or (row.cost, row.bound) != (rows[number - 1].cost, rows[number - 1].bound)
    ]
    step = -(-len(told) // MOST_ROWS)
    yield from told[::step]
    if told[::step][-1] is not rows[-1]:
        yield rows[-1]
