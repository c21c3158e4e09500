"""Who may be one person, and who may be two: likely joins and splits of authors, with reasons.

Nothing is decided here: a person looks at the reasons. Names are compared folded; families of
names stand last, or before a comma.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from papers.folding import fold

# Given names that are no beginning of each other: the short one, and what it may stand for.
SHORT = {
    "bill": {"william"},
    "bob": {"robert"},
    "dick": {"richard"},
    "jack": {"john"},
    "jim": {"james"},
    "kate": {"catherine", "katherine"},
    "liz": {"elizabeth"},
    "mike": {"michael"},
    "peggy": {"margaret"},
    "ted": {"edward", "theodore"},
    "tony": {"anthony", "antonio"},
}
LONG_ENOUGH = 3  # letters of a short form: "Dan" for "Daniel", but not "Da"
FAR = 8  # years between two groups of papers
CROWD = 40  # a paper with more authors tells little of who knows whom
NAMESAKES = 200  # whose names begin and end alike: of more of them, only equal names are compared

SAME, SHORTENED, MIDDLE, INITIALS = "same", "short", "middle", "initials"
COAUTHORS, FAMILIES, AFFILIATION = "coauthors", "families", "affiliation"
GROUPS, ELSEWHERE, YEARS, TWICE = "groups", "elsewhere", "years", "twice"
NAMES = {SAME: 3, SHORTENED: 2, MIDDLE: 2, INITIALS: 1}
WEIGHTS = {**NAMES, COAUTHORS: 2, FAMILIES: 1, AFFILIATION: 1}
ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Place:
    """An author's place on a paper."""

    pk: int
    author: int
    paper: int
    name: str = ""
    affiliation: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an author."""

    pk: int
    name: str
    orcid: str = ""
    coauthors: frozenset[int] = frozenset()
    families: frozenset[str] = frozenset()  # of the co-authors, folded
    papers: frozenset[int] = frozenset()
    affiliations: frozenset[str] = frozenset()  # folded


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two may be one, or one may be two: a word from above, and what it is about."""

    word: str
    about: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Join:
    """Two authors who may be one."""

    a: int
    b: int
    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[each.word] for each in self.reasons)


@dataclass(frozen=True, slots=True)
class Split:
    """An author who may be two or more: groups of places, the largest first."""

    author: int
    groups: tuple[tuple[Place, ...], ...]
    reasons: tuple[Reason, ...]


def known(names: dict[int, tuple[str, str]], places: Iterable[Place]) -> dict[int, Known]:
    """Return what is known of authors: `names` gives name and ORCID of each."""
    mine: dict[int, list[Place]] = defaultdict(list)
    on_paper: dict[int, set[int]] = defaultdict(set)
    for place in places:
        mine[place.author].append(place)
        on_paper[place.paper].add(place.author)
    others = {pk: frozenset().union(*company(mine[pk], on_paper)) - {pk} for pk in names}
    family = {pk: words[-1] for pk, (name, _orcid) in names.items() if (words := words_of(name))}
    return {
        pk: Known(
            pk,
            name,
            orcid,
            coauthors=others[pk],
            families=frozenset(family[each] for each in others[pk] if each in family),
            papers=frozenset(place.paper for place in mine[pk]),
            affiliations=frozenset(fold(p.affiliation) for p in mine[pk] if p.affiliation),
        )
        for pk, (name, orcid) in names.items()
    }


def company(places: Sequence[Place], on_paper: dict[int, set[int]]) -> list[frozenset[int]]:
    """Return who else stands on each of these papers, crowds aside."""
    found = (on_paper[place.paper] for place in places)
    return [frozenset(each) if len(each) <= CROWD else frozenset() for each in found]


def likely_joins(people: dict[int, Known], apart: frozenset[tuple[int, int]]) -> list[Join]:
    """Return pairs who may be one person, those with the best reasons first.

    `apart` are pairs (the lesser key first) that a person said are two.
    """
    found = []
    for a, b in candidates(people.values()):
        if (a.pk, b.pk) not in apart and not proven_two(a, b):
            reasons = reasons_to_join(a, b)
            join = Join(a.pk, b.pk, reasons)
            if reasons and join.weight >= ENOUGH:
                found.append(join)
    return sorted(found, key=lambda join: (-join.weight, join.a, join.b))


def candidates(people: Iterable[Known]) -> Iterator[tuple[Known, Known]]:
    """Yield each pair once whose names begin and end alike, or hold the same words."""
    blocks: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for person in people:
        words = words_of(person.name)
        if len(words) > 1:
            for key in {(words[-1], words[0][0]), ("", " ".join(sorted(words)))}:
                blocks[key].append(person)
            for short, long in SHORT.items():
                if words[0] == short or words[0] in long:
                    blocks[words[-1], short].append(person)
    seen = set()
    for block in blocks.values():
        if len(block) > NAMESAKES:
            continue
        for one, two in combinations(block, 2):
            a, b = (one, two) if one.pk < two.pk else (two, one)
            if (a.pk, b.pk) not in seen:
                seen.add((a.pk, b.pk))
                yield a, b


