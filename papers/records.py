"""Plain values of the catalogue, for formats and pages: no tables, no requests."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

ADDRESSES = {
    "doi": "https://doi.org/{}",
    "arxiv": "https://arxiv.org/abs/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "acl": "https://aclanthology.org/{}/",
    "pmlr": "https://proceedings.mlr.press/{}.html",
}


def identifier_address(scheme: str, value: str) -> str:
    """Return where an identifier leads, or nothing when its scheme has no addresses."""
    return ADDRESSES[scheme].format(quote(value, safe="/")) if scheme in ADDRESSES else ""


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    """An author as printed on one paper."""

    name: str
    affiliation: str


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """An address that belongs to a paper; another version carries its own venue and year."""

    kind: str  # a value of PaperLinkKind: paper, code, version, project, ...
    url: str
    label: str = ""
    venue: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """What a file or a citation says of a paper: read from any format, written to any.

    From the catalogue `code`, `key` and the full name of the venue are there; from a file they
    may be empty, and the venue is as printed.
    """

    title: str
    code: str = ""
    key: str = ""  # for citations: unique in the catalogue, and in a file
    authors: tuple[AuthorRecord, ...] = ()
    venue: str = ""
    venue_short: str = ""
    venue_kind: str = ""  # a value of VenueKind; empty where it is not known
    is_workshop: bool = False
    year: int | None = None
    month: int | None = None
    presentation: str = ""  # a value of PresentedAs
    award: str = ""
    alias: str = ""  # a name of its own: ResNeXt
    abstract: str = ""
    topics: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()  # scheme, value
    links: tuple[LinkRecord, ...] = ()
    # By the names of CSL: page, volume, publisher. Two names are ours: "et-al" is "1" where more
    # authors are not named; "organizations" are authors whose names alone look like people's.
    details: tuple[tuple[str, str], ...] = ()
    note: str = ""  # of the list that is written; never the catalogue's own


@dataclass(frozen=True, slots=True)
class TopicRecord:
    """A topic, and whether a public paper is filed under it directly."""

    pk: int
    slug: str
    name: str
    parent: int | None
    has_papers: bool


class TopicTree:
    """The topics that anyone may see: those with a public paper in them or below them."""

    def __init__(self, topics: Iterable[TopicRecord]):
        every = {topic.pk: topic for topic in topics}
        seen: set[int] = set()
        for topic in every.values():
            step: TopicRecord | None = topic if topic.has_papers else None
            while step and step.pk not in seen:
                seen.add(step.pk)
                step = every.get(step.parent or 0)
        self.topics = {pk: topic for pk, topic in every.items() if pk in seen}
        self.below: dict[int | None, list[TopicRecord]] = {}
        for topic in self.topics.values():
            self.below.setdefault(topic.parent, []).append(topic)

    def find(self, slug: str) -> TopicRecord | None:
        return next((topic for topic in self.topics.values() if topic.slug == slug), None)

    def children(self, parent: int | None) -> list[TopicRecord]:
        return self.below.get(parent, [])

    def path(self, topic: TopicRecord) -> list[TopicRecord]:
        """Return what a topic stands within, outermost first, without itself."""
        path = {topic.pk: topic}
        step = self.topics.get(topic.parent or 0)
        while step and step.pk not in path:
            path[step.pk] = step
            step = self.topics.get(step.parent or 0)
        return list(path.values())[:0:-1]

    def within(self, topic: TopicRecord) -> set[int]:
        """Return the keys of a topic and of all below it."""
        keys, fresh = {topic.pk}, [topic.pk]
        while fresh:
            below = {child.pk for parent in fresh for child in self.children(parent)} - keys
            keys, fresh = keys | below, list(below)
        return keys

    def walk(self, parent: int | None = None, depth: int = 0) -> Iterator[tuple[int, TopicRecord]]:
        """Yield depth (from 0) and topic, each followed by what is within it."""
        ahead = [(depth, topic) for topic in reversed(self.children(parent))]
        while ahead:
            depth, topic = ahead.pop()
            yield depth, topic
            ahead += [(depth + 1, child) for child in reversed(self.children(topic.pk))]
