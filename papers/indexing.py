"""Keeps the index of words in step with the tables, in the transaction of every write.

It holds what anyone may read of a paper, notes of public lists among it, and of hidden papers
as well, which are left out when it is asked. Whoever writes papers without `eventsite.writing`
calls `index`; whoever writes anything else that /papers/ counts calls `touch`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from uuid import uuid4

from django.db import transaction

from eventsite.models import Edited
from eventsite.writing import Values, Written
from papers.models import (
    Author,
    Authorship,
    Identifier,
    Item,
    Paper,
    ReadingList,
    Stamp,
    Venue,
    VenueAlias,
    Word,
)
from papers.search import engine
from papers.search_words import GAP, Indexed, has_digit, indexed

BATCH = 1_000  # papers in a query
NAMES = {"name", "short", "aliases"}  # of a venue
TELLING = {"list", "paper", "note", "is_gone"}  # of an item

Told = Callable[[int, int], None]  # how many papers are done, of how many


def follow(written: Sequence[Written]) -> None:
    """Index anew what a write changed in the words of papers: the follower of `writing`."""
    index(set(chain.from_iterable(touched(row, fields) for row, fields in written)))


def touched(row: Edited, fields: Values) -> Iterable[int]:
    """Return the keys of the papers whose words a write may have changed."""
    if isinstance(row, Paper):
        return [row.pk]
    if isinstance(row, Item):
        if not (TELLING & set(fields) if fields else row.note):
            return []
        before = fields.get("paper")
        moved = before if isinstance(before, list) else []
        return [row.paper_id, *(key for key in moved if isinstance(key, int))]
    if isinstance(row, Author) and "name" in fields:
        return Authorship.objects.filter(author=row.pk).values_list("paper", flat=True)
    if isinstance(row, Venue) and NAMES & set(fields):
        return Paper.objects.filter(venue=row.pk).values_list("pk", flat=True)
    if isinstance(row, ReadingList) and "is_public" in fields:
        return Item.objects.filter(list=row.pk).values_list("paper", flat=True)
    return []


def index(keys: Iterable[int], told: Told | None = None) -> None:
    """Index papers as they are now; of those that are gone nothing stays. Renews the stamp.

    Seven queries for every thousand, and one.
    """
    every, words = sorted(set(keys)), set[str]()
    with transaction.atomic():
        for start in range(0, len(every), BATCH):
            batch = every[start : start + BATCH]
            found = words_of_papers(batch)
            engine().write(found.items())
            if gone := [key for key in batch if key not in found]:
                engine().remove(gone)
            remember(found.values(), words)
            if told:
                told(start + len(batch), len(every))
        touch()


def rebuild(told: Told | None = None) -> int:
    """Make the whole index anew; return how many papers are in it."""
    with transaction.atomic():
        engine().clear()
        Word.objects.all().delete()
        keys = list(Paper.objects.order_by("pk").values_list("pk", flat=True))
        index(keys, told)
    return len(keys)


def touch() -> None:
    """Say that what /papers/ counts has changed: one query.

    The stamp is no number counted on: one that was taken back must never come again.
    """
    Stamp.objects.bulk_create(
        [Stamp(pk=1, value=uuid4().hex)],
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=["value"],
    )


def words_of_papers(keys: Sequence[int]) -> dict[int, Indexed]:
    """Return what the index holds of papers, by key: five queries."""
    papers = Paper.objects.filter(pk__in=keys).order_by("pk")
    columns = ("pk", "title", "alias", "abstract", "year", "venue", "venue__name", "venue__short")
    rows = papers.values_list(*columns)
    names, notes, aliases, known_by = (defaultdict[int, list[str]](list) for _ in range(4))
    places = Authorship.objects.filter(paper__in=keys).order_by("position", "pk")
    for key, printed, name in places.values_list("paper", "name", "author__name"):
        names[key] += dict.fromkeys([printed or name, name])
    items = Item.objects.filter(paper__in=keys, list__is_public=True, is_gone=False)
    for key, note in items.exclude(note="").order_by("pk").values_list("paper", "note"):
        notes[key].append(note)
    venues = {row[5] for row in rows}
    known = VenueAlias.objects.filter(venue__in=venues).order_by("folded")
    for key, alias in known.values_list("venue", "folded"):
        aliases[key].append(alias)
    for key, year in ((row[0], row[4]) for row in rows):
        known_by[key] += [str(year)] if year else []
    named = Identifier.objects.filter(paper__in=keys).order_by("scheme", "value")
    for key, scheme, value in named.values_list("paper", "scheme", "value"):
        known_by[key].append(f"{scheme} {value}")
    return {
        key: indexed(
            filter(None, [title, alias]),
            names[key],
            filter(None, [name, short, *aliases[venue], *known_by[key], abstract, *notes[key]]),
        )
        for key, title, alias, abstract, _year, venue, name, short in rows
    }


def remember(found: Iterable[Indexed], known: set[str]) -> None:
    """Add the words of papers to those by which typing mistakes are mended, and to `known`.

    What has a digit is none of them: the nearest to a year or a number is another one.
    """
    words = set(chain.from_iterable(chain.from_iterable(found))) - known - {GAP}
    new = [Word(text=word) for word in sorted(words) if not has_digit(word)]
    Word.objects.bulk_create(new, batch_size=BATCH * 10, ignore_conflicts=True)
    known |= words
