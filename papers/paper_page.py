"""What a paper's own page shows beside its row: facts in words, citations, papers like it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.exports import File, files, text_of
from papers.formats import highwire, jsonld
from papers.models import Paper, PaperLink, Similar
from papers.models.catalogue import PaperLinkKind
from papers.querysets import record_of
from papers.records import PaperRecord, identifier_address

ALIKE = 6

# By the names of CSL: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
DETAILS: dict[str, str | Promise] = {
    "collection-title": _("Series"),
    "editor": _("Edited by"),
    "edition": _("Edition"),
    "volume": _("Volume"),
    "issue": _("Number"),
    "page": _("Pages"),
    "publisher": _("Publisher"),
    "publisher-place": _("Place"),
    "genre": _("Kind"),
    "event-title": _("Event"),
    "ISBN": "ISBN",
    "ISSN": "ISSN",
    "language": _("Language"),
    "note": _("Note"),
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper in one format: to be read and copied here, and as a file."""

    file: File
    text: str


def context_of(row: Paper, address: str) -> dict[str, object]:
    """Return what the template needs of a paper loaded by `for_page`: one query more."""
    record = record_of(row)
    offered = files("papers:paper_file", row.code)
    affiliations = [each.affiliation for each in row.authorships.all()]
    return {
        "paper": row,
        "affiliated": row.authorships.all() if any(affiliations) else [],
        "month": MONTHS.get(row.month or 0, ""),
        "links": links_of(row),
        "details": details_of(record),
        "identifiers": [
            (each.get_scheme_display(), each.value, identifier_address(each.scheme, each.value))
            for each in row.identifiers.all()
        ],
        "alike": papers_like(row),
        "citations": [Citation(file, text_of(file, record)) for file in offered if file.is_text],
        "files": offered,
        "tags": highwire.tags(record, address),
        "jsonld": jsonld.dumps(record, address),
    }


def links_of(row: Paper) -> list[PaperLink]:
    """Return all links, kind by kind."""
    return sorted(row.links.all(), key=lambda link: PaperLinkKind.values.index(link.kind))


def details_of(record: PaperRecord) -> list[tuple[str, str]]:
    """Return names and values of what else is known: ours in order, then others as they are."""
    details = {name: value for name, value in record.details if value}
    known = [(str(DETAILS[name]), details.pop(name)) for name in DETAILS if name in details]
    return known + sorted(details.items())


def papers_like(row: Paper) -> Sequence[Paper]:
    """Return the public papers most like this one, the most alike first."""
    public = Paper.objects.public().order_by()
    alike = Similar.objects.filter(paper=row, other__in=public).order_by("-score", "other__folded")
    return [each.other for each in alike.select_related("other__venue")[:ALIKE]]
