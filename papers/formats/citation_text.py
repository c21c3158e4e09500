"""One paper in a few sentences, as people write it into an e-mail: plain, and in Markdown."""

import re
from collections.abc import Iterable

from papers.formats.citing import address_of, has_others, identifier, one_line, venue_of
from papers.records import PaperRecord, identifier_address

MOST_AUTHORS = 6  # then "et al."
# What Markdown reads as its own: anywhere, and where a line begins with it.
MARKDOWN = re.compile(r"[\\`*_\[\]<~$]|&(?=[#\w]+;)|:(?=//)|(?<=www)\.|^[+=#>-]")
NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")  # begins a list of its own
IN_ADDRESS = {ord(sign): f"%{ord(sign):02X}" for sign in ' ()<>\\"'}


def dumps(papers: Iterable[PaperRecord]) -> str:
    """Return a line for each paper."""
    return "".join(f"{plain(paper)}\n" for paper in papers)


def dumps_markdown(papers: Iterable[PaperRecord]) -> str:
    """Return a list in Markdown, an item for each paper."""
    return "".join(f"- {markdown(paper)}\n" for paper in papers)


def plain(paper: PaperRecord) -> str:
    """Return "Authors (2018). Title. Venue. Address"; what is not known is left out."""
    parts = [ended(who(paper)), ended(one_line(paper.title)), ended(where(paper)), address(paper)]
    return " ".join(part for part in parts if part)


def markdown(paper: PaperRecord) -> str:
    """Return the same with links: the title leads to the paper, code and others stand last."""
    title = escaped(one_line(paper.title))
    url = address(paper)
    links = [(each.kind, each.url) for each in paper.links if each.kind not in ("paper", "version")]
    parts = [
        ended(escaped(who(paper))),
        ended(link(title, url) if url else title, title),
        ended(escaped(where(paper))),
        *(link(f"\\[{kind}\\]", other) for kind, other in links),
    ]
    return NUMBER.sub(r"\1\\\2", " ".join(part for part in parts if part))


def who(paper: PaperRecord) -> str:
    names = [one_line(author.name) for author in paper.authors]
    if len(names) > MOST_AUTHORS or has_others(paper):
        names = [", ".join(names[:MOST_AUTHORS]) + (", et al." if len(names) > 1 else " et al.")]
    elif len(names) > 1:
        names = [", ".join(names[:-1]) + " and " + names[-1]]
    return " ".join([*names, *([f"({paper.year})"] if paper.year else [])])


def where(paper: PaperRecord) -> str:
    """Return venue, volume, issue and pages: "Nature 521(7553), 436–444"."""
    details = {name: one_line(str(value)) for name, value in paper.details}
    issue = f"({details['issue']})" if details.get("issue") else ""
    parts = [f"{venue_of(paper)} {details.get('volume', '')}{issue}".strip()]
    parts += [details["page"].replace("-", "–")] if details.get("page") else []
    return ", ".join(part for part in parts if part)


def address(paper: PaperRecord) -> str:
    """Return the DOI's address, which lasts, else the best that is known."""
    doi = identifier(paper, "doi")
    return one_line(identifier_address("doi", doi) if doi else address_of(paper))


def ended(sentence: str, words: str = "") -> str:
    """Return a sentence with its full stop; `words` are those that it ends with."""
    return sentence if not sentence or (words or sentence)[-1] in ".?!" else f"{sentence}."


def link(text: str, url: str) -> str:
    return f"[{text}]({url.translate(IN_ADDRESS)})"


def escaped(text: str) -> str:
    """Return text of which Markdown makes the same text, wherever it stands in a line."""
    return MARKDOWN.sub(r"\\\g<0>", text)
