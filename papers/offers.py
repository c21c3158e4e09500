"""What a person should look at: papers and authors that may be one, and authors who may be two.

Over the whole catalogue, in constant queries; what was refused before is left out.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf

from papers import identity
from papers.folding import fold
from papers.identity import Join, Place, Split
from papers.imports import nearness

from .models import Apart, Author, Authorship, Identifier, Paper
from .models.kinship import Kind

Pair = tuple[str, str, str]  # two codes, and why they are near


def near_papers() -> list[Pair]:
    """Return papers that may be one, the nearest first: 4 queries."""
    papers = list(Paper.objects.order_by("pk").values_list("pk", "code", "title", "folded"))
    identifiers = gathered(Identifier.objects.values_list("paper", "scheme", "value"))
    names = gathered(Authorship.objects.values_list("paper", printed()))
    works = [
        nearness.Titled(
            title,
            folded,
            frozenset((scheme, value) for scheme, value in identifiers.get(pk, ())),
            frozenset(fold(name).rpartition(" ")[2] for (name,) in names.get(pk, ())),
        )
        for pk, _code, title, folded in papers
    ]
    refused = apart(Kind.PAPER)
    codes = [code for _pk, code, _title, _folded in papers]
    near = ((codes[each.a], codes[each.b], each.reason) for each in nearness.near_pairs(works))
    return [each for each in near if tuple(sorted(each[:2])) not in refused]


def gathered(rows: Iterable[tuple]) -> dict[int, list[tuple]]:
    """Return the rows by their first column, which is left out of them."""
    found: dict[int, list[tuple]] = defaultdict(list)
    for first, *others in rows:
        found[first].append(tuple(others))
    return found


def printed() -> Coalesce:
    """The name that stands on a paper: as printed, else the author's own."""
    return Coalesce(NullIf(F("name"), Value("")), F("author__name"))


def apart(kind: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of codes that a person said are two, the lesser first."""
    return frozenset(Apart.objects.filter(kind=kind).values_list("a", "b"))


def places() -> list[Place]:
    """Return every place of an author on a paper: 1 query."""
    columns = ("pk", "author", "paper", printed(), "affiliation", "paper__year")
    return [Place(*row) for row in Authorship.objects.order_by("pk").values_list(*columns)]


def likely_joins() -> list[Join]:
    """Return authors who may be one person, best reasons first: 3 queries."""
    rows = list(Author.objects.values_list("pk", "code", "name", "orcid"))
    numbers = {code: pk for pk, code, _name, _orcid in rows}
    refused = frozenset(
        (min(pair), max(pair))
        for a, b in apart(Kind.AUTHOR)
        if a in numbers and b in numbers
        for pair in [(numbers[a], numbers[b])]
    )
    named = {pk: (name, orcid or "") for pk, _code, name, orcid in rows}
    return identity.likely_joins(identity.known(named, places()), refused)


def likely_splits() -> list[Split]:
    """Return authors who may be several people, most reasons first: 1 query."""
    return identity.likely_splits(places())
