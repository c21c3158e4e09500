"""A paper as `citation_*` tags: what Google Scholar, Zotero and others read in a page's head.

https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from papers.records import PaperRecord

CONTAINERS = {
    "journal": "citation_journal_title",
    "conference": "citation_conference_title",
    "book": "citation_inbook_title",
}
IDENTIFIERS = {"doi": "citation_doi", "arxiv": "citation_arxiv_id", "isbn": "citation_isbn"}
DETAILS = {
    "volume": "citation_volume",
    "issue": "citation_issue",
    "publisher": "citation_publisher",
    "ISSN": "citation_issn",
    "ISBN": "citation_isbn",
    "language": "citation_language",
}
PAGES = re.compile(r"\s*([^\s–—-]+)\s*(?:[–—-]+\s*([^\s–—-]+)\s*)?")  # 12, 12-19, e5–e9


def tags(paper: PaperRecord, address: str) -> Iterator[tuple[str, str]]:
    """Yield names and contents in order; an author's institution follows the author.

    `address` is the paper's page, with its host.
    """
    yield "citation_title", paper.title
    for author in paper.authors:
        yield "citation_author", author.name
        if author.affiliation:
            yield "citation_author_institution", author.affiliation
    if paper.year:
        date = f"{paper.year}/{paper.month:02}" if paper.month else f"{paper.year}"
        yield "citation_publication_date", date
    if paper.venue and paper.venue_kind in CONTAINERS:
        yield CONTAINERS[paper.venue_kind], paper.venue
    details = {name: str(value) for name, value in paper.details}
    yield from ((name, details[key]) for key, name in DETAILS.items() if details.get(key))
    yield from page_tags(details.get("page", ""))
    for scheme, value in paper.identifiers:
        if scheme in IDENTIFIERS:
            yield IDENTIFIERS[scheme], value
    for link in paper.links:
        if link.kind == "paper" and is_pdf(link.url):
            yield "citation_pdf_url", link.url
    yield "citation_abstract_html_url", address
    yield from (("citation_keywords", topic) for topic in paper.topics)


def page_tags(pages: str) -> Iterator[tuple[str, str]]:
    first, last = ends(pages)
    if first:
        yield "citation_firstpage", first
    if last:
        yield "citation_lastpage", last


def ends(pages: str) -> tuple[str, str]:
    """Return the first and the last page of "12-19"; empty what cannot be told."""
    found = PAGES.fullmatch(pages)
    return (found[1], found[2] or "") if found else ("", "")


def is_pdf(url: str) -> bool:
    """True for an address that by its look is a PDF: arXiv and OpenReview name none so."""
    path = urlsplit(url).path.lower()
    return path.endswith((".pdf", "/pdf")) or "/pdf/" in path
