"""The papers of an import: new ones made, known ones changed, a thousand at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from django.db import models
from django.utils.translation import gettext as _

from eventsite.slugs import slug
from eventsite.writing import User
from eventsite.writing_many import (
    MANY,
    claim_many,
    create_many,
    insert,
    record_many,
    set_many,
    thousands,
)
from papers.cite_keys import all_keys, assign
from papers.folding import fold
from papers.models import Author, Authorship, Identifier, Paper, PaperLink
from papers.naming import derive, folded
from papers.records import PaperRecord

from . import claims
from .claims import Difference
from .credits import Credits
from .drafts import Draft
from .plans import Told
from .works import Work

COLUMNS = ("title", "abstract", "is_workshop", "year", "month", "presentation", "award", "alias")


class PaperWriter:
    """Writes the works of a draft; `created` counts new papers, authors and venues."""

    def __init__(self, made: Draft, is_public: bool, by: User, batch: str):
        self.made, self.is_public, self.by, self.batch = made, is_public, by, batch
        self.venues = made.known.venues
        self.created = self.changed = self.papers = 0
        self.cite_keys = all_keys() if sum(not work.pk for work in made.works) > MANY else None
        self.here = made.known.here  # the claims as they stand, kept true while writing

    def write(self, taken: Mapping[int, Mapping[str, object]], told: Told) -> None:
        """Make what is new and change papers, by their keys, to the values that are taken."""
        self.created += self.made.known.make_topics(self.by, self.batch)
        new = [work for work in self.made.works if not work.pk]
        for works in thousands(new):
            self.make(works)
            told(_("{done:,} of {all:,} new papers").format(done=self.papers, all=len(new)))
        for pks in thousands(pk for pk, values in taken.items() if values):
            self.change(pks, taken)

    def make(self, works: Sequence[Work]) -> None:
        """Make at most a thousand papers with all that belongs to them."""
        records = [self.claim_of(work) for work in works]
        self.name_venues(records)
        known = Credits(author.name for record in records for author in record.authors)
        papers = [Paper(is_public=self.is_public, **self.columns(each)) for each in records]
        assign(zip(papers, records, strict=True), self.cite_keys)
        children: list[models.Model] = []
        for work, paper, record in zip(works, papers, records, strict=True):
            derive(paper)
            children += self.children(paper, record)
            children += [
                Identifier(paper=paper, scheme=s, value=v) for s, v in sorted(work.identifiers)
            ]
            children += authorships(paper, record, known, {})
        self.save_authors(known, children)
        create_many(papers, children, self.by, self.batch)
        for work, paper, record in zip(works, papers, records, strict=True):
            work.pk, work.code = paper.pk, paper.code
            self.here[paper.pk] = record
        self.created += len(papers)
        self.papers += len(papers)

    def claim_of(self, work: Work) -> PaperRecord:
        return claims.combined([self.made.rows[place].claim for place in work.rows])

    def name_venues(self, records: Iterable[PaperRecord]) -> None:
        """Make the venues that papers and links name."""
        names = chain.from_iterable(
            (record.venue, *(link.venue for link in record.links)) for record in records
        )
        self.created += self.venues.make(names, self.by, self.batch)

    def free_keys(self, keys: Iterable[str]) -> set[str]:
        """Return those citation keys that no paper has: a file's key gives way."""
        wanted = {key for key in keys if key}
        taken = Paper.objects.filter(cite_key__in=wanted).order_by()
        return wanted - set(taken.values_list("cite_key", flat=True))

    def columns(self, record: PaperRecord) -> dict[str, object]:
        return {name: getattr(record, name) for name in COLUMNS} | {
            "venue": self.venues.row(record.venue),
            "details": dict(record.details),
        }

    def children(self, paper: Paper, record: PaperRecord) -> Iterator[models.Model]:
        """Yield the links and topics of a new paper."""
        yield from self.links(paper, record)
        yield from self.topics(paper, record.topics)

    def links(self, paper: Paper, record: PaperRecord) -> Iterator[PaperLink]:
        for position, link in enumerate(record.links, start=1):
            yield PaperLink(
                paper=paper,
                kind=link.kind,
                url=link.url,
                label=link.label,
                venue=self.venues.row(link.venue),
                year=link.year,
                position=position,
            )

    def topics(self, paper: Paper, names: Iterable[str]) -> Iterator[models.Model]:
        for name in names:
            topic = self.made.known.topics[fold(name)]
            yield Paper.topics.through(paper=paper, topic=topic)

    def save_authors(self, known: Credits, children: Iterable[models.Model]) -> None:
        printed = [(c.author, c.name) for c in children if isinstance(c, Authorship)]
        self.created += known.save(printed, self.by, self.batch)

    def change(self, pks: Sequence[int], taken: Mapping[int, Mapping[str, object]]) -> None:
        """Change at most a thousand papers; raises Conflict when one was saved meanwhile."""
        papers = list(Paper.objects.filter(pk__in=pks).order_by("pk"))
        records = {pk: claims.taking(self.here[pk], taken[pk]) for pk in pks}
        self.name_venues(records.values())
        before = claim_many(papers)
        free = self.free_keys(records[pk].key for pk in pks if "key" in taken[pk])
        columns = []
        for paper in papers:
            record, names = records[paper.pk], taken[paper.pk]
            values = self.columns(record)
            if "key" in names and record.key in free:
                values["cite_key"] = record.key
                free.discard(record.key)
            else:
                values["cite_key"] = paper.cite_key
            columns.append((paper, values))
        set_many(columns)
        retitled = [paper for paper in papers if "title" in taken[paper.pk]]
        for paper in retitled:
            paper.slug, paper.folded = slug(paper.title), folded(paper, paper.title)
        if retitled:
            Paper.objects.bulk_update(retitled, ["slug", "folded"])
        self.replace_children(papers, records, taken)
        self.changed += record_many(papers, before, self.by, self.batch)
        self.here |= records

    def replace_children(
        self,
        papers: Sequence[Paper],
        records: Mapping[int, PaperRecord],
        taken: Mapping[int, Mapping[str, object]],
    ) -> None:
        """Write anew what belongs to papers, as far as it changes."""
        relinked = [paper for paper in papers if "links" in taken[paper.pk]]
        PaperLink.objects.filter(paper__in=relinked).delete()
        new: list[models.Model] = [
            link for paper in relinked for link in self.links(paper, records[paper.pk])
        ]
        new += self.changed_identifiers(papers, records, taken)
        for paper in papers:
            if "topics" in taken[paper.pk]:
                paper.topics.clear()
                new += self.topics(paper, records[paper.pk].topics)
        new += self.changed_authorships(papers, records, taken)
        insert(new)

    def changed_identifiers(
        self,
        papers: Sequence[Paper],
        records: Mapping[int, PaperRecord],
        taken: Mapping[int, Mapping[str, object]],
    ) -> Iterator[Identifier]:
        named = [paper for paper in papers if "identifiers" in taken[paper.pk]]
        Identifier.objects.filter(paper__in=named).delete()
        values = {value for paper in named for _scheme, value in records[paper.pk].identifiers}
        others = set(Identifier.objects.filter(value__in=values).values_list("scheme", "value"))
        for paper in named:
            for scheme, value in records[paper.pk].identifiers:
                if (scheme, value) not in others:
                    others.add((scheme, value))
                    yield Identifier(paper=paper, scheme=scheme, value=value)

    def changed_authorships(
        self,
        papers: Sequence[Paper],
        records: Mapping[int, PaperRecord],
        taken: Mapping[int, Mapping[str, object]],
    ) -> list[Authorship]:
        """Return the authorships of papers whose authors change; known names keep their author."""
        written = [paper for paper in papers if "authors" in taken[paper.pk]]
        if not written:
            return []
        old = Authorship.objects.filter(paper__in=written).select_related("author")
        kept: dict[int, dict[str, Author]] = {paper.pk: {} for paper in written}
        for each in old:
            kept[each.paper_id][fold(each.name or each.author.name)] = each.author
        old.delete()
        known = Credits(a.name for paper in written for a in records[paper.pk].authors)
        new = [
            each
            for paper in written
            for each in authorships(paper, records[paper.pk], known, kept[paper.pk])
        ]
        self.save_authors(known, new)
        return new


def authorships(
    paper: Paper, record: PaperRecord, known: Credits, kept: dict[str, Author]
) -> list[Authorship]:
    authors = known.authors_for([author.name for author in record.authors], kept)
    return [
        Authorship(
            paper=paper,
            author=author,
            position=position,
            name=printed.name,
            affiliation=printed.affiliation,
        )
        for position, (author, printed) in enumerate(zip(authors, record.authors, strict=True), 1)
    ]


def decided(
    differences: Iterable[Difference],
    key: str,
    conflicts: Mapping[tuple[str, str], str],
    default: str,
) -> dict[str, object]:
    """Return the values that are taken, with what a person chose in conflicts."""
    values = {}
    for each in differences:
        chosen = conflicts.get((key, each.name), default) if each.is_conflict else ""
        if not each.is_conflict:
            values[each.name] = each.taken
        elif chosen == "file":
            values[each.name] = each.file
    return values