@lru_cache(maxsize=100_000)
def words_of(name: str) -> list[str]:
    """Return the folded words of a name, family last: "Lovelace, Ada" as "Ada Lovelace"."""
    family, comma, given = name.partition(",")
    return fold(f"{given} {family}" if comma else name).split()


def proven_two(a: Known, b: Known) -> bool:
    return bool(a.orcid and b.orcid and a.orcid != b.orcid) or bool(a.papers & b.papers)


def reasons_to_join(a: Known, b: Known) -> tuple[Reason, ...]:
    """Return why two may be one; nothing when their names do not allow it."""
    alike = names_alike(words_of(a.name), words_of(b.name))
    if not alike:
        return ()
    reasons = [Reason(alike)]
    if shared := a.coauthors & b.coauthors:
        reasons.append(Reason(COAUTHORS, tuple(sorted(shared))))
    elif families := a.families & b.families:
        reasons.append(Reason(FAMILIES, tuple(sorted(families))))
    if places := a.affiliations & b.affiliations:
        reasons.append(Reason(AFFILIATION, tuple(sorted(places))))
    return tuple(reasons)


def names_alike(a: list[str], b: list[str]) -> str:
    """Return in which way two names may be one person's, or nothing."""
    if sorted(a) == sorted(b) or "".join(a) == "".join(b):
        return SAME
    if a[-1] != b[-1]:
        return ""
    few, many = sorted((a[:-1], b[:-1]), key=len)
    pairs = list(zip(few, many, strict=False))
    if not few or not all(given_alike(*pair) for pair in pairs):
        return ""
    if any(len(one) == 1 or len(two) == 1 for one, two in pairs if one != two):
        return INITIALS
    return SHORTENED if any(one != two for one, two in pairs) else MIDDLE


def given_alike(one: str, two: str) -> bool:
    """Whether a given name may be short for the other: G., Greg and Gregory."""
    short, long = sorted((one, two), key=len)
    if len(short) == 1 or len(short) >= LONG_ENOUGH:
        full = SHORT.get(short, set()) | SHORT.get(long, set())
        return long.startswith(short) or not full.isdisjoint((short, long))
    return short == long


def likely_splits(places: Iterable[Place]) -> list[Split]:
    """Return authors who may be several people, those with most reasons first."""
    mine: dict[int, list[Place]] = defaultdict(list)
    on_paper: dict[int, set[int]] = defaultdict(set)
    for place in places:
        mine[place.author].append(place)
        on_paper[place.paper].add(place.author)
    found = [split_of(author, own, on_paper) for author, own in mine.items() if len(own) > 1]
    kept = [each for each in found if each.reasons]
    return sorted(kept, key=lambda each: (-len(each.reasons), -len(each.groups[-1]), each.author))


def split_of(author: int, places: Sequence[Place], on_paper: dict[int, set[int]]) -> Split:
    """Return the groups of an author's papers; no reasons when they belong together.

    That no co-author is in two groups is no reason by itself: people change whom they work with.
    """
    groups = sorted(grouped(author, places, on_paper), key=lambda each: (-len(each), each[0].pk))
    reasons = [*between(groups[0], groups[1])] if len(groups) > 1 else []
    if reasons:
        reasons.insert(0, Reason(GROUPS, (len(groups),)))
    papers = [place.paper for place in places]
    if twice := sorted({paper for paper in papers if papers.count(paper) > 1}):
        reasons.append(Reason(TWICE, tuple(twice)))
    return Split(author, tuple(tuple(each) for each in groups), tuple(reasons))


def grouped(
    author: int, places: Sequence[Place], on_paper: dict[int, set[int]]
) -> list[list[Place]]:
    """Put places together that share a co-author or an affiliation; those with neither are left."""
    groups: list[tuple[set[int | str], list[Place]]] = []
    for place, others in zip(places, company(places, on_paper), strict=True):
        ties: set[int | str] = {other for other in others if other != author}
        ties |= {fold(place.affiliation)} if place.affiliation else set()
        if not ties:
            continue
        joined = [group for group in groups if group[0] & ties]
        groups = [group for group in groups if not group[0] & ties]
        members = [each for _ties, own in joined for each in own]
        groups.append((ties.union(*(own for own, _places in joined)), [*members, place]))
    return [members for _ties, members in groups]


def between(first: Sequence[Place], second: Sequence[Place]) -> Iterator[Reason]:
    """Yield what sets two groups apart beside their co-authors."""
    here, there = ({p.affiliation for p in group if p.affiliation} for group in (first, second))
    if here and there:
        yield Reason(ELSEWHERE, (sorted(here)[0], sorted(there)[0]))
    years = [[p.year for p in group if p.year] for group in (first, second)]
    if all(years):
        early, late = sorted(years)
        if min(late) - max(early) >= FAR:
            yield Reason(YEARS, (max(early), min(late)))
