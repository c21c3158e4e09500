"""Amounts made of literals; what is constant stays a number, so that it is known to be decided."""

from collections.abc import Iterable

from .logic import Expr, Literal, Logic


def total(v: Logic, weighted: Iterable[tuple[int, Literal]]) -> Expr:
    """Return the sum of the amounts whose literals are true."""
    constant = 0
    free: list[Expr] = []
    for amount, literal in weighted:
        if literal is v.true:
            constant += amount
        elif literal is not v.false and amount:
            free.append(amount * literal)
    return sum(free) + constant if free else constant


def chosen(v: Logic, cases: Iterable[tuple[Literal, Expr]], most: int) -> Expr:
    """Return the amount, 0 to `most`, of the case that holds: one at most does; of none 0."""
    some = [
        (literal, amount)
        for literal, amount in cases
        if literal is not v.false and not (isinstance(amount, int) and amount == 0)
    ]
    for literal, amount in some:
        if literal is v.true:
            return amount
    if all(isinstance(amount, int) for _literal, amount in some):
        return total(v, ((amount, literal) for literal, amount in some if isinstance(amount, int)))
    found = v.model.new_int_var(0, most, "chosen")
    for literal, amount in some:
        v.model.add(found == amount).only_enforce_if(literal)
    v.model.add(found == 0).only_enforce_if([v.negated(literal) for literal, _amount in some])
    return found
