"""Proposals: asked for, stored, and taken by a person, whole or move by move.

The search itself runs as a job beside the web process (`talks.solving`); nothing here loads it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from eventsite import jobs
from eventsite.models import Job, JobState
from eventsite.writing import Plain, User

from . import grounds, taking
from .acknowledging import fingerprint
from .grounds import Since, ground_of, mark_of
from .models import Event, Move, Proposal
from .models.proposals import ProposalState
from .problems import Standing, standing
from .publishing import locked
from .scheduling import with_release
from .solver import diff, rules
from .solver.diff import SessionPlace, TalkPlace
from .solver.problem import Clash, Problem, Timetable, in_utc

KIND = "propose"  # of job


class StaleProposal(Exception):
    """The ground has moved since the proposal was made; `since` is what was changed."""

    def __init__(self, since: Sequence[Since]):
        super().__init__("the timetable has changed since this proposal was made")
        self.since = since


class Clashing(Exception):
    """The moves that were chosen would break, without the others, rules that must hold."""

    def __init__(self, clashes: Sequence[Clash]):
        super().__init__("the moves that were chosen clash")
        self.clashes = clashes


@dataclass(frozen=True, slots=True)
class Wish:
    """What a search is asked for.

    `part` is "unplaced", "everything", "day", "track", "room" or "repair"; `which` the day (ISO)
    or the code. `effort` is counted in the solver's own time, so that it decides the answer;
    `seconds` by the clock. `at_most`: minutes by which a repair may move anything; 0: any.
    `may_leave`: as much as can be placed, where not all can be. `at`: the moment (ISO, with its
    offset) before which all is past; empty for now.
    """

    part: str = "unplaced"
    which: str = ""
    seconds: int = 60
    effort: int = 60
    seed: int = 0
    at_most: int = 0
    may_leave: bool = False
    at: str = ""

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at) if self.at else timezone.now()

    def as_plain(self) -> dict[str, Plain]:
        return {name: getattr(self, name) for name in self.__slots__}


def wish_of(proposal: Proposal) -> Wish:
    return wish_from(proposal.settings)


def wish_from(values: Mapping[str, object]) -> Wish:
    """Return the wish that values say, by name; what they do not say is as by default."""
    usual = Wish()

    def number(name: str) -> int:
        return int(str(values.get(name, getattr(usual, name))))

    return Wish(
        part=str(values.get("part", usual.part)),
        which=str(values.get("which", usual.which)),
        seconds=number("seconds"),
        effort=number("effort"),
        seed=number("seed"),
        at_most=number("at_most"),
        may_leave=bool(values.get("may_leave", usual.may_leave)),
        at=str(values.get("at", usual.at)),
    )


@transaction.atomic
def ask(event: Event, wish: Wish, by: User = None) -> Proposal:
    """Ask for a timetable: a proposal that waits, and the job that will make it."""
    proposal = Proposal.objects.create(event=event, settings=wish.as_plain(), by=by)
    job = jobs.enqueue(KIND, {"proposal": proposal.pk}, by, event.code)
    Proposal.objects.filter(pk=proposal.pk).update(job=job)
    proposal.job = job
    return proposal


def cancel(proposal: Proposal) -> None:
    """Stop a search that waits or runs."""
    if proposal.job:
        jobs.cancel(proposal.job)
        states = Proposal.objects.filter(pk=proposal.pk).values_list("state", flat=True)
        proposal.state = states.first() or ProposalState.CANCELLED  # gone with its event


def ended(job: Job) -> None:
    """Hear how the job of a proposal ended; what is done says so itself."""
    states = {
        JobState.FAILED: ProposalState.FAILED,
        JobState.CANCELLED: ProposalState.CANCELLED,
        JobState.INTERRUPTED: ProposalState.INTERRUPTED,
    }
    if state := states.get(JobState(job.state)):
        alive = Proposal.objects.filter(
            job=job, state__in=(ProposalState.WAITING, ProposalState.RUNNING)
        )
        alive.update(state=state, message=job.message)


def ground_now(event: Event, moment: datetime | None = None) -> tuple[Standing, str]:
    """Return where everything stands now, and the digest of it; what began before is past."""
    found = with_release(event, standing(event, moment or timezone.now()))
    return found, ground_of(found)


def is_stale(proposal: Proposal) -> bool:
    return ground_now(proposal.event)[1] != proposal.ground


def since(proposal: Proposal) -> list[Since]:
    """Return what was changed of the event since a proposal was made, newest first."""
    return grounds.since(proposal.event, proposal.settings.get("mark", 0))


@transaction.atomic
def take(proposal: Proposal, chosen: Iterable[Move] | None = None, by: User = None) -> int:
    """Make the moves that were chosen, or all; return how many rows changed.

    Raises StaleProposal when the ground has moved, so also when a session would be moved that
    has begun meanwhile, and Clashing when some moves alone would break rules that must hold.
    Then nothing is changed.
    """
    event = locked(proposal.event)
    proposal = _decidable(proposal)
    rows = _asked(proposal, chosen)
    here, ground = ground_now(event)
    if ground != proposal.ground:
        raise StaleProposal(since(proposal))
    moves = [move_of(row) for row in rows]
    if _are_late(moves, here.timetable, wish_of(proposal).moment):
        raise StaleProposal(since(proposal))
    after = diff.apply_moves(here.timetable, moves)
    if clashes := new_clashes(here.problem, here.timetable, after):
        raise Clashing(clashes)
    changed = taking.write(event, here.timetable, after, by)
    Move.objects.filter(pk__in=[row.pk for row in rows]).update(is_taken=True)
    left = proposal.moves.filter(is_taken=False).exists()
    proposal.state = ProposalState.DONE if left else ProposalState.TAKEN
    proposal.ground = ground_now(event)[1]
    proposal.settings = {**proposal.settings, "mark": mark_of(event)}
    proposal.save(update_fields=["state", "ground", "settings"])
    return changed


def _decidable(proposal: Proposal) -> Proposal:
    """Lock a proposal that may still be decided on. Raises StaleProposal when it is gone."""
    row = Proposal.objects.select_for_update().filter(pk=proposal.pk).first()
    if row is None or row.state != ProposalState.DONE:
        raise StaleProposal(since(row) if row else [])
    return row


def _asked(proposal: Proposal, chosen: Iterable[Move] | None) -> list[Move]:
    """Return the moves that are still to be made of those that were chosen, or of all.

    Raises StaleProposal when one that was chosen was taken meanwhile.
    """
    left = list(proposal.moves.filter(is_taken=False))
    if chosen is None:
        return left
    wanted = {row.pk for row in chosen}
    rows = [row for row in left if row.pk in wanted]
    if len(rows) < len(wanted):
        raise StaleProposal(since(proposal))
    return rows


@transaction.atomic
def make(event: Event, ground: str, after: Timetable, by: User = None) -> int:
    """Let the tables say a timetable that was found on a ground; return how many rows changed.

    Raises StaleProposal when the ground has moved, and Clashing.
    """
    event = locked(event)
    here, now = ground_now(event)
    if now != ground:
        raise StaleProposal([])
    if clashes := new_clashes(here.problem, here.timetable, diff.canonical(after)):
        raise Clashing(clashes)
    return taking.write(event, here.timetable, after, by)


def drop(proposal: Proposal) -> None:
    """Let a proposal be: it is kept, and cannot be taken any more."""
    Proposal.objects.filter(pk=proposal.pk, state=ProposalState.DONE).update(
        state=ProposalState.DROPPED
    )


def new_clashes(problem: Problem, before: Timetable, after: Timetable) -> list[Clash]:
    """Return the clashes of rules that must hold that stand after and stood not before."""
    known = {fingerprint(clash) for clash in rules.clashes(problem, before)}
    return [
        clash
        for clash in rules.clashes(problem, after)
        if rules.must_hold(problem, clash.rule) and fingerprint(clash) not in known
    ]


def _are_late(moves: Iterable[diff.Move], timetable: Timetable, now: datetime) -> bool:
    """Whether something would be moved that has begun, or into the past."""
    begun = {p.session for p in timetable.sessions if in_utc(p.start) <= in_utc(now)}
    for move in moves:
        for place in (move.before, move.after):
            if isinstance(place, TalkPlace) and place.session in begun:
                return True
            if isinstance(place, SessionPlace) and in_utc(place.start) <= in_utc(now):
                return True
    return False


def move_of(row: Move) -> diff.Move:
    """Return a stored move as the solver has it."""
    return diff.Move(row.kind, row.code, _place_of(row.before), _place_of(row.after))


def row_of(proposal: Proposal, position: int, move: diff.Move) -> Move:
    """Return a move of the solver as it is stored."""
    return Move(
        proposal=proposal,
        position=position,
        kind=move.kind,
        code=move.code,
        before=_plain(move.before),
        after=_plain(move.after),
    )


def _plain(place: SessionPlace | TalkPlace | None) -> dict[str, Plain]:
    if place is None:
        return {}
    if isinstance(place, SessionPlace):
        times = {"start": place.start.isoformat(), "end": place.end.isoformat()}
        return {**times, "room": place.room}
    return {
        "session": place.session,
        "position": place.position,
        "start": place.start.isoformat() if place.start else None,
        "into": int(place.into.total_seconds()) if place.into is not None else None,
        "board": place.board,
    }


def _place_of(value: dict[str, Plain]) -> SessionPlace | TalkPlace | None:
    if not value:
        return None
    if "session" in value:
        start, into = value["start"], value["into"]
        return TalkPlace(
            str(value["session"]),
            int(str(value["position"])),
            datetime.fromisoformat(str(start)) if start else None,
            timedelta(seconds=int(str(into))) if into is not None else None,
            str(value["board"]),
        )
    first, last = (datetime.fromisoformat(str(value[name])) for name in ("start", "end"))
    return SessionPlace(first, last, str(value["room"]))
