"""Where and when a paper appeared, as a list prints it: "[ICML'17]", "(arXiv 2021.12)".

The venue is kept as printed, without its year and marks.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from papers.formats.markdown_inline import tidy
from papers.venue_names import marks_of, venue_of

ARXIV = re.compile(
    r"(?:ar[xvi]{3,4}\s+preprint[\s,]+)?ar[xvi]{3,4}(?:\s+preprint)?\s*[:.\s]\s*(?:abs/)?"
    r"(\d{4}\.\d{4,5})(?:v\d+)?",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<![\d.:/-])((?:19[5-9]|20[0-4])\d)(?!\d|:\d)")
SHORT_YEAR = re.compile(r"(?<=[A-Za-z])\s?['’‘`´]\s?(\d\d)(?!\d)")
BARE_SHORT = re.compile(r"^([A-Za-z][A-Za-z&/-]{1,11}) (?=([0-3]\d)$)")
DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([.\-/])(0?[1-9]|1[0-2])(?:\2(?:0?[1-9]|[12]\d|3[01]))?(?![\d.])"
)
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = re.compile(
    r"(?:(?<=\d)|\b)(?:(?:[0-3]?\d(?:st|nd|rd|th)?)[\s.]+)?(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?"
    r"|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\b[.,]*(?:\s*[0-3]?\d(?:st|nd|rd|th)?,)?\s*(?=['’]?\d|$)",
    re.IGNORECASE,
)
MARK = re.compile(
    r"(?:[\w’'-]+\s+){0,2}?(?:oral|spotlight|highlight|poster|best(?:\s+\w+){0,2}\s+(?:paper"
    r"|poster|award)"
    r"|outstanding(?:\s+\w+)?(?:\s+paper)?|award\w*|honou?rable\s+mention|test\s+of\s+time"
    r"|notable[\s-]top[\s-]\d+%|runner-?up|best|finalist|distinguished(?:\s+paper)?|reject(?:ed)?|withdrawn)s?"
    r"(?:\s+(?:presentation|paper|award|candidate|nominee|mention|finalist|track|talk|runner-?up"
    r"|poster|session|runner|up|\(\w+\)))*",
    re.IGNORECASE,
)
AWARD = re.compile(r"award: (.{1,100})", re.IGNORECASE)  # as one goes out that no mark says
SURE = re.compile(
    r"^(?:in\s+)?(?:proc|ieee|acm|journal|trans|transactions|international|int|advances|annals"
    r"|workshop"
    r"|conference|symposium|arxiv|arvix|corr|preprint|bio-?rxiv|technical report|tech report|phd"
    r"|ph\.d"
    r"|master|thesis|blog|nature|science|springer|lncs|cvpr|nips|neurips|openreview|under review"
    r"|synthesis lectures|lecture notes|european|asian|annual|findings|frontiers|chapter|patent)\b",
    re.IGNORECASE,
)
ACRONYM = re.compile(r"^[A-Z][A-Za-z]*(?:[-/&+ ][A-Z][A-Za-z]*){0,3}$")
NUMBERS = re.compile(r"[\s,]+(?:(?:vol|no|pp)\b\.?)?\s*\d[\d\s.:(),–-]*$", re.IGNORECASE)
TRACK = re.compile(
    r"\s*,\s*(?:short|long|main|demo|regular)(?:\s+(?:paper|track))?\W*$", re.IGNORECASE
)
SMALL = re.compile(
    r"\b(?:we|is|are|this|that|it|you|not|see|from|using|only|if|can|be|was|has)\b", re.IGNORECASE
)
LETTERS = {"o": "oral", "s": "spotlight", "b": "Best paper", "w": "workshop"}
EDGES = ' \t\n.,;:|-–—*()[]"“”'


@dataclass(frozen=True, slots=True)
class Place:
    """Venue, date and marks, as far as a few words say them."""

    venue: str = ""
    is_workshop: bool = False
    year: int | None = None
    month: int | None = None
    presentation: str = ""
    award: str = ""
    marks: tuple[str, ...] = ()
    arxiv: str = ""
    is_known: bool = False  # the venue is one that has a name of its own

    def joined(self, other: "Place") -> "Place":
        """Return what both say; where they differ the venue that is no preprint server wins."""
        first, second = self, other
        if is_preprint(first.venue) and second.venue and not is_preprint(second.venue):
            first, second = other, self
        return Place(
            venue=first.venue or second.venue,
            is_workshop=first.is_workshop or second.is_workshop,
            year=first.year or second.year,
            month=first.month if first.year else second.month,
            presentation=first.presentation or second.presentation,
            award=first.award or second.award,
            marks=self.marks + tuple(mark for mark in other.marks if mark not in self.marks),
            arxiv=first.arxiv or second.arxiv,
            is_known=first.is_known or second.is_known,
        )


def is_preprint(venue: str) -> bool:
    return venue_of(venue).kind == "preprint" or venue.lower() in ("preprint", "corr", "arvix")


def mark_of(text: str) -> Place | None:
    """Return the mark that the words are and nothing else; None when they say more."""
    words = " ".join(text.split()).strip("!*.,;: ()[]")
    if named := AWARD.fullmatch(words):
        return Place(award=named[1])
    if not words or len(words) > 60 or not MARK.fullmatch(words) or venue_of(words).short:
        return None
    if venue_of(words.split()[0]).short:
        return None
    presentation, award = marks_of(words)
    if not presentation and not award and re.search("best|award|outstanding", words, re.IGNORECASE):
        award = "Best paper" if words.lower() == "best" else words[:1].upper() + words[1:]
    return Place(
        presentation=presentation, award=award, marks=(" ".join(text.split()).strip(" *()[]"),)
    )


@lru_cache(maxsize=1000)  # grammars ask for the same words one after the other
def place_of(text: str, is_place: bool = False) -> Place | None:
    """Return what the words say of venue, date and marks; None when they speak of other things.

    With `is_place` they stand where a venue is expected, so that an unknown one is believed.
    """
    words = tidy(text).strip(EDGES.replace("(", "").replace("[", ""))
    if not words or len(words) > 200:
        return None
    if mark := mark_of(words):
        return mark
    place, rest = dated(words)
    rest, place = without_marks(rest, place)
    rest = re.sub(r"\(\s*\)|\[\s*\]", "", rest).strip(EDGES) if rest else rest
    rest = re.sub(
        r"^(?:in|published in|accepted (?:to|by|at)|appears in|at|@)[: ]+",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    if not rest:
        return place if place.year or place.arxiv or place.marks else None
    return with_venue(rest, place, is_place)


def dated(words: str) -> tuple[Place, str]:
    """Return the date in the words, and the words without it."""
    words = re.sub(
        r"(ar[xvi]{3,4}):\s*(?=(?:19|20)\d\d\b(?!\.))", r"\1 ", words, flags=re.IGNORECASE
    )
    arxiv = ARXIV.search(words)
    if arxiv:
        other = f"{words[: arxiv.start()]} {words[arxiv.end() :]}"
        is_published = bool(venue_of(YEAR.sub("", other).strip(EDGES)).short)
        words = other if is_published else f"{words[: arxiv.start()]} arXiv {words[arxiv.end() :]}"
    if match := DATE.search(words):
        full, month = int(match.group(1)), int(match.group(3))
        rest = words[: match.start()] + " " + words[match.end() :]
        return Place(year=full, month=month, arxiv=arxiv.group(1) if arxiv else ""), rest.strip(
            EDGES
        )
    named = MONTH.search(words)
    if named and (YEAR.search(words) or re.search(r"['’]\d\d", words)):
        words = words[: named.start()] + " " + words[named.end() :]
    else:
        named = None
    year, rest = year_in(words)
    if year is None and arxiv:
        year = year_of_arxiv(arxiv.group(1))
    number = MONTHS.index(named.group(1)[:3].lower()) + 1 if named and year else None
    return Place(year=year, month=number, arxiv=arxiv.group(1) if arxiv else ""), rest.strip(EDGES)


def year_in(words: str) -> tuple[int | None, str]:
    """Return the year of the words, the last that they name, and the words without it."""
    found = list(YEAR.finditer(words))
    if found:
        match = found[-1]
        return int(match.group(1)), f"{words[: match.start()]} {words[match.end() :]}".strip("'’ ")
    if short := SHORT_YEAR.search(words) or re.search(r"^['’‘](\d\d)(?!\d)", words):
        rest = f"{words[: short.start()]} {words[short.end() :]}"
        return century(int(short.group(1))), rest
    if bare := BARE_SHORT.match(words):
        return century(int(bare.group(2))), bare.group(1)
    glued = re.match(r"^([A-Z][A-Za-z]{2,9})-?([0-3]\d)(?=$|[\s(w])", words)
    if glued and venue_of(glued.group(1)).short:
        return century(int(glued.group(2))), glued.group(1) + words[glued.end() :]
    return None, words


def century(two: int) -> int:
    return (1900 if two >= 50 else 2000) + two


def year_of_arxiv(number: str) -> int | None:
    """Return the year that a number of arXiv since 2007 begins with."""
    year, month = 2000 + int(number[:2]), int(number[2:4])
    return year if 2007 <= year <= 2049 and 1 <= month <= 12 else None


def without_marks(words: str, place: Place) -> tuple[str, Place]:
    """Take marks in words off a venue: "ECCV (Oral)", "CVPR oral", "Oral, CVPR"."""
    for part in re.findall(r"\(([^()]{1,60})\)|\[([^\[\]]{1,60})\]", words):
        inner = part[0] or part[1]
        if mark := mark_of(inner):
            words = words.replace(f"({inner})", " ").replace(f"[{inner}]", " ")
            place = place.joined(mark)
    parts = [part.strip() for part in re.split(r"[,;/]| [-–] ", words)]
    if len(parts) > 1 and (marks := [part for part in parts if part and mark_of(part)]):
        for part in marks:
            place = place.joined(mark_of(part) or place)
        words = ", ".join(part for part in parts if part and part not in marks)
    first, _, behind = words.strip(EDGES).partition(" ")
    if behind and venue_of(first).short and (mark := mark_of(behind)):
        return first, place.joined(mark)
    return words, place


def with_venue(rest: str, place: Place, is_place: bool) -> Place | None:
    """Return the place with the words that are left as its venue, when they can be one."""
    found = venue_of(rest)
    known = bool(found.short) or found.kind == "preprint"
    stem, letter = rest[:-1], rest[-1:]
    if known and not venue_of(stem + letter.upper() * 2).short and suffixed(rest):
        mark = LETTERS[letter]
        return replace(
            place,
            venue=stem,
            is_workshop=mark == "workshop",
            presentation=mark if letter in "os" else place.presentation,
            award=mark if letter == "b" else place.award,
            marks=(letter, *place.marks),
            is_known=True,
        )
    if not (known or is_place) and not can_be_venue(rest, place):
        return None
    if known and len(rest.split()) > 3 and is_sentence(rest):
        return None
    workshop = found.is_workshop or bool(re.search(r"\bworkshops?\b", rest, re.IGNORECASE))
    return replace(place, venue=bare_venue(rest), is_workshop=workshop, is_known=known)


def bare_venue(text: str) -> str:
    """Return a venue without the word "workshop" when that is all that follows its name."""
    text = tidy(TRACK.sub("", NUMBERS.sub("", text)))
    short = re.sub(r"\s*\bworkshops?\b\s*$", "", text, flags=re.IGNORECASE).strip(EDGES)
    return (short if venue_of(short).short else text).strip(EDGES)


def suffixed(word: str) -> bool:
    """Whether the last letter is a mark: of a venue whose name stands without it."""
    if len(word) < 4 or word[-1:] not in LETTERS or " " in word or not word[-2].isupper():
        return False
    stem, whole = venue_of(word[:-1]), venue_of(word)
    return stem.kind == "conference" and whole.name == stem.name


def can_be_venue(text: str, place: Place) -> bool:
    """Whether words that nobody knows may be a venue: they begin like one, or have a year."""
    if SURE.match(text) and len(text.split()) <= 14:
        return True
    if not place.year or len(text.split()) > 9 or is_sentence(text):
        return False
    return bool(ACRONYM.match(text)) or text[:1].isupper()


def is_sentence(text: str) -> bool:
    return bool(SMALL.search(text))


def whole(places: Iterable[Place]) -> Place:
    """Return what several places say together."""
    result = Place()
    for place in places:
        result = result.joined(place)
    return result
