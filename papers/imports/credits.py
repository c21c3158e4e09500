"""Which author a printed name is: the one known by it, else a new one.

Of several of one name it is the one who wrote with the same people, else the one with most
papers. Names that are on a paper already keep the author they have.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Count, Q

from eventsite.slugs import slug
from eventsite.writing import User
from eventsite.writing_many import claim_many, create_many, insert, record_many, thousands
from papers.folding import fold
from papers.models import Author, AuthorName, Authorship
from papers.naming import derive


class Credits:
    """The authors of some thousand papers, looked up together: constant queries."""

    def __init__(self, names: Iterable[str]):
        self.by_name: defaultdict[str, list[int]] = defaultdict(list)
        self.authors: dict[int, Author] = {}
        self.printed: set[tuple[int, str]] = set()
        self.papers: Counter[int] = Counter()
        self.beside: defaultdict[int, set[int]] = defaultdict(set)
        for some in thousands(sorted(set(names))):
            self._load(some)
        unclear = {pk for pks in self.by_name.values() if len(pks) > 1 for pk in pks}
        for pks in thousands(sorted(unclear)):
            self._load_company(pks)
        self.new: dict[str, list[Author]] = {}

    def _load(self, names: Sequence[str]) -> None:
        wanted = {fold(name) for name in names}
        slugs = {slug(name) for name in names} - {""}
        found = Author.objects.filter(
            Q(slug__in=slugs) | Q(pk__in=AuthorName.objects.filter(name__in=names).values("author"))
        )
        rows = {author.pk: author for author in found.order_by("pk")}
        self.authors |= rows
        known = [(pk, author.name) for pk, author in rows.items()]
        for pks in thousands(rows):
            printed = AuthorName.objects.filter(author__in=pks).order_by("author")
            pairs = list(printed.values_list("author", "name"))
            self.printed |= set(pairs)
            known += pairs
        for pk, name in known:
            folded = fold(name)
            if folded in wanted and pk not in self.by_name[folded]:
                self.by_name[folded].append(pk)

    def _load_company(self, pks: Sequence[int]) -> None:
        """Load how many papers authors of one name have, and with whom."""
        own = Authorship.objects.filter(author__in=pks).order_by()
        counted = own.values("author").annotate(papers=Count("pk")).values_list("author", "papers")
        self.papers.update(dict(counted))
        pairs = own.values_list("author", "paper__authorships__author")
        for author, other in pairs:
            self.beside[author].add(other)

    def authors_for(self, names: Sequence[str], kept: dict[str, Author]) -> list[Author]:
        """Return an author for each name on one paper, each at most once; new ones are not saved.

        `kept` are authors that the paper has already, by their folded names.
        """
        company = {pk for name in names for pk in self.by_name.get(fold(name), ())}
        chosen: list[Author] = []
        for name in names:
            folded = fold(name) or name
            author = kept.get(folded)
            if author is None or author in chosen:
                author = self._choose(folded, company, chosen) or self._make(name, folded, chosen)
            chosen.append(author)
        return chosen

    def _choose(self, folded: str, company: set[int], chosen: list[Author]) -> Author | None:
        free = [pk for pk in self.by_name.get(folded, ()) if self.authors[pk] not in chosen]
        if not free:
            return None
        best = max(
            free, key=lambda pk: (len(self.beside[pk] & company - {pk}), self.papers[pk], -pk)
        )
        return self.authors[best]

    def _make(self, name: str, folded: str, chosen: list[Author]) -> Author:
        made = self.new.setdefault(folded, [])
        for author in made:
            if not any(author is other for other in chosen):
                return author
        author = Author(name=name)
        derive(author)
        made.append(author)
        return author

    def save(self, printed: Iterable[tuple[Author, str]], by: User, batch: str) -> int:
        """Save the new authors, and names not printed before; return how many authors are new."""
        fresh = [author for made in self.new.values() for author in made]
        of_new: dict[tuple[int, str], AuthorName] = {}
        of_known: dict[tuple[int, str], AuthorName] = {}
        for author, name in printed:
            if author.pk is None:
                of_new[id(author), name] = AuthorName(author=author, name=name)
            elif (author.pk, name) not in self.printed:
                of_known[author.pk, name] = AuthorName(author=author, name=name)
        create_many(fresh, list(of_new.values()), by, batch)
        for names in thousands(of_known.values()):
            authors = list({each.author_id: each.author for each in names}.values())
            before = claim_many(authors)
            insert(names)
            record_many(authors, before, by, batch)
        return len(fresh)
