"""The near pairs of an import: its new papers beside each other and beside the catalogue."""

from collections.abc import Iterator
from dataclasses import replace

from papers.models import Apart, Paper
from papers.models.kinship import Kind
from papers.records import PaperRecord

from .drafts import Draft
from .knowing import Known
from .nearness import Titled, compare, near_pairs
from .plans import NearPair, NearSide
from .works import family_names


def near_rows(made: Draft) -> Iterator[NearPair]:
    """Yield the near pairs with a paper that the file names, nearest first.

    A pair that a person refused is left out.
    """
    titled = [
        Titled(made.rows[work.rows[0]].claim.title, work.title, work.identifiers, work.names)
        for work in made.works
    ]
    own, codes = {work.pk for work in made.works}, [work.code for work in made.works]
    others = Paper.objects.order_by("pk").values_list("pk", "code", "title", "folded")
    for pk, code, title, folded in others.iterator():
        if pk not in own:
            titled.append(Titled(title, folded))
            codes.append(code)
    found = near_pairs(titled, range(len(made.works)))
    here = Known()
    here.load([], (), {codes[place] for pair in found for place in (pair.a, pair.b)} - {""})
    known = here.by_code
    apart = set(Apart.objects.filter(kind=Kind.PAPER).values_list("a", "b"))
    for pair in found:
        one, other = (told_fully(titled[at], known.get(codes[at])) for at in (pair.a, pair.b))
        if compare(one, other, one.folded.split(), other.folded.split()) is None:
            continue
        a, b = (NearSide(titled[at].title, codes[at], *place(made, at)) for at in (pair.a, pair.b))
        if (min(a.code, b.code), max(a.code, b.code)) not in apart:
            yield NearPair(a, b, pair.score, pair.reason)


def told_fully(work: Titled, here: PaperRecord | None) -> Titled:
    """Return a work with what may prove that it is another, if the catalogue has it."""
    if here is None:
        return work
    return replace(work, identifiers=here.identifiers, names=family_names(here))


def place(made: Draft, at: int) -> tuple[int | None, int]:
    """Return the number and the line of the row that names a work, if the file does."""
    if at >= len(made.works):
        return None, 0
    number = made.rows[made.works[at].rows[0]].number
    return number, made.document.entries[number].line
