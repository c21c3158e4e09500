"""The near pairs of an import: its new papers beside each other and beside the catalogue."""

from collections.abc import Iterator
from dataclasses import replace

from .drafts import Draft
from .knowing import Known
from .models import Apart, Paper
from .models.kinship import Kind
from .nearness import Titled, compare, near_pairs
from .plans import NearPair, NearSide
from .records import PaperRecord
from .works import family_names


def near_rows(made: Draft) -> Iterator[NearPair]:
    """Yield the near pairs with a paper that the file names, nearest first.

    A pair that a person refused is left out.
    """
    titled: list[Titled] = []
    sides: list[NearSide] = []
    for work in made.works:
        row = made.rows[work.rows[0]]
        titled.append(Titled(row.claim.title, work.title, frozenset(work.identifiers), work.names))
        line = made.document.entries[row.number].line
        sides.append(NearSide(row.claim.title, work.code, row.number, line))
    fresh = range(len(made.works))
    own = {work.pk for work in made.works}
    others = Paper.objects.order_by("pk").values_list("pk", "code", "title", "folded")
    for pk, code, title, folded in others.iterator():
        if pk not in own:
            titled.append(Titled(title, folded))
            sides.append(NearSide(title, code))
    found = near_pairs(titled, fresh)
    known = Known()
    codes = {sides[place].code for pair in found for place in (pair.a, pair.b)} - {""}
    known.load([], (), codes)
    here = known.by_code
    for place, side in enumerate(sides):
        if side.code in here:
            titled[place] = titled_here(here[side.code], titled[place])
    apart = set(Apart.objects.filter(kind=Kind.PAPER).values_list("a", "b"))
    for pair in found:
        a, b = sides[pair.a], sides[pair.b]
        one, other = titled[pair.a], titled[pair.b]
        if compare(one, other, one.folded.split(), other.folded.split()) is None:
            continue
        if (min(a.code, b.code), max(a.code, b.code)) not in apart:
            yield NearPair(a, b, pair.score, pair.reason)


def titled_here(here: PaperRecord, side: Titled) -> Titled:
    """Return a paper of the catalogue with what may prove that it is another work."""
    return replace(side, identifiers=frozenset(here.identifiers), names=family_names(here))
