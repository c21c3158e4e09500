"""What the catalogue knows of the works of a file: constant queries for each thousand rows."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from django.db.models import Q

from eventsite.models import Change
from eventsite.writing import User
from eventsite.writing_many import create_many, thousands
from papers.folding import fold
from papers.models import Identifier, Moved, Paper, Topic
from papers.models.kinship import Kind
from papers.querysets import record_of
from papers.records import PaperRecord

from .claims import FACTS
from .venues import Venues, free_slug
from .works import Identifier as Named
from .works import title_key

WORDS_OF_A_TITLE = 4  # at the least; what is shorter is a name such as “ResNeXt”


class Known:
    """The papers that a file may tell of, as claims by their keys; venues and topics by name."""

    def __init__(self) -> None:
        self.venues = Venues()
        self.topics = {fold(topic.name): topic for topic in Topic.objects.order_by("-pk")}
        self.strange: Counter[str] = Counter()  # topics of files that are not here
        self.here: dict[int, PaperRecord] = {}
        self.codes: dict[int, str] = {}
        self.moved: dict[str, str] = {}
        self.titles: dict[str, set[int]] = {}  # other titles of papers, folded: `other_titles`
        self.edited: set[str] = set()  # codes of papers whose venue or year a person set

    def topics_named(self, names: Iterable[str], *, makes: bool = False) -> tuple[str, ...]:
        """Return the topics that are here; with `makes` a file makes those that are not."""
        found = []
        for name in names:
            topic = self.topics.get(fold(name))
            if topic is None and makes and fits(name):
                topic = self.topics[fold(name)] = Topic(name=" ".join(name.split()))
            if topic:
                found.append(topic.name)
            elif fold(name):
                self.strange[name] += 1
        return tuple(dict.fromkeys(found))

    def make_topics(self, by: User, batch: str) -> int:
        """Save the topics that a file makes; return how many."""
        new = [topic for topic in self.topics.values() if topic.pk is None]
        taken = {topic.slug for topic in self.topics.values() if topic.pk}
        for topic in new:
            topic.slug = free_slug(topic.name, taken)
            taken.add(topic.slug)
        create_many(new, by=by, batch=batch)
        return len(new)

    def load(
        self, rows: Sequence[PaperRecord], papers: Collection[int], codes: Collection[str]
    ) -> None:
        """Load the papers that share an identifier, a title or a code with rows, and `papers`."""
        wanted = set(papers)
        self.titles = other_titles()
        for some in thousands(rows):
            wanted |= papers_named({pair for row in some for pair in row.identifiers})
            titles = {title_key(row.title) for row in some} - {""}
            wanted |= keys(Q(folded__in=titles))
            wanted |= set().union(*(self.titles.get(title, set()) for title in titles))
        for code_chunk in thousands(sorted(codes)):
            moved = Moved.objects.filter(old__in=code_chunk).values_list("old", "new")
            self.moved |= dict(moved)
            wanted |= keys(Q(code__in=[self.moved.get(code, code) for code in code_chunk]))
        for pks in thousands(sorted(wanted)):
            for paper in Paper.objects.filter(pk__in=pks).for_citation():
                self.here[paper.pk] = standing_here(paper)
                self.codes[paper.pk] = paper.code
        self.edited = set_by_hand(self.codes.values())

    @property
    def by_code(self) -> dict[str, PaperRecord]:
        return {code: self.here[pk] for pk, code in self.codes.items()}


def fits(name: str) -> bool:
    """Tell whether a topic may be called so."""
    return bool(fold(name)) and len(name) <= (Topic._meta.get_field("name").max_length or 0)


def keys(which: Q) -> set[int]:
    return set(Paper.objects.filter(which).order_by().values_list("pk", flat=True))


def other_titles() -> dict[str, set[int]]:
    """Return the papers that a title leads to which is not theirs: four queries.

    A paper that a person joined with another stays known by the other's title, and what a
    paper is also called may be a title, when it is long enough to be one.
    """
    found: dict[str, set[int]] = {}
    moved = Moved.objects.filter(kind=Kind.PAPER).order_by()
    leads = dict(moved.values_list("old", "new"))
    kept = Paper.objects.filter(code__in=moved.values("new")).order_by()
    papers = dict(kept.values_list("code", "pk"))
    gone = Change.objects.filter(
        table="papers.paper", code__in=moved.values("old"), fields__has_key="folded"
    )
    for code, fields in gone.order_by().values_list("code", "fields"):
        title, after = fields["folded"]
        if after is None and leads[code] in papers:
            found.setdefault(title, set()).add(papers[leads[code]])
    called = Paper.objects.exclude(alias="").order_by().values_list("pk", "alias")
    for pk, alias in called.iterator():
        if len((title := fold(alias)).split()) >= WORDS_OF_A_TITLE:
            found.setdefault(title, set()).add(pk)
    return found


def papers_named(identifiers: set[Named]) -> set[int]:
    """Return the keys of the papers that have one of the identifiers: one query."""
    values = {value for _scheme, value in identifiers}
    found = Identifier.objects.filter(value__in=values).order_by()
    pairs = found.values_list("scheme", "value", "paper")
    return {paper for scheme, value, paper in pairs if (scheme, value) in identifiers}


def standing_here(paper: Paper) -> PaperRecord:
    """Return what stands here of a paper that `for_citation` loaded, as a claim."""
    record = record_of(paper)
    return replace(record, code="", key=paper.cite_key or "")


def set_by_hand(codes: Iterable[str]) -> set[str]:
    """Return the codes of papers whose year or venue a person set, or that a person added."""
    by_hand = Q(fields__has_any_keys=list(FACTS)) | Q(version=1)
    edited = set()
    for some in thousands(codes):
        changes = Change.objects.filter(table="papers.paper", code__in=some).filter(by_hand)
        changes = changes.filter(batch="").order_by()
        edited |= set(changes.values_list("code", flat=True))
    return edited
