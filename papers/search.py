"""Finds papers by words: one interface, the same set of papers whatever the database.

Every word must occur in the title, what the paper is also called, a name of an author or of the
venue, the year, an identifier, the abstract, or a note of a public list; of the last word the
beginning is enough. An address that names a work finds it.
`papers.search_words` says what a word is; what is no word is literal text, too.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType

from django.db import connection
from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from papers import search_postgres, search_sqlite
from papers.models import Paper, Stamp, Word
from papers.querysets import PaperQuerySet
from papers.search_words import LONGEST, Term, has_digit, positive, terms_of

NEAREST = 25  # words of the index that are tried for one that does not occur; some may be hidden
SHORTEST = 4  # letters of a word in which a mistake can be told from another word


def engine() -> ModuleType:
    """Return the module that keeps the index of the database in use."""
    return search_postgres if connection.vendor == "postgresql" else search_sqlite


def find(papers: PaperQuerySet, text: str) -> PaperQuerySet:
    """Keep the papers in which every word of `text` occurs; all of them when it is empty.

    A text without letters and digits ("%", "*") is looked for in the titles as it is.
    """
    terms = terms_of(text)
    if terms:
        return matching(papers, terms)
    literal = literal_of(text)
    return papers.filter(title__contains=literal) if literal else papers


def literal_of(text: str) -> str:
    return text.replace("\0", "")[:LONGEST].strip()


def matching(papers: PaperQuerySet, terms: Sequence[Term]) -> PaperQuerySet:
    sql, parameters = engine().matching(terms)
    return papers.filter(pk__in=RawSQL(sql, parameters))


def ranked(text: str) -> list[tuple[int, int]]:
    """Return the keys of the papers that `text` finds, hidden ones as well: one query.

    With each stands how well it matches: 0 with the words as they stand in the title, 1 all of
    them in the title, 2 in the title or in names of authors, 3 anywhere.
    """
    if terms := terms_of(text):
        return list(engine().ranked(terms))
    return [(key, 0) for key in find(Paper.objects.all(), text).values_list("pk", flat=True)]


def mended(text: str) -> str:
    """Return `text` with the nearest words for those that occur in no public paper: four queries.

    Empty when there is nothing to mend, or what is mended would find nothing.
    """
    terms = positive(terms_of(text))
    counts = occurrences({word for term in terms for word in term.words})
    unknown = [
        word
        for word, count in counts.items()
        if not count and len(word) >= SHORTEST and not has_digit(word)
    ]
    nearest = near_words(unknown)
    known = occurrences({word for words in nearest.values() for word in words})
    instead = {
        word: min((distance, -known[near], near) for near, distance in words.items() if known[near])
        for word, words in nearest.items()
        if any(known[near] for near in words)
    }
    if not instead:
        return ""
    better = {word: best[2] for word, best in instead.items()}
    mend = " ".join(typed(term, better) for term in terms_of(text))
    return mend if find(Paper.objects.public(), mend).exists() else ""


def occurrences(words: Iterable[str]) -> dict[str, int]:
    """Return in how many public papers each word occurs: one query, none for no words."""
    counts = {
        f"word{number}": Coalesce(Subquery(how_many(word)), 0)
        for number, word in enumerate(sorted(words))
    }
    if not counts:
        return {}
    row = Stamp.objects.filter(pk=1).values_list(*counts.values()).first()
    return dict(zip(sorted(words), row or [0] * len(counts), strict=True))


def how_many(word: str) -> QuerySet[Paper, int]:
    papers = matching(Paper.objects.public(), [Term((word,))]).order_by()
    one = papers.annotate(one=Value(1, IntegerField())).values("one")
    return one.annotate(count=Count("pk")).values("count")


def near_words(words: Sequence[str]) -> Mapping[str, dict[str, int]]:
    """Return for each word those of the index that a mistake or two make of it: one query."""
    if not words:
        return {}
    lengths = [len(word) for word in words]
    known = Word.objects.annotate(length=Length("text")).filter(
        length__gte=max(SHORTEST - 1, min(lengths) - 2), length__lte=max(lengths) + 2
    )
    vocabulary = list(known.values_list("text", flat=True))
    return {
        word: {
            near: int(distance)
            for near, distance, _at in process.extract(
                word,
                vocabulary,
                scorer=OSA.distance,
                score_cutoff=1 if len(word) <= SHORTEST else 2,
                limit=NEAREST,
            )
        }
        for word in words
    }


def typed(term: Term, instead: Mapping[str, str]) -> str:
    """Return a term as a person types it, some words replaced."""
    text = " ".join(instead.get(word, word) for word in term.words)
    return ("-" if term.is_excluded else "") + (f'"{text}"' if len(term.words) > 1 else text)
