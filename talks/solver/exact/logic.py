"""What is true of variables of CP-SAT, as literals: each says exactly when it holds."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import LinearExpr, Literal

Expr: TypeAlias = LinearExpr | int

__all__ = ["Expr", "Literal", "Logic", "is_constant"]


class Logic:
    """A model, and literals made from others; constants are known by identity and cost nothing."""

    def __init__(self) -> None:
        self.model = cp_model.CpModel()
        self.true: Literal = self.model.new_constant(1)
        self.false: Literal = self.model.new_constant(0)

    def holds(self, one: Expr, comparison: str, other: Expr) -> Literal:
        """Return whether `one < other`, `one <= other` or `one == other` holds."""
        if isinstance(one, int) and isinstance(other, int):
            return self.true if _compare(one, comparison, other) else self.false
        literal = self.model.new_bool_var(comparison)
        if comparison == "==":
            less, more = self.holds(one, "<", other), self.holds(other, "<", one)
            self.model.add(less + more + literal == 1)
            return literal
        difference = one - other
        bound = -1 if comparison == "<" else 0
        self.model.add(difference <= bound).only_enforce_if(literal)
        self.model.add(difference >= bound + 1).only_enforce_if(literal.negated())
        return literal

    def all_of(self, literals: Iterable[Literal]) -> Literal:
        """Return whether all are true."""
        some = [one for one in literals if one is not self.true]
        if any(one is self.false for one in some):
            return self.false
        if len(some) <= 1:
            return some[0] if some else self.true
        literal = self.model.new_bool_var("all")
        self.model.add_bool_and(some).only_enforce_if(literal)
        self.model.add_bool_or([literal, *(self.negated(one) for one in some)])
        return literal

    def any_of(self, literals: Iterable[Literal]) -> Literal:
        """Return whether any is true."""
        return self.negated(self.all_of(self.negated(one) for one in literals))

    def same_choice(self, some: Mapping[str, Literal], others: Mapping[str, Literal]) -> Literal:
        """Return whether the same thing is chosen of both, of each of which one at most is."""
        shared = [(some[thing], others[thing]) for thing in some if thing in others]
        known = any(one is self.true or other is self.true for one, other in shared)
        if known or len(shared) <= 1:
            return self.any_of(self.all_of(both) for both in shared)
        same = self.model.new_bool_var("same")
        for one, other in shared:
            self.model.add_bool_or([one.negated(), other.negated(), same])
            self.model.add_bool_or([same.negated(), one.negated(), other])
        self.model.add_bool_or([same.negated(), *(one for one, _other in shared)])
        return same

    def negated(self, literal: Literal) -> Literal:
        if literal is self.true:
            return self.false
        if literal is self.false:
            return self.true
        return literal.negated()

    def excess(self, amount: Expr, over: int, most: int) -> Expr:
        """Return by how much an amount, of at most `most`, is over a bound; 0 when it is not."""
        if isinstance(amount, int):
            return max(0, amount - over)
        if most <= over:
            return 0
        found = self.model.new_int_var(0, most - over, "excess")
        self.model.add_max_equality(found, [amount - over, 0])
        return found


def _compare(one: int, comparison: str, other: int) -> bool:
    return {"<": one < other, "<=": one <= other, "==": one == other}[comparison]


def is_constant(amount: Expr, v: Logic) -> bool:
    """Whether nothing is left to be decided about an amount."""
    return isinstance(amount, int) or amount is v.true or amount is v.false
