"""Two bylines of one work made one: the fuller name at each place, and nobody lost.

Bylines fit when the names at each place may be one person's, as far as both go. Where they do not
fit, the kept paper's stays as it is.
"""

from collections.abc import Sequence
from itertools import zip_longest

from .identity import names_alike, words_of
from .models import Author, Authorship, Paper

Pair = tuple[Author, Author]  # who stays, and who is nobody else at that place


def join_authorships(kept: Paper, other: Paper) -> list[Pair]:
    """Leave one byline on `kept`; return who turned out to be one person by it.

    Printed names and people are the fuller ones of each place; in doubt those of `kept`.
    """
    mine, theirs = (
        list(paper.authorships.select_related("author").order_by("position"))
        for paper in (kept, other)
    )
    if mine and not all(fit(*pair) for pair in zip(mine, theirs, strict=False)):
        other.authorships.all().delete()
        return []
    places, same = [], []
    for position, (one, two) in enumerate(zip_longest(mine, theirs), start=1):
        pair = [each for each in (one, two) if each]
        printed = fuller([each.name or each.author.name for each in pair])
        people = [each.author for each in pair]
        author = people[[each.name for each in people].index(fuller([p.name for p in people]))]
        same += [(author, each) for each in people if each.pk != author.pk]
        affiliation = next((each.affiliation for each in pair if each.affiliation), "")
        names = {"name": printed, "affiliation": affiliation}
        places.append(Authorship(paper=kept, author=author, position=position, **names))
    kept.authorships.all().delete()
    other.authorships.all().delete()
    Authorship.objects.bulk_create(places)
    return same


def fit(one: Authorship, two: Authorship) -> bool:
    """Tell whether two places may be one person's: ORCIDs that differ speak against it."""
    if one.author_id == two.author_id:
        return True
    numbers = {one.author.orcid, two.author.orcid} - {"", None}
    names = [words_of(each.name or each.author.name) for each in (one, two)]
    return len(numbers) < 2 and all(names) and bool(names_alike(*names))


def fuller(names: Sequence[str]) -> str:
    """Return the name with the most whole given names, then the most given names at all."""
    return max(names, key=fullness)


def fullness(name: str) -> tuple[int, int]:
    given = words_of(name)[:-1]
    return sum(len(word) > 1 for word in given), len(given)


def unseen(people: Sequence[Pair]) -> list[Pair]:
    """Return those whose second is on no public paper any more: their address must lead on."""
    gone = {each.pk for _stays, each in people}
    seen = set(Author.objects.public().filter(pk__in=gone).values_list("pk", flat=True))
    return [pair for pair in people if pair[1].pk not in seen]
