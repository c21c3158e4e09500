"""Rules as the model sees them: each yields terms whose amounts are those of its clashes.

A term is an expression that is 0 exactly when there is no such clash, and the clash's amount
otherwise. Whether a rule must hold or costs something is decided by whoever posts its terms.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from .logic import Expr
from .variables import Variables


@dataclass(frozen=True, slots=True)
class Term:
    """An amount of 0 to `most`; `of` is the code of what the clash would be about.

    `codes` are those of the talks, sessions, rooms and people concerned, for an explanation.
    """

    amount: Expr
    of: str
    codes: tuple[str, ...] = ()
    most: int = 1


Post: TypeAlias = Callable[[Variables], Iterator[Term]]

Bind: TypeAlias = Callable[[Variables], None]

TERMS: dict[str, Post] = {}  # by the name of the rule
MUSTS: dict[str, Bind] = {}  # of rules that are shorter to say where they must hold


def terms(rule: str) -> Callable[[Post], Post]:
    """Make a function the terms of a rule."""

    def remember(post: Post) -> Post:
        TERMS[rule] = post
        return post

    return remember


def musts(rule: str) -> Callable[[Bind], Bind]:
    """Make a function what binds the variables where the rule must hold, instead of its terms.

    What is broken by things of which none can move is left alone, as with terms.
    """

    def remember(bind: Bind) -> Bind:
        MUSTS[rule] = bind
        return bind

    return remember
