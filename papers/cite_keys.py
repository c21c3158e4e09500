"""The key by which BibTeX knows a paper: given once, then changed by nobody but a person.

A paper gets its key with its first save, from what is known of it then: who, when, and the first
word that says something. What is learned later changes no key, as people have cited it by then.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from papers.formats.cite_key import Keys, key_of
from papers.models import Paper
from papers.records import AuthorRecord, PaperRecord

FEW = 20  # keys that are asked for by name; for more, all keys are loaded


def assign(papers: Iterable[tuple[Paper, PaperRecord]], keys: Keys | None = None) -> None:
    """Give papers that have no key the one that their record has or should have: one query.

    The caller saves them. One who comes again and again has `all_keys` loaded once.
    """
    bare = [(paper, key_of(record)) for paper, record in papers if not paper.cite_key]
    if not bare:
        return
    keys = keys or Keys(taken(Paper.objects.all(), [key for _paper, key in bare]))
    for paper, key in bare:
        paper.cite_key = keys.take(key)


def all_keys() -> Keys:
    """Return the keys of all papers: one query."""
    return Keys(taken(Paper.objects.all(), []))


def assign_one(paper: Paper) -> None:
    """Give one paper its key; its first author is known when it has been saved."""
    authorship = paper.authorships.select_related("author").first() if paper.pk else None
    author = (authorship.name or authorship.author.name) if authorship else ""
    assign([(paper, record(paper.title, paper.year, author))])


def assign_missing(papers: QuerySet) -> int:
    """Give every paper of a table that has no key one, and save; return how many."""
    authors = papers.model._meta.get_field("authorships").related_model.objects
    first = authors.filter(paper=OuterRef("pk")).order_by("position")
    name = Coalesce(NullIf("name", Value("")), "author__name")
    bare = papers.filter(cite_key=None).annotate(
        first_author=Subquery(first.annotate(shown=name).values("shown")[:1])
    )
    keys = Keys(taken(papers, []))
    rows = list(bare.order_by("pk").only("pk", "title", "year"))
    for row in rows:
        row.cite_key = keys.take(key_of(record(row.title, row.year, row.first_author or "")))
    papers.bulk_update(rows, ["cite_key"], batch_size=500)
    return len(rows)


def record(title: str, year: int | None, author: str) -> PaperRecord:
    authors = (AuthorRecord(author, ""),) if author else ()
    return PaperRecord(title=title, year=year, authors=authors)


def taken(papers: QuerySet, wanted: list[str]) -> Iterable[str]:
    """Return the keys there are; only those that begin like the wanted ones when these are few."""
    there = papers.exclude(cite_key=None)
    if 0 < len(wanted) <= FEW:
        there = there.filter(reduce(or_, (Q(cite_key__istartswith=key) for key in wanted)))
    return there.order_by().values_list("cite_key", flat=True).iterator()
