"""Items gathered into groups for the most benefit: papers into sessions.

An iterated local search whose every result is mended by exact means: annealing from the best
found finds another way to group, then a few bins at a time are divided anew as well as can be
(`grouping_part`). Iterated local search with set partitioning is how Correia, Subramanian,
Bulhoes and Penna (2021) schedule conferences; here the partition is of a part only, and its
groups come from column generation.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .grouping_columns import Ints
from .grouping_part import Grouping, Parts
from .local import Chain, improve, melting

__all__ = ["Grouping", "Grouped", "gather"]

FIRST = 1_000  # steps of the first local search, by item
REHEAT = 60  # by item, of the following ones
PARTS = ((4, 4), (5, 3), (6, 3))  # bins divided anew, and failures before it is enough
NEAR = 0.01  # of the best benefit: what is worse is not looked into
FRUITLESS = 80  # rounds, after which it is better to begin anew
"""#"""


@dataclass(frozen=True, slots=True)
class Grouped:
    assignment: Ints  # item -> bin
    worth: float
    broken: int  # rules that do not hold; 0 unless the first search found nothing better
    rounds: int
