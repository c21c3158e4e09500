"""What the solver makes of conferences of the library CoSPLib.

    python -m tests.benchmarks.cosplib INSTANCE.xlsx [--seconds N] [--out SOLUTION.xlsx] [--seed N]
    python -m tests.benchmarks.cosplib --all FOLDER [--seconds N]

Prints a row for each instance: the least of its published schedules, scored again with the weights
that the file has now, beside ours; the bound; seconds of two free cores (processor time / 2); how
often a person is in two places. Every schedule is scored by code that shares nothing with the
solver, and written in the layout of the library's own solution files.
"""

import argparse
import sys
import time
from pathlib import Path

if __package__ in (None, ""):  # run as a file
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from talks.solver.blocks import solve
from talks.solver.blocks_problem import NoPlan
from talks.solver.blocks_search import Limits
from tests.benchmarks import cosplib_score, cosplib_workbook
from tests.benchmarks.cosplib_programme import programme_of, schedule_of

DATA = Path(__file__).resolve().parents[3] / "shared/data/8-scheduling/cosplib"


def cores():
    """Return the seconds that this process has had of two cores."""
    return time.process_time() / 2


def published(book, folder):
    """Return the least score of the schedules published beside the instances; None without."""
    paths = sorted(folder.parent.glob(f"published-solutions-*/{book.name}Solution.xlsx"))
    scores = [cosplib_score.score(book, cosplib_score.read_schedule(path)) for path in paths]
    return min(scores, default=None)


def run(path, seconds, out=None, seed=1, trace=False):
    """Solve an instance, check and write it; return (book, plan, score, conflicts, faults)."""
    book = cosplib_workbook.read(path)
    begun = cores()

    def show(progress):
        if trace and sys.stderr.isatty():
            print(f"\r{progress.seconds:7.1f} s {progress.cost:>12,}", end="", file=sys.stderr)

    plan = solve(programme_of(book), Limits(seconds, clock=cores), seed, progress=show)
    spent = cores() - begun
    schedule = schedule_of(book, plan.places)
    if out:
        cosplib_score.write_schedule(book, schedule, out)
        schedule = cosplib_score.read_schedule(out)
    return {
        "book": book,
        "plan": plan,
        "seconds": spent,
        "score": cosplib_score.score(book, schedule),
        "conflicts": len(cosplib_score.presenter_conflicts(book, schedule)),
        "faults": cosplib_score.broken(book, schedule),
    }


def row(path, done):
    """Return a line of the table."""
    least = published(done["book"], path.parent)
    plan = done["plan"]
    return (
        f"{done['book'].name:<18}{'' if least is None else f'{least:,}':>12}{done['score']:>12,}"
        f"{f'{plan.bound:,}' if plan.is_proven else '':>12}{done['seconds']:>9.1f}"
        f"{done['conflicts']:>7}  {'; '.join(done['faults'][:3])}"
    )


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("instances", nargs="*", type=Path, metavar="INSTANCE.xlsx")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every .xlsx of a folder")
    parser.add_argument("--seconds", type=float, default=60.0, help="of two free cores, for each")
    parser.add_argument("--out", type=Path, help="the schedule; a folder when there are several")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    paths = asked.instances or sorted((asked.all or DATA / "instances").glob("*.xlsx"))
    print(f"{'instance':<18}{'published':>12}{'ours':>12}{'proven':>12}{'seconds':>9}{'twice':>7}")
    worst = 0
    for path in paths:
        out = asked.out
        if out and (len(paths) > 1 or out.is_dir()):
            out.mkdir(parents=True, exist_ok=True)
            out = out / f"{path.stem}Solution.xlsx"
        try:
            done = run(path, asked.seconds, out, asked.seed, trace=True)
        except NoPlan as none:
            print(f"{path.stem:<18}no schedule: {none}", flush=True)
            worst = 1
            continue
        print(row(path, done), flush=True)
        worst = max(worst, int(bool(done["faults"] or done["conflicts"])))
    return worst


if __name__ == "__main__":
    sys.exit(main())
