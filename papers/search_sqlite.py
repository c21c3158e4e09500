"""The index of words in SQLite: FTS5, whose ASCII tokenizer leaves our words whole."""

from collections.abc import Iterable, Sequence

from django.db import connection

from papers.search_words import Indexed, Term, as_phrase, positive

MATCHING = "SELECT rowid FROM papers_search WHERE papers_search MATCH %s"


def matching(terms: Sequence[Term]) -> tuple[str, list[str]]:
    """Return SQL for the keys of the papers in which the terms occur, and its parameters."""
    wanted, unwanted = positive(terms), [term for term in terms if term.is_excluded]
    without = " OR ".join(map(literal, unwanted))
    if not wanted:
        return f"SELECT rowid FROM papers_search WHERE rowid NOT IN ({MATCHING})", [without]
    return MATCHING, [f"({every(wanted)}) NOT ({without})" if without else every(wanted)]


def ranked(terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Return key and rank of the papers in which the terms occur: `papers.search.ranked`."""
    sql, found = matching(terms)
    wanted = positive(terms)
    levels = [
        f"{{title}} : ({literal(as_phrase(wanted))})",
        f"{{title}} : ({every(wanted)})",
        f"{{title people}} : ({every(wanted)})",
    ]
    cases = " ".join(f"WHEN rowid IN ({MATCHING}) THEN {rank}" for rank in range(len(levels)))
    rank = f"CASE {cases} ELSE {len(levels)} END"
    if not wanted:
        rank, levels = "0", []
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("rowid", f"rowid, {rank}", 1), [*levels, *found])
        return cursor.fetchall()


def every(terms: Iterable[Term]) -> str:
    return " AND ".join(map(literal, terms))


def literal(term: Term) -> str:
    """Return a term as FTS5 reads it; our words hold no quotation marks."""
    return f'"{" ".join(term.words)}"' + ("*" if term.is_prefix else "")


def write(rows: Iterable[tuple[int, Indexed]]) -> None:
    """Put the words of papers into the index, in the place of those that were there: one query."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT OR REPLACE INTO papers_search (rowid, title, people, rest)"
            " VALUES (%s, %s, %s, %s)",
            [(key, *map(" ".join, words)) for key, words in rows],
        )


def remove(keys: Iterable[int]) -> None:
    """Take papers out of the index: one query."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM papers_search WHERE rowid = %s", [(key,) for key in keys])


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM papers_search")
