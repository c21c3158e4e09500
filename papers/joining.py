"""Two rows that are one, and one that is two: papers and authors, by a person's word.

What was joined keeps its old address (Moved), what was refused is not offered again (Apart).
Both rows are taken at the version that was seen: raises `writing.Conflict` as any save does.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from eventsite import writing
from eventsite.writing import User, Values

from .bylines import join_authorships, unseen
from .models import Apart, Author, AuthorName, Authorship, Moved, Paper
from .models.kinship import Kind
from .naming import derive
from .pointing import point_to
from .versions import join_facts, join_links


class CannotJoin(ValueError):
    """What may not be joined or split, with a sentence for people."""


def merge_papers(kept: Paper, other: Paper, by: User = None) -> None:
    """Make two papers one: all that either has, under the code and the title of `kept`.

    Year and venue are those of the published version; the other's stand on its link. Who stands
    at one place of both bylines is one person, and is joined when no paper is left to one of them.
    """
    if kept.pk == other.pk:
        raise CannotJoin(_("This is one paper already."))
    with transaction.atomic():
        before = claim_both(kept, other)
        facts = join_facts(kept, other)
        people = join_authorships(kept, other)
        join_links(kept, other)
        take_place(kept, other, before, facts, by)
        remember_move(Kind.PAPER, other.code, kept.code)
        for stays, goes in unseen(people):
            if not why_two(stays, goes):
                merge_authors(stays, goes, by)


def merge_authors(kept: Author, other: Author, by: User = None) -> None:
    """Make two authors one, under the code and the name of `kept`; papers keep names as printed.

    Raises CannotJoin when their ORCIDs differ, or one paper names them both.
    """
    if why := why_two(kept, other):
        raise CannotJoin(why)
    with transaction.atomic():
        before = claim_both(kept, other)
        other.authorships.filter(name="").update(name=other.name)
        kept.names.get_or_create(name=other.name)
        facts: dict[str, object] = {
            "orcid": kept.orcid or other.orcid,
            "sort_name": kept.sort_name or other.sort_name,
        }
        take_place(kept, other, before, facts, by)
        remember_move(Kind.AUTHOR, other.code, kept.code)


def why_two(kept: Author, other: Author) -> str:
    """Return why two authors cannot be joined, as a sentence; nothing when they can."""
    if kept.pk == other.pk:
        return _("This is one author already.")
    if kept.orcid and other.orcid and kept.orcid != other.orcid:
        return _("Their ORCIDs differ: they are two people.")
    together = Paper.objects.filter(authorships__author=kept).filter(authorships__author=other)
    both = together.first()
    return _("They are both authors of “%s”: two people.") % both.title if both else ""


def split_author(author: Author, authorships: Iterable[Authorship], by: User = None) -> Author:
    """Give some of an author's places on papers to a new author, kept apart from now on.

    Raises CannotJoin when that would leave one of the two without a paper.
    """
    chosen = {each.pk for each in authorships}
    with transaction.atomic():
        before = writing.claim(author, author.version)
        every = list(author.authorships.select_related("paper"))
        taken = [each for each in every if each.pk in chosen]
        if not taken or len(taken) == len(every):
            raise CannotJoin(_("Choose some of the papers, and leave some."))
        fresh = new_author(author, taken, by)
        move_names(author, fresh, every, taken)
        hand_over(taken, fresh, by)
        writing.record(author, before, by)
        keep_apart(Kind.AUTHOR, author.code, fresh.code)
    return fresh


def keep_apart(kind: str, a: str, b: str) -> None:
    """Remember that two codes are two things; saying it twice changes nothing."""
    first, second = sorted((a, b))
    if first != second:
        Apart.objects.get_or_create(kind=kind, a=first, b=second)


def moved_to(codes: Iterable[str]) -> dict[str, str]:
    """Return where the codes lead that were merged into others: 1 query."""
    return dict(Moved.objects.filter(old__in=codes).values_list("old", "new"))


def claim_both(kept: Paper | Author, other: Paper | Author) -> dict[int, Values]:
    """Claim two rows, the older first: of two who join them the wrong way round one waits."""
    rows = sorted((kept, other), key=lambda row: row.pk)
    return {row.pk: writing.claim(row, row.version) for row in rows}


def take_place(
    kept: Paper | Author,
    other: Paper | Author,
    before: dict[int, Values],
    facts: dict[str, object],
    by: User,
) -> None:
    """Point to `kept` all that points to `other`, which is deleted; give `kept` these facts.

    History keeps the other twice: what it handed over, and what it was at last.
    """
    point_to(kept, other, by)
    writing.record(other, before[other.pk], by)
    writing.delete(other, other.version, by)
    for name, value in facts.items():
        setattr(kept, name, value)
    derive(kept)
    kept.save()
    writing.record(kept, before[kept.pk], by)


def remember_move(kind: str, old: str, new: str) -> None:
    """Lead an old code, and those that led to it, to the new one; refusals go along."""
    Moved.objects.filter(kind=kind, new=old).update(new=new)
    Moved.objects.create(kind=kind, old=old, new=new)
    refused = [
        *Apart.objects.filter(kind=kind, a=old),
        *Apart.objects.filter(kind=kind, b=old),
    ]
    for row in refused:
        row.delete()
        keep_apart(kind, new, row.b if row.a == old else row.a)


def new_author(author: Author, taken: Sequence[Authorship], by: User) -> Author:
    """Make the author of some places, called as they are printed most often."""
    printed = Counter(each.name or author.name for each in taken)
    name = printed.most_common(1)[0][0]
    fresh = Author(name=name, sort_name=author.sort_name if name == author.name else "")
    derive(fresh)
    writing.create(fresh, by)
    return fresh


def move_names(
    author: Author, fresh: Author, every: Sequence[Authorship], taken: Sequence[Authorship]
) -> None:
    """Give the new author the names of these places; the old keeps those of the others."""
    theirs = {each.name or author.name for each in taken}
    left = {each.name or author.name for each in every if each not in taken}
    AuthorName.objects.bulk_create(
        AuthorName(author=fresh, name=name) for name in sorted(theirs | {fresh.name})
    )
    author.names.filter(name__in=theirs - left - {author.name}).delete()


def hand_over(taken: Sequence[Authorship], fresh: Author, by: User) -> None:
    """Re-point places on papers, one Change for each paper."""
    papers = {each.paper_id: each.paper for each in taken}
    for paper in papers.values():
        before = writing.claim(paper, paper.version)
        mine = [each.pk for each in taken if each.paper_id == paper.pk]
        paper.authorships.filter(pk__in=mine).update(author=fresh)
        writing.record(paper, before, by)
