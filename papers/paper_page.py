"""What a paper's own page shows beside its row: facts in words, citations, papers like it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from papers.exports import File, files, text_of
from papers.formats import bibtex, highwire, jsonld
from papers.formats.citing import ET_AL, ORGANIZATIONS
from papers.formats.highwire import is_pdf
from papers.identifiers import same_address
from papers.links_shown import is_dated, shown_links
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


OF_AUTHORS = (ET_AL, ORGANIZATIONS)  # said with their names, where it is said


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper in one format: to be read and copied here, and as a file."""

    file: File
    text: str


def context_of(row: Paper, address: str) -> dict[str, object]:
    """Return what the template needs of a paper loaded by `for_page`: one query more."""
    record = record_of(row)
    offered = files("papers:paper_file", row.code)
    links = links_of(row)
    kept = {same_address(url) for _kind, group in links for url, _text in group if not is_pdf(url)}
    affiliations = [each.affiliation for each in row.authorships.all()]
    return {
        "paper": row,
        "affiliated": row.authorships.all() if any(affiliations) else [],
        "month": MONTHS.get(row.month or 0, ""),
        "links": links,
        "details": details_of(record),
        "identifiers": [
            (each.get_scheme_display(), each.value, "" if same_address(url) in kept else url)
            for each in row.identifiers.all()
            for url in [identifier_address(each.scheme, each.value)]
        ],
        "alike": papers_like(row),
        "citations": [
            Citation(file, bibtex.readable(text_of(file, record)))
            for file in offered
            if file.is_text
        ],
        "files": offered,
        "tags": highwire.tags(record, address),
        "jsonld": jsonld.dumps(record, address),
    }


def links_of(row: Paper) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return addresses and their words, kind by kind; each address once, where it says most."""
    shown = {each.url: each.name for each in shown_links(row.links.all())}
    order = PaperLinkKind.values.index
    links = sorted(row.links.all(), key=lambda link: (order(link.kind), not is_dated(link)))
    kinds: dict[str, list[tuple[str, str]]] = {}
    for link in links:
        name = shown.pop(link.url, "")
        if name:
            text = name if is_dated(link) else undated(link)
            kinds.setdefault(link.get_kind_display(), []).append((link.url, text))
    return list(kinds.items())


def undated(link: PaperLink) -> str:
    """Return the words of a link: its label, else its address, and what these do not say."""
    text = link.label or Truncator(link.url).chars(60)
    said = (str(each) for each in (link.venue, link.year) if each)
    more = " ".join(each for each in said if each not in text)
    return f"{text} ({more})" if more else text


def details_of(record: PaperRecord) -> list[tuple[str, str]]:
    """Return names and values of what else is known: ours in order, then others as they are."""
    details = {name: value for name, value in record.details if value and name not in OF_AUTHORS}
    known = [(str(DETAILS[name]), details.pop(name)) for name in DETAILS if name in details]
    return known + sorted(details.items())


def papers_like(row: Paper) -> Sequence[Paper]:
    """Return the public papers most like this one, the most alike first."""
    public = Paper.objects.public().order_by()
    alike = Similar.objects.filter(paper=row, other__in=public).order_by("-score", "other__folded")
    return [each.other for each in alike.select_related("other__venue")[:ALIKE]]
