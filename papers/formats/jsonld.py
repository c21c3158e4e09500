"""A paper as schema.org describes it: https://schema.org/ScholarlyArticle."""

import json

from papers.records import PaperRecord, identifier_address

# Within <script> no text may end the element: https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements
SAFE = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def dumps(paper: PaperRecord, address: str) -> str:
    """Return JSON-LD that can stand in a <script type="application/ld+json"> as it is.

    `address` is the paper's page, with its host.
    """
    known = {name: value for name, value in article(paper, address).items() if value}
    return json.dumps(known, ensure_ascii=False, indent=1).translate(SAFE)


def article(paper: PaperRecord, address: str) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": address,
        "url": address,
        "headline": paper.title,
        "name": paper.title,
        "author": [
            {"@type": "Person", "name": author.name}
            | ({"affiliation": author.affiliation} if author.affiliation else {})
            for author in paper.authors
        ],
        "datePublished": published(paper),
        "isPartOf": paper.venue and {"@type": container(paper), "name": paper.venue},
        "abstract": paper.abstract,
        "identifier": [f"{scheme}:{value}" for scheme, value in paper.identifiers],
        "sameAs": [
            *filter(None, (identifier_address(*pair) for pair in paper.identifiers)),
            *(link.url for link in paper.links if link.kind == "paper"),
        ],
    }


def container(paper: PaperRecord) -> str:
    return "Periodical" if paper.venue_kind == "journal" else "PublicationIssue"


def published(paper: PaperRecord) -> str:
    """Return "2018", "2018-06", or nothing."""
    if paper.year is None:
        return ""
    return f"{paper.year}-{paper.month:02}" if paper.month else f"{paper.year}"
