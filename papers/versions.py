"""What two versions of one work say: the published one first, the other on its link."""

from .formats.citing import ET_AL
from .identifiers import same_address
from .imports.claims import rank
from .models import Paper, PaperLink
from .models.catalogue import PaperLinkKind
from .records import identifier_address

WHERE = ("venue", "is_workshop", "year", "month")
ELSE = ("presentation", "award", "abstract", "alias", "cite_key")


def leading(kept: Paper, other: Paper) -> tuple[Paper, Paper]:
    """Return the version whose facts are the paper's, and the other one: published, preprint."""
    return (other, kept) if standing(other) > standing(kept) else (kept, other)


def standing(paper: Paper) -> int:
    """Return how far a version has come, as imports see it."""
    kind = paper.venue.kind if paper.venue else None
    return rank(kind, is_workshop=paper.is_workshop, year=paper.year)


def join_facts(kept: Paper, other: Paper) -> dict[str, object]:
    """Return what `kept` will say of itself; the version that does not lead notes its own."""
    first, second = leading(kept, other)
    facts = {name: getattr(first, name) for name in WHERE}
    if first.year is None and first.venue in (None, second.venue):
        facts |= {"year": second.year, "month": second.month}
    facts |= {name: getattr(first, name) or getattr(second, name) for name in ELSE}
    facts["cite_key"] = kept.cite_key or other.cite_key
    facts["details"] = {**second.details, **first.details}
    if any(ET_AL not in each.details for each in (kept, other) if each.authorships.exists()):
        facts["details"].pop(ET_AL, None)
    facts["is_public"] = kept.is_public or other.is_public
    if (second.venue, second.year) not in ((facts["venue"], facts["year"]), (None, None)):
        note_version(second, {same_address(link.url) for link in links_of(first)})
    return facts


def note_version(paper: Paper, known: set[str]) -> None:
    """Write venue and year of a version on its link; one is made of its identifier if need be.

    `known` are the addresses of the leading version: such a link keeps its kind.
    """
    link = paper.links.filter(kind=PaperLinkKind.PAPER).first() or link_of_identifier(paper)
    if link is None:
        return
    if same_address(link.url) not in known:
        link.kind = PaperLinkKind.VERSION
    link.venue, link.year = link.venue or paper.venue, link.year or paper.year
    link.save()


def links_of(paper: Paper) -> list[PaperLink]:
    """Return the links as they are stored now, whatever was loaded with the paper."""
    return list(paper.links.order_by("position", "pk").select_related("venue"))


def link_of_identifier(paper: Paper) -> PaperLink | None:
    for each in paper.identifiers.all():
        if url := identifier_address(each.scheme, each.value):
            return PaperLink(paper=paper, url=url)
    return None


def join_links(kept: Paper, other: Paper) -> None:
    """Give `kept` the links it has not, after its own; what one says of a version is kept."""
    mine = {same_address(link.url): link for link in links_of(kept)}
    last = max((link.position for link in mine.values()), default=0)
    for link in links_of(other):
        known = mine.setdefault(same_address(link.url), link)
        if known is link:
            last += 1
            link.paper, link.position = kept, last
            link.save()
        else:
            known.venue, known.year = known.venue or link.venue, known.year or link.year
            known.save()
            link.delete()
