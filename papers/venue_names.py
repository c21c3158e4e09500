"""Which venue a printed name means: years, editions, marks and "Proceedings of" taken off.

"In Proc. of the 35th ICML", "ICML'18" and "ICMLo" are one venue; "NIPSw" and "NIPS 2018 Workshop
on ..." are workshops at one. A name that nobody knows stays as it is printed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from papers.folding import fold
from papers.known_venues import KNOWN, KnownVenue

__all__ = ["KNOWN", "KnownVenue", "PrintedVenue", "marks_of", "venue_of"]

SMALL = frozenset(("a", "an", "the", "of", "on", "in", "for", "and", "annual"))
SPONSORS = frozenset(("ieee", "cvf", "acm", "rsj", "usenix", "sigplan"))
SUFFIXES = {"o": "oral", "s": "spotlight", "w": "workshop", "W": "workshop", "b": "best paper"}
# The year before the first edition, of those that were held every year since.
BEFORE_THE_FIRST = {"icml": 1983, "iclr": 2012, "acl": 1962, "uai": 1984, "colt": 1987, "kdd": 1994}
YEAR_OF_VOLUME_0 = 1987  # of "Advances in Neural Information Processing Systems"

ORDINAL = re.compile(
    r"\b(?:(\d{1,3})(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty|sixty)[- ]?)?"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth)"
    r"|twentieth|thirtieth|fortieth|fiftieth|sixtieth)\b\s*",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"^(?:in[:\s]+(?=\S)|to appear (?:in|at)\s+|published (?:in|at)\s+|presented at\s+"
    r"|accepted (?:to|at|by|for|in)\s+|appear(?:ing|s) (?:in|at)\s+"
    r"|(?:the )?(?:proceedings|proc\.?) (?:of|from)(?: the)?\s+|(?:conference )?proceedings\s+"
    r"|proc\.\s*|the\s+)",
    re.IGNORECASE,
)
UNPUBLISHED = re.compile(
    r"^(?:submitted|under (?:double[- ]blind )?review|in submission|in preparation|unpublished"
    r"|manuscript|withdrawn|rejected|desk[- ]rejected)\b|\b(?:submission|withdrawn|rejected)$",
    re.IGNORECASE,
)
ARXIV_NUMBER = re.compile(
    r"(?:arxiv\s*[:.]?\s*|abs/)+\d{4}\.\d{4,5}(?:v\d+)?(?:\s*\[[\w.-]+\])?|\babs/[\w./-]+",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
SHORT_YEAR = re.compile(r"\s*['’`´‘]\s?(\d\d)(?!\d)")
GLUED_YEAR = re.compile(r"([^\W\d](?:[\w&*+ ]*?[^\W\d])?)[-_ ]?(\d\d)")
NUMBERS = re.compile(
    r"[\s,;:-]+(?:(?:vol(?:ume)?|no|pp?|pages?|issue|part|number)\.?)?\s*\d[\d\s():,;./–-]*$",
    re.IGNORECASE,
)
TRACK = re.compile(
    r"[\s,:-]+(?:main (?:track|conference|proceedings)|conference(?: track)?|research track"
    r"|long papers?|short papers?|system demonstrations|proceedings|posters?)$",
    re.IGNORECASE,
)
LONGEST = 400  # characters; what is longer is no name of a venue
AWARD = (
    r"(?:(?:best|outstanding|distinguished|test[- ]of[- ]time|spotlight best)\s+"
    r"(?:[\w-]+\s+){0,3}?(?:paper|poster|thesis|demo|award)s?"
    r"(?:\s+awards?)?(?:[\s,:(-]+(?:runner[- ]?up|honou?rable mention|finalist|candidate|nominee)s?"
    r"\)?)?|honou?rable mention|award candidate|highlight(?:ed)?(?: paper)?)"
)
SHOWN = r"(?:oral|spotlight|poster|notable[- ]top[- ](?:5|25)%)"
MARK = (
    rf"(?:{AWARD}|(?:(?:long|short|contributed|full|accept(?:ed)?)\s*[(-]?\s*)?{SHOWN}s?"
    r"(?:\s*(?:presentation|paper|talk|session)s?)?)"
)
MARK_BEHIND = re.compile(rf"(?:^|[\s(\[,;:–-]+)({MARK})\s*[!)\]]*[.,;]?$", re.IGNORECASE)
MARK_BEFORE = re.compile(rf"^[(\[]?({MARK})[!)\]]*(?:\s+(?:at|in)\s+|\s*[,:–-]\s*)", re.IGNORECASE)
SPLIT = re.compile(r"\s*[,;:|()\[\]–—]\s*|\s+[-@/]\s+|\s*@\s*|\s+at\s+|\s+co-located with\s+")
JOURNAL = re.compile(
    r"\b(?:journal|transactions|letters|magazine|annals|review|bulletin)\b|\b(?:trans|j)\. "
)
MEETING = re.compile(r"conference|symposium|workshop|proceedings|meeting|congress|colloquium")


@dataclass(frozen=True, slots=True)
class PrintedVenue:
    """What a printed venue says. Empty: nothing is said of it; no name: published nowhere."""

    name: str
    short: str = ""
    kind: str = ""  # a value of VenueKind
    is_workshop: bool = False
    year: int | None = None
    presentation: str = ""  # a value of PresentedAs
    award: str = ""


@lru_cache(maxsize=1000)
def marks_of(text: str) -> tuple[str, str]:
    """Return presentation and award of a mark in words: "Oral", "Best paper!", "Highlight"."""
    text = " ".join(text.split()).strip("!()[] ")
    award = re.search(AWARD, text, re.IGNORECASE)
    if award:
        text = text.replace(award[0], "")
    shown = re.search(rf"\b{SHOWN}", text, re.IGNORECASE)
    presentation = shown[0].lower() if shown else ""
    if presentation.startswith("notable"):
        presentation = "spotlight" if "25" in presentation else "oral"
    return presentation, award[0][:1].upper() + award[0][1:] if award else ""


@lru_cache(maxsize=20_000)
def venue_of(printed: str) -> PrintedVenue:
    """Return which venue `printed` means, and what else it says."""
    if len(printed) > LONGEST:
        return PrintedVenue(printed)
    text = " ".join(re.sub(r"[{}\\]", "", printed).split()).strip(" .,;")
    text, marks = _without_marks(text)
    presentation, award = marks_of("; ".join(marks)) if marks else ("", "")
    text = re.sub(
        r"(?i)^(?:arxiv|corr)\b.*?(?=\(|,|$|\b(?:19|20)\d\d$)",
        "arXiv ",
        ARXIV_NUMBER.sub("arXiv", text),
    )
    text, year = _without_year(text)
    if UNPUBLISHED.search(text):
        return PrintedVenue("", year=year, presentation=presentation, award=award)
    known = _find(text)
    if known is None:
        stem, mark = text[:-1], SUFFIXES.get(text[-1:], "")
        known = _INDEX.get(fold(stem)) if mark and _takes_suffix(stem) else None
        if known:
            presentation = mark if mark in ("oral", "spotlight") else presentation
            award = "Best paper" if mark == "best paper" else award
            text = f"{stem} workshop" if mark == "workshop" else stem
    if known is None:
        name = re.sub(r"\s*\([^()]*$", "", _bare(text)) or text
        return PrintedVenue(name, "", _guessed(name), False, year, presentation, award)
    workshop = bool(re.search(r"workshops?\b", text, re.IGNORECASE)) and not _is_named(text, known)
    year = year or _year_of_edition(text, known)
    return PrintedVenue(known.name, known.short, known.kind, workshop, year, presentation, award)


def _without_marks(text: str) -> tuple[str, list[str]]:
    marks = []
    for pattern in (MARK_BEHIND, MARK_BEFORE, MARK_BEHIND, MARK_BEHIND):
        found = pattern.search(text)
        if found and found[0] != text:
            marks.append(found[1])
            text = (text[: found.start()] + text[found.end() :]).strip(" .,;")
    return text, marks


def _without_year(text: str) -> tuple[str, int | None]:
    short = SHORT_YEAR.search(text)
    years = YEAR.findall(text)
    year = int(years[0]) if years else None
    if short:
        two = int(short[1])
        year = year or (1900 if two >= 50 else 2000) + two
        text = SHORT_YEAR.sub(" ", text)
    glued = GLUED_YEAR.fullmatch(text)
    if glued and not year and _is_acronym(glued[1]):
        two, text = int(glued[2]), glued[1]
        year = (1900 if two >= 50 else 2000) + two
    text = re.sub(rf"[\s,.(-]*{YEAR.pattern}\)?", " ", text)
    return " ".join(text.split()).strip(" .,;-"), year


def _find(text: str) -> KnownVenue | None:
    for reading in _readings(text):
        known = _INDEX.get(fold(reading)) or _RELAXED.get(_relaxed(reading))
        if known:
            return known
    return _abbreviated(_bare(text))


def _readings(text: str) -> Iterator[str]:
    """Yield what may be the name in a printed venue, the surest first."""
    bare = _bare(text)
    yield text
    yield bare
    without = " ".join(re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", bare).split())
    yield without
    if re.search(r"\bfindings\b", text, re.IGNORECASE):
        yield "Findings of ACL" if re.search(r"ACL|EMNLP|Association for Comp", text) else text
    pieces = [_bare(piece) for piece in SPLIT.split(text) if piece]
    yield from (piece for piece in pieces if len(piece) < 20 and _capitals(piece) >= 2)
    yield from pieces[:1]
    before, *after = re.split(r"(?i)\bworkshops?\b", text, maxsplit=1)
    if after:
        yield _without_lead(before.strip(" -"))
        yield from (word for word in re.findall(r"[\w&*]+", text) if _capitals(word) >= 3)
    first, *more = without.split(" and the ")
    yield first if more else text


def _capitals(text: str) -> int:
    return sum(map(str.isupper, text))


def _bare(text: str) -> str:
    """Return a name without what stands before and behind it: editions, tracks, volumes, pages."""
    text, before = _without_lead(text), ""
    while text != before:
        before, text = text, TRACK.sub("", NUMBERS.sub("", text))
    return text.strip(" .,;:-")


def _without_lead(text: str) -> str:
    """Return a name without "In", "Proceedings of the" and the number of an edition."""
    while found := LEAD.match(text) or ORDINAL.match(text):
        if found.end() == len(text):
            break
        text = text[found.end() :]
    return text.strip(" .,;:-")


def _relaxed(text: str) -> str:
    words = [word for word in fold(ORDINAL.sub("", text)).split() if word not in SMALL | SPONSORS]
    return " ".join(words) if len(words) >= 3 else ""


def _abbreviated(text: str) -> KnownVenue | None:
    """Return a venue each of whose words begins as printed: "IEEE Trans. Pattern Anal. ..."."""
    if not re.search(r"\w\.(?:\s|$)|\bIntl\b|\bTrans\b|\bConf\b", text):
        return None
    plain = re.sub(r"\bint'?l\b", "int", fold(text))
    words = [word for word in plain.split() if word not in SMALL | SPONSORS]
    if len(words) < 3:
        return None
    for full, known in _RELAXED.items():
        whole = full.split()
        if len(whole) == len(words) and all(map(str.startswith, whole, words)):
            return known
    return None


def _takes_suffix(stem: str) -> bool:
    """Whether a letter behind this may be a mark: behind acronyms of conferences alone."""
    known = _INDEX.get(fold(stem))
    return known is not None and known.kind == "conference" and _capitals(stem) > 2


def _is_acronym(text: str) -> bool:
    """Whether this is the short name of a conference: numbers behind it are a year, no volume."""
    known = _INDEX.get(fold(text))
    return known is not None and known.kind == "conference" and len(text) <= len("USENIX Security")


def _is_named(text: str, known: KnownVenue) -> bool:
    """Whether "workshop" belongs to the name itself, as in that of WMT or ASRU."""
    names = {fold(name) for name in (known.name, *known.aliases)}
    return fold(_bare(text)) in names


def _year_of_edition(text: str, known: KnownVenue) -> int | None:
    volume = re.search(r"\b(\d{1,2})$", text)
    if known.slug == "neurips" and volume and re.search("advances", text, re.IGNORECASE):
        return YEAR_OF_VOLUME_0 + int(volume[1])
    ordinal = ORDINAL.search(text)
    if ordinal and ordinal[1] and known.slug in BEFORE_THE_FIRST:
        return BEFORE_THE_FIRST[known.slug] + int(ordinal[1])
    return None


def _guessed(name: str) -> str:
    """Return the kind that the words of an unknown name say, or nothing."""
    lower = name.lower()
    if JOURNAL.search(lower):
        return "journal"
    return "conference" if MEETING.search(lower) else ""


_INDEX = {
    fold(name): venue for venue in KNOWN for name in (*venue.aliases, venue.short, venue.name)
}
_RELAXED = {
    _relaxed(name): venue
    for venue in KNOWN
    for name in (*venue.aliases, venue.name)
    if _relaxed(name)
}
