"""What the solver makes of conferences of the library CoSPLib.

    python -m tests.benchmarks.cosplib INSTANCE.xlsx [--seconds N] [--out SOLUTION.xlsx] [--seed N]
    python -m tests.benchmarks.cosplib --all FOLDER [--seconds N] [--apart block|slot]

Prints a row for each instance: the least of its published schedules, scored again with the weights
that the file has now, beside ours; the bound; seconds of two free cores (processor time / 2); how
many pairs of talks put a person in two rooms in one session (as the library counts) and at one
time, and of tracks a chair. Every schedule is scored by code that shares nothing with the solver,
and written in the layout of the library's own solution files.

Nobody is ever in two places at one time, whatever the file says that it costs. `--apart block`:
nor in two rooms in one session; `--apart slot`: that costs what the file says. Without either,
of up to 250 submissions both are solved: the looser is shown where the stricter cannot be, and
where it is proven and costs a hundredth less; the column "session" says how often it made use of
that.

Leaves with 1 when there is no schedule, with 2 when a workbook cannot be read.
"""

import argparse
import sys
import time
from pathlib import Path

if __package__ in (None, ""):  # run as a file
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from talks.solver.blocks.plan import solve
from talks.solver.blocks.problem import NoPlan
from talks.solver.blocks.search import Limits
from tests.benchmarks import cosplib_score, cosplib_workbook
from tests.benchmarks.cosplib_programme import programme_of, schedule_of

AUTO = "auto"
MANY = 250  # submissions, from which on there is time for one search only
LEAST, LOOSE = 5.0, 0.1  # seconds, and of all the time, for a proof with the looser rule
WORTH = 0.99  # of the cost with nobody in two rooms in one session
DATA = Path(__file__).resolve().parents[3] / "shared/data/8-scheduling/cosplib"


def cores():
    """Return the seconds that this process has had of two cores."""
    return time.process_time() / 2


def published(book, folder):
    """Return the least score of the schedules published beside the instances; None without."""
    paths = sorted(folder.parent.glob(f"published-solutions-*/{book.name}Solution.xlsx"))
    scores = [cosplib_score.score(book, cosplib_score.read_schedule(path)) for path in paths]
    return min(scores, default=None)


def best(book, apart, seconds, seed, progress):
    """Return the plan, and how people are kept apart in it; raises NoPlan."""
    begun = cores()

    def planned(way, until):
        limits = Limits(max(1.0, until - cores() + begun), clock=cores)
        return solve(programme_of(book, way), limits, seed, progress=progress), way

    if apart != AUTO or len(book.submissions) > MANY:
        return planned("block" if apart == AUTO else apart, seconds)
    try:
        loose = planned("slot", max(LEAST, LOOSE * seconds))
    except NoPlan as none:
        if none.is_proven:
            raise
        return planned("block", seconds)
    try:
        strict = planned("block", seconds)
    except NoPlan:
        return loose
    is_worth_it = loose[0].is_proven and loose[0].cost < WORTH * strict[0].cost
    return loose if is_worth_it else strict


def run(path, seconds, out=None, seed=1, trace=False, apart="block"):
    """Solve an instance, check and write it; return what there is to say of it."""
    book = cosplib_workbook.read(path)
    for note in book.notes:
        print(f"{book.name}: {note}", file=sys.stderr)
    begun = cores()

    def show(progress):
        if trace and sys.stderr.isatty():
            print(f"\r{progress.seconds:7.1f} s {progress.cost:>12,}", end="", file=sys.stderr)

    plan, apart = best(book, apart, seconds, seed, show)
    spent = cores() - begun
    schedule = schedule_of(book, plan.places)
    if out:
        cosplib_score.write_schedule(book, schedule, out)
        schedule = cosplib_score.read_schedule(out)
    return {
        "book": book,
        "plan": plan,
        "apart": apart,
        "seconds": spent,
        "score": cosplib_score.score(book, schedule),
        "twice": tuple(map(len, cosplib_score.presenter_conflicts(book, schedule))),
        "chairs": len(cosplib_score.found_in(book, schedule)["chairs"]),
        "faults": cosplib_score.broken(book, schedule),
    }


def row(path, done):
    """Return a line of the table."""
    least = published(done["book"], path.parent)
    plan = done["plan"]
    return (
        f"{done['book'].name:<18}{'' if least is None else f'{least:,}':>12}{done['score']:>12,}"
        f"{f'{plan.bound:,}' if plan.is_proven else '':>12}{done['seconds']:>9.1f}"
        f"{done['twice'][0]:>9}{done['twice'][1]:>6}{done['chairs']:>8}"
        f"  {'; '.join(done['faults'][:3])}"
    )


def main(arguments=None):
    asked = parser().parse_args(arguments)
    folder = asked.all or DATA / "instances"
    paths = asked.instances or sorted(folder.glob("*.xlsx"))
    if not paths:
        print(f"No workbooks in {folder}.", file=sys.stderr)
        return 2
    print(
        f"{'instance':<18}{'published':>12}{'ours':>12}{'proven':>12}{'seconds':>9}"
        f"{'session':>9}{'slot':>6}{'chairs':>8}"
    )
    return max(attempt(path, out_for(path, asked.out, len(paths)), asked) for path in paths)


def parser():
    made = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("instances", nargs="*", type=Path, metavar="INSTANCE.xlsx")
    made.add_argument("--all", type=Path, metavar="FOLDER", help="every .xlsx of a folder")
    made.add_argument("--seconds", type=float, default=60.0, help="of two free cores, for each")
    made.add_argument("--out", type=Path, help="the schedule; a folder when there are several")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument(
        "--apart",
        choices=("block", "slot", AUTO),
        default=AUTO,
        help="nobody is in two rooms in one session, only at one time, or whichever is worth it",
    )
    return made


def out_for(path, out, count):
    """Return where the schedule of an instance goes; None for nowhere."""
    if out and (count > 1 or out.is_dir()):
        out.mkdir(parents=True, exist_ok=True)
        return out / f"{path.stem}Solution.xlsx"
    return out


def attempt(path, out, asked):
    """Print the row of an instance, or why there is none; return the exit code."""
    try:
        done = run(path, asked.seconds, out, asked.seed, trace=True, apart=asked.apart)
    except cosplib_workbook.Unreadable as wrong:
        print(f"{path.stem:<18}cannot be read: {wrong}", flush=True)
        return 2
    except NoPlan as none:
        print(f"{path.stem:<18}no schedule: {why(none)}", flush=True)
        return 1
    print(row(path, done), flush=True)
    return int(bool(done["faults"] or done["twice"][done["apart"] == "slot"]))


def why(none):
    """Say why there is no schedule."""
    if none.codes:
        return f"longer than every session: {', '.join(none.codes)}"
    if none.is_proven:
        return "its submissions do not all fit in, with nobody in two places"
    return "none was found in this time; give it more seconds"


if __name__ == "__main__":
    sys.exit(main())
