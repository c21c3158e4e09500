"""The kinds of entries of BibLaTeX: what work each is, and which fields it has."""

import re

# What work an entry is, in the words of CSL; any other is a "document".
WORKS = (
    dict.fromkeys(("article", "suppperiodical"), "article-journal")
    | dict.fromkeys(("inproceedings", "conference"), "paper-conference")
    | dict.fromkeys(("incollection", "inbook", "bookinbook"), "chapter")
    | dict.fromkeys(("suppbook", "suppcollection"), "chapter")
    | dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "proceedings"), "book")
    | dict.fromkeys(("mvproceedings", "reference", "mvreference"), "book")
    | dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "thesis")
    | dict.fromkeys(("report", "techreport"), "report")
    | dict.fromkeys(("online", "electronic", "www"), "webpage")
    | {"inreference": "entry-encyclopedia", "unpublished": "manuscript", "booklet": "pamphlet"}
    | {name: name for name in ("patent", "software", "dataset", "periodical")}
)
GENRES = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "techreport": "Technical report",
}
GENRE_KEYS = {"phdthesis": "PhD thesis", "mathesis": "Master’s thesis"} | {
    "techreport": "Technical report",
}
NO_GENRE = {"thesis": "Thesis", "report": "Report"}  # what these kinds must say in any case

# The kinds that are written, first the one that fits best, then what it lacks fields for.
WRITTEN = {
    "article-journal": ("article",),
    "paper-conference": ("inproceedings",),
    "chapter": ("inbook",),
    "book": ("book", "collection"),
    "thesis": ("thesis",),
    "report": ("report",),
    "webpage": ("online",),
    "manuscript": ("unpublished",),
    "patent": ("patent",),
    "software": ("software",),
    "dataset": ("dataset",),
}
# What biber demands of a kind, besides title and date.
NEEDED = {
    "article": {"author", "journal"},
    "inproceedings": {"author", "booktitle"},
    "inbook": {"author", "booktitle"},
    "book": {"author"},
    "collection": {"editor"},
    "thesis": {"author", "institution"},
    "report": {"author", "institution"},
    "online": {"url"},
    "unpublished": {"author"},
    "patent": {"author", "number"},
}
_EVERYWHERE = (
    "title shorttitle language year date month doi url eprint archiveprefix keywords abstract"
    " annotation verba"
)
EVERYWHERE = frozenset(_EVERYWHERE.split())
_BOOK = "editor translator volume number series publisher address isbn edition pages chapter"
_MISC = "author editor howpublished organization address type version"
FIELDS = {
    kind: EVERYWHERE | frozenset(names.split())
    for kind, names in {
        "article": "author journal editor translator volume number pages series issn version",
        "inproceedings": "author booktitle editor volume number pages series publisher address"
        " isbn chapter",
        "inbook": f"author booktitle {_BOOK} volumes",
        "book": f"author {_BOOK} pagetotal volumes",
        "collection": f"{_BOOK} pagetotal volumes",
        "thesis": "author type institution address pages pagetotal chapter",
        "report": "author type institution number address pages pagetotal chapter version",
        "online": "author editor organization version",
        "unpublished": "author howpublished address type",
        "patent": "author number address type version",
        "software": _MISC,
        "dataset": "author editor number series publisher address edition type version",
        "misc": _MISC,
    }.items()
}
# Where the name of what a work is part of stands, and of who published it.
CONTAINERS = ("journaltitle", "journal", "booktitle", "howpublished")
PUBLISHERS = ("publisher", "institution", "school", "organization")
# Fields by the names of CSL; "number" is the issue of an article.
DETAILS = {
    "volume": "volume",
    "pages": "page",
    "series": "collection-title",
    "edition": "edition",
    "type": "genre",
    "chapter": "chapter-number",
    "isbn": "ISBN",
    "issn": "ISSN",
    "language": "language",
    "version": "version",
    "pagetotal": "number-of-pages",
    "volumes": "number-of-volumes",
    "editor": "editor",
    "translator": "translator",
    "address": "publisher-place",
    "number": "number",
}
NAMES = ("author", "editor", "translator")
# What stands in howpublished and is no place where a work appeared.
NO_PLACE = re.compile(
    r"://|www\.|\b(?:accessed|available|online|web(?:site|page)?|url|html|pdf|blog|talk)\b",
    re.IGNORECASE,
)


def is_place(howpublished: str) -> bool:
    """Whether the words that say how a work was published say where."""
    return not NO_PLACE.search(howpublished)


def detail(kind: str, field: str) -> str:
    """Return what CSL calls a field of an entry of some kind."""
    return "issue" if (kind, field) == ("article", "number") else DETAILS[field]
