"""A paper as a dated bullet, the tidiest way that lists of papers are written."""

from papers.formats.markdown_facts import Facts, letter
from papers.formats.markdown_pieces import marks, with_link


def bullet(facts: Facts) -> str:
    """Return one line: - 2018-NIPSo-[Title](address) [[Code](address)] [Best paper] (note)."""
    first = next((link for link in facts.links if link.kind == "paper"), None)
    name = " ".join(facts.title.split())
    text = f"- {front(facts)}[{name}]({first.url if first else ''})"
    for link in facts.links:
        if link is not first:
            text = with_link(text, link, 0) if first else f"{text} [[{link.kind}]({link.url})]"
    if facts.venue and not facts.year:
        text += f" ({facts.venue})"
    text = marks(text, Facts(facts.title), facts, 0)
    return text + (f" ({' '.join(facts.note.split())})" if facts.note else "")


def front(facts: Facts) -> str:
    """Return what stands before the title; a month only where no venue does."""
    if not facts.year:
        return ""
    if facts.venue:
        return f"{facts.year}-{facts.venue}{letter(facts)}-"
    return f"{facts.year}.{facts.month:02}-" if facts.month else f"{facts.year}-"


def heading_line(heading: str, level: int) -> str:
    return f"{'#' * min(max(level, 1), 6)} {' '.join(heading.split())}"
