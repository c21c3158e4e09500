"""How long the calendar of 600 talks takes to make: `python -m tests.benchmarks.calendars`.

Ratios in one run, as clocks differ between machines: against a build that remembers nothing.
"""

from time import process_time

from talks.entries import entries
from talks.formats.ical import Part, dumps
from talks.formats.octets import octets
from talks.formats.plaintext import remembered
from talks.records import Programme
from tests.talks.formats.test_ical import make_feed
from tests.talks.records import (
    LONG_AGO,
    at,
    make_placement,
    make_programme,
    make_role,
    make_session,
    make_talk,
    release,
)

TALKS, RUNS = 600, 5
ABSTRACT = "We train *deep* networks with a [large batch](https://example.org/{}) and `SGD`. " * 12


def programme(changed: int | None = None) -> Programme:
    """600 talks at their own times; one of them with another title."""
    placements = tuple(
        make_placement(
            make_talk(
                f"A title of about sixty characters, as papers have them {n}"
                + ("!" if n == changed else ""),
                code=f"T{n:08}",
                abstract=ABSTRACT.replace("{}", str(n)),
                roles=(make_role("Ada Lovelace", affiliation="University of Somewhere"),),
            ),
            at("8:10"),
        )
        for n in range(TALKS)
    )
    return make_programme(make_session(placements=placements))


def build(shown: Programme) -> tuple[float, int, int]:
    """Return milliseconds of this process, octets, and how many entries were serialised."""
    count, start = octets.count, process_time()
    made = dumps(make_feed(), Part(shown, entries(shown)))
    return (process_time() - start) * 1000, len(made), octets.count - count


def one_run(number: int) -> list[tuple[str, float, int]]:
    before = release(programme())
    after = release(programme(changed=number), before, LONG_AGO.replace(year=2018))
    remembered.forget()
    octets.forget()
    cold = build(before)
    octets.forget()
    printed = build(before)
    return [
        ("nothing remembered", cold[0], cold[2]),
        ("texts remembered, octets not", printed[0], printed[2]),
        ("after one edit", *build(after)[::2]),
        ("nothing changed", *build(after)[::2]),
    ]


def main() -> None:
    runs = [one_run(number) for number in range(RUNS)]
    least = [min(row, key=lambda one: one[1]) for row in zip(*runs, strict=True)]
    size = build(release(programme()))[1]
    print(f"{TALKS} talks, {size:,} octets, least of {RUNS} runs")
    print(f"{'':<30}{'ms':>8}{'ratio':>8}{'serialised':>12}")
    for name, milliseconds, count in least:
        print(f"{name:<30}{milliseconds:>8.1f}{milliseconds / least[0][1]:>8.3f}{count:>12}")


if __name__ == "__main__":
    main()
