"""A proposal as its page shows it: what it costs, its moves, and both timetables side by side."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eventsite.history import label
from talks.course import picture
from talks.findings.names import LABELS
from talks.models.proposals import ProposalState
from talks.moves_shown import shown
from talks.proposal_grid import beside
from talks.proposals import ground_now, move_of, since, wish_of
from talks.solver.diff import BOARD, SESSION, TALK
from talks.solver.rules import ABOUT, must_hold

from .proposal_forms import PARTS

KINDS = {
    SESSION: gettext_lazy("Sessions"),
    TALK: gettext_lazy("Talks"),
    BOARD: gettext_lazy("Boards"),
}
ALIVE = {ProposalState.WAITING, ProposalState.RUNNING}
WITH_MOVES = {ProposalState.DONE, ProposalState.TAKEN, ProposalState.DROPPED}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a rule costs before and after; what must hold is no matter of costs."""

    name: str
    before: int
    after: int
    must: bool = False

    @property
    def words(self):
        if self.after == self.before:
            return _("the same")
        return _("better") if self.after < self.before else _("worse")


@dataclass(frozen=True, slots=True)
class Alone:
    """What one move alone would add to the cost of a rule, with its sign."""

    name: str
    more: int

    @property
    def signed(self):
        return f"−{-self.more}" if self.more < 0 else f"+{self.more}"


@dataclass(frozen=True, slots=True)
class OneMove:
    """A move in words; `costs` is empty where it changes none, or that is not known."""

    pk: int
    code: str
    sentence: str
    costs: tuple[Alone, ...]
    is_taken: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The moves of one kind."""

    kind: str
    words: str
    moves: tuple[OneMove, ...]


@dataclass(frozen=True, slots=True)
class SinceShown:
    """Something that was changed after the proposal was made, in words."""

    at: datetime
    by: str
    what: str
    fields: str


def words_of(wish, names):
    """Return what was asked for, in words; `names` are those of tracks and rooms by code."""
    text = str(PARTS.get(wish.part, wish.part))
    return f"{text}: {names.get(wish.which, wish.which)}" if wish.which else text


def costs_of(problem, pairs):
    """Return costs before and after by rule in words: first what must hold, then the greatest."""
    found = [
        Cost(_name(rule), *pair, rule in ABOUT and must_hold(problem, rule))
        for rule, pair in pairs.items()
    ]
    return sorted(
        found, key=lambda cost: (not cost.must, -abs(cost.after - cost.before), str(cost.name))
    )


def alone(more):
    """Return in words what each rule costs more, where it is another cost."""
    found = [Alone(_name(rule), cost) for rule, cost in more.items() if cost]
    return tuple(sorted(found, key=lambda cost: (-abs(cost.more), str(cost.name))))


def total(found):
    """Return what all wishes cost together."""
    wishes = [cost for cost in found if not cost.must]
    return Cost("", sum(cost.before for cost in wishes), sum(cost.after for cost in wishes))


def result(proposal, rows, chosen):
    """Return what is shown of a proposal that was found; `chosen` are the keys of moves or None."""
    here, ground = ground_now(proposal.event)
    zone = ZoneInfo(proposal.event.zone)
    is_open = proposal.state == ProposalState.DONE
    is_stale = is_open and ground != proposal.ground
    found = costs_of(here.problem, proposal.score)
    left = [move_of(row) for row in rows if not row.is_taken]
    may_show = is_open and not is_stale and left
    return {
        "costs": found,
        "total": total(found),
        "groups": groups(here.problem, rows, zone, chosen),
        "left": len(left),
        "is_stale": is_stale,
        "may_take": is_open and not is_stale,
        "since": since_shown(proposal, here.problem) if is_stale else [],
        "days": beside(here.problem, here.timetable, left, zone) if may_show else [],
    }


def groups(problem, rows, zone, chosen):
    """Return the moves by kind, in words."""
    texts = shown(problem, [move_of(row) for row in rows], zone)
    pairs = list(zip(rows, texts, strict=True))
    every = (
        Group(kind, words, tuple(one_move(*pair, chosen) for pair in pairs if pair[0].kind == kind))
        for kind, words in KINDS.items()
    )
    return [group for group in every if group.moves]


def one_move(row, text, chosen):
    return OneMove(
        pk=row.pk,
        code=row.code,
        sentence=text.sentence,
        costs=alone(row.costs),
        is_taken=row.is_taken,
        is_chosen=chosen is None or row.pk in chosen,
    )


def since_shown(proposal, problem):
    """Return what was changed since a proposal was made, newest first: one query."""
    names = {code: row.title for code, row in (problem.sessions | problem.talks).items()}
    for rows in (problem.people, problem.rooms, problem.tracks):
        names |= {code: row.name for code, row in rows.items()}
    return [_since(each, names) for each in since(proposal)]


def _since(each, names):
    model = apps.get_model(each.table)
    name = names.get(each.code, "")
    return SinceShown(
        at=each.at,
        by=str(each.by or _("the program")),
        what=f"{model._meta.verbose_name} “{name}”" if name else str(model._meta.verbose_name),
        fields=", ".join(str(label(model, field)) for field in each.fields),
    )


def course(proposal):
    return picture(proposal.trace)


def wish_words(proposal):
    """Return what was asked for, in words; the name of a track or room takes a query."""
    wish = wish_of(proposal)
    return words_of(wish, names_of(proposal.event) if wish.which else {})


def names_of(event):
    """Return the names of tracks and rooms by code: two queries."""
    tracks, rooms = (rows.values_list("code", "name") for rows in (event.tracks, event.rooms))
    return {**dict(tracks), **dict(rooms)}


def _name(rule):
    return LABELS[rule].name if rule in LABELS else rule
