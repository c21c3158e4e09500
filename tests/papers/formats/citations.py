"""What tests of citations compare: papers as they were read, whatever the order of some parts."""

from dataclasses import replace


def read_back(document):
    """Return the papers of a document with the notes that stood beside them."""
    assert document.skipped == ()
    return [sorted_paper(replace(entry.paper, note=entry.note)) for entry in document.entries]


def sorted_paper(paper):
    """Return a paper whose identifiers, details and links stand in the order of their names."""
    return replace(
        paper,
        identifiers=tuple(sorted(paper.identifiers)),
        details=tuple(sorted(paper.details)),
        links=tuple(sorted(paper.links, key=lambda link: (link.kind != "paper", link.kind))),
    )
