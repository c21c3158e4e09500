"""The index of words in PostgreSQL: vectors of our own words, never of its parser's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection

from papers.search_words import GAP, Indexed, Term, as_phrase, positive

MATCHING = "SELECT paper_id FROM papers_search WHERE whole @@ %s::tsquery"


def matching(terms: Sequence[Term]) -> tuple[str, list[str]]:
    """Return SQL for the keys of the papers in which the terms occur, and its parameters."""
    return MATCHING, [every(terms)]


def ranked(terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Return key and rank of the papers in which the terms occur: `papers.search.ranked`.

    The titles, and the titles with the people, have vectors of their own: they are short, and
    asking them costs less than looking up where in the whole a word stands.
    """
    sql, found = matching(terms)
    wanted = positive(terms)
    rank, levels = "0", []
    if wanted:
        rank = """CASE
            WHEN title @@ %s::tsquery THEN 0
            WHEN title @@ %s::tsquery THEN 1
            WHEN people @@ %s::tsquery THEN 2
            ELSE 3
        END"""
        levels = [literal(as_phrase(wanted)), every(wanted), every(wanted)]
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("paper_id", f"paper_id, {rank}", 1), [*levels, *found])
        return cursor.fetchall()


def every(terms: Iterable[Term]) -> str:
    return " & ".join(("!" if term.is_excluded else "") + literal(term) for term in terms)


def literal(term: Term) -> str:
    """Return a term as a tsquery; our words hold no apostrophes and no backslashes."""
    words = [f"'{word}'" for word in term.words]
    return f"({' <-> '.join(words)}{':*' if term.is_prefix else ''})"


def write(rows: Iterable[tuple[int, Indexed]]) -> None:
    """Put the words of papers into the index, in the place of those that were there: one query."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO papers_search (paper_id, title, people, whole)"
            " VALUES (%s, %s::tsvector, %s::tsvector, %s::tsvector)"
            " ON CONFLICT (paper_id) DO UPDATE SET"
            " title = excluded.title, people = excluded.people, whole = excluded.whole",
            [
                (key, vector(title), vector([*title, *people]), vector([*title, *people, *rest]))
                for key, (title, people, rest) in rows
            ],
        )


def vector(words: Iterable[str]) -> str:
    """Return words with their positions, counted from 1; a gap only takes up room."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for position, word in enumerate(words, start=1):
        if word != GAP:
            places[word].append(str(position))
    return " ".join(f"'{word}':{','.join(positions)}" for word, positions in places.items())


def remove(keys: Iterable[int]) -> None:
    """Take papers out of the index: one query."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM papers_search WHERE paper_id = ANY(%s)", [list(keys)])


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM papers_search")
