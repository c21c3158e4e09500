"""Whether what stands in a list is a paper: links to where papers stand, names, a venue, a year.

Each sign has a weight; tools, films, workshops and other lists have signs of their own. The
weights were found on lists of several makers and hold for lists in general: what is no paper
seldom has two of the signs of one.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from papers.formats.markdown_drafts import Draft
from papers.formats.markdown_links import (
    NO_PAPER,
    is_label,
    is_scholarly,
    kind_by_address,
    kind_by_label,
)
from papers.formats.markdown_units import Part

DIALECTS = {
    "dated": "dated bullets",
    "linked": "linked titles",
    "bold": "bold titles",
    "quoted": "titles in quotes",
    "cited": "authors, then titles",
    "plain": "plain titles",
    "table": "table",
    "named": "titles, then names with values",
    "lines": "titles over authors",
}


ENOUGH = 2.0
PAPERS = re.compile(
    r"papers?\b|surveys?\b|publications?\b|preprints?\b|reviews?\b|accepted|\borals?\b"
    r"|\bspotlights?\b|\bposters?\b"
    r"|proceedings|must[- ]read|literature|论文|综述|contributed talks",
    re.IGNORECASE,
)
NO_PAPERS = re.compile(
    r"\btools?\b|toolkits?|toolbox|^(?:open[- ]source )?softwares?\b|software (?:tools|packages"
    r"|librar\w+)|librar(?:y|ies)\b|frameworks\b|inference framework|engines?\b|\bapis?\b"
    r"|implementations?|^codes?$|code ?bases?|^open[- ]source|repositor|\brepos?\b|websites?"
    r"|^web$|resources?\b|^(?:useful )?links?\b"
    r"|\bblogs?\b|posts?$|tutorials?|courses?\b|lectures?\b|\bvideos\b|^videos?$"
    r"|^(?:text)?books?\b(?!.*(?:survey|review))|^talks?$|invited"
    r"|workshops?\b|^events?\b|^people\b|researchers?\b|^authors?$|organi[sz]ers?|speakers?"
    r"|schedule|^programme?$|dates\b|sponsors?"
    r"|committee|contents?$|目录|licen[cs]e|contribut(?:ing|ors?|ions?)\b|acknowledge?ments?"
    r"|^citations?\b|^cit(?:e|ing)\b"
    r"|^references?$|contact|^news$|star history|awesome|leader ?boards?|competitions?\b"
    r"|community|^slides?$|^requirements?\b|install"
    r"|usage|getting started|updates?$|change ?log|criteria|^background$|maintain|to-?do\b|^faq"
    r"|products?\b|compan(?:y|ies)\b"
    r"|^demos?$|performance table|registration|other lists|related (?:lists"
    r"|projects|links)|工具|资源|registration",
    re.IGNORECASE,
)
LIST = re.compile(
    r"\bawesome\b|curated list|\b(?:paper|reading) list|collection of|list of (?:papers"
    r"|resources)|papers[- ]with[- ]code"
    r"|^top100|must-read papers|literature on",
    re.IGNORECASE,
)
GATHERING = re.compile(
    r"\bworkshop\b|\btutorials?\b|summer school|\bcourse\b|\blecture notes|\bchallenge 20"
    r"|\bhackathon",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"\W*\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:-|–|—|to\b|:|$|[A-Z(])", re.IGNORECASE
)
SENTENCE = re.compile(
    r"\b(?:please|you|your|we|our|feel free|should|will be|is a|are the|this (?:repo|list|is)"
    r"|here (?:is|are)|if)\b",
    re.IGNORECASE,
)
DAY = re.compile(
    r"\W*\d{1,2}(?:st|nd|rd|th)?\s+(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b"
)


def weight(draft: Draft, heading: int) -> float:
    """Return how much speaks for a paper; `heading` is 1, 0 or -1 as its section says."""
    title, split = draft.title, draft.split
    kinds = {link.kind for link in draft.links}
    scholarly = is_scholarly(split.url) or any(is_scholarly(link.url) for link in draft.links)
    total = 0.0
    named = any(
        link.kind == "paper" and kind_by_label(link.label) == "paper" for link in draft.links
    )
    total += 2 if scholarly or named else 0
    total += 1 if draft.place.year else 0
    total += 2 if draft.place.arxiv or draft.place.is_known else 0.5 if draft.place.venue else 0
    total += 1.5 if draft.authors else 0
    total += 3 if split.grammar in ("dated", "table") else 0
    total += 1 if draft.abstract else 0
    words = len(title.split())
    total += 0.5 if words >= 4 else -0.5 if words <= 2 and not scholarly else 0
    total += heading if heading >= 0 else -1.0 if is_scholarly(split.url) else -3.0
    own = kind_by_address(split.url)
    total += 0.5 if heading > 0 and split.url and not own else 0  # any host may hold a paper
    if own in ("code", "video", "slides", "discussion") and not scholarly:
        total -= 2 if "paper" not in kinds else 1
    return total - against(draft, scholarly)


def against(draft: Draft, scholarly: bool) -> float:
    """Return how much speaks against a paper in its words."""
    title = draft.split.title.strip()
    total = 0.0
    if LIST.search(title) and not draft.authors:
        total += 3
    if not scholarly and GATHERING.search(title):
        total += 2
    if CLOCK.match(title) or DAY.match(title):
        total += 4
    if SENTENCE.search(title) and draft.split.grammar in ("plain", "quoted") and not draft.authors:
        total += 2
    if title.endswith((":", "：")) and draft.split.grammar in ("plain", "bold"):
        total += 2.5
    if not any(letter.isalpha() for letter in title) or is_label(title):
        total += 4
    if draft.split.url.startswith("#"):
        total += 6
    if any(NO_PAPER.search(link.url) for link in draft.links) and not scholarly:
        total += 3
    return total


def heading_sign(headings: list[str]) -> int:
    """Return 1 when the headings above say that papers follow, -1 for other things, else 0."""
    for heading in reversed(headings):
        if PAPERS.search(heading):
            return 1
        if NO_PAPERS.search(heading.strip(" :.")):
            return -1
    return 0


def reason(draft: Draft, heading: int) -> str:
    """Return why something is taken for no paper."""
    title, url = draft.split.title, draft.split.url
    if url.startswith("#"):
        return "An entry of the contents."
    if CLOCK.match(title) or DAY.match(title):
        return "A line of a schedule."
    if LIST.search(title):
        return "Another list."
    if GATHERING.search(title):
        return "A workshop, a course or a tutorial."
    kind = kind_by_address(url)
    if kind == "code":
        return "Code or a tool without a paper."
    if kind in ("video", "slides"):
        return "A video or slides without a paper."
    if heading < 0:
        return "Its section is about other things than papers."
    return "Nothing says that this is a paper: no link to one, no authors, no venue, no year."


@dataclass(slots=True)
class Place:
    """A place of the list: what it says, when it says anything."""

    kind: str
    line: int
    lines: int
    draft: Draft | None = None
    reason: str = ""
    is_fault: bool = False
    weight: float = 0.0
    is_numbered: bool = False  # an item with a number
    form: str = ""  # of the places of a section, those of one form are alike


@dataclass(slots=True)
class Outcome:
    """What a section holds: papers, and what was taken for none or could not be read."""

    read: list[Place] = field(default_factory=list)
    skipped: list[Place] = field(default_factory=list)
    dialect: str = ""


def is_among(place: Place, sign: int, papers: int) -> bool:
    """Whether an item is numbered among papers, and so meant as one: a list, a guide."""
    if place.kind != "item" or place.draft is None or not place.is_numbered or sign <= 0:
        return False
    url = place.draft.split.url
    return papers > 0 and place.weight < ENOUGH and bool(url) and not url.startswith("#")


def verdict(part: Part, places: list[Place], sign: int) -> Outcome:
    """Divide the places of a section: what is like most of its papers is one too."""
    outcome = Outcome()
    forms = Counter(
        (place.kind, place.form) for place in places if place.draft and place.weight >= ENOUGH
    )
    common, count = forms.most_common(1)[0] if forms else (("", ""), 0)
    alike = [place for place in places if (place.kind, place.form) == common]
    is_sure = sign >= 0 and count >= 3 and count >= 0.6 * len(alike)
    for place in places:
        if place.draft and is_among(place, sign, count):
            place.draft.warnings.append("It stands among papers; nothing else says that it is one.")
            outcome.read.append(place)
        elif place.draft is None or place.kind in ("aside", "paragraph"):
            place.is_fault = place.is_fault and count > 0
            outcome.skipped.append(place)
        elif place.weight >= ENOUGH or (
            is_sure and (place.kind, place.form) == common and place.weight >= 0.5
        ):
            outcome.read.append(place)
        else:
            place.is_fault = is_sure and sign > 0 and place.weight >= 1
            outcome.skipped.append(place)
    if count:
        outcome.dialect = DIALECTS.get(common[1], common[1])
        marked = [unit.block.marker for unit in part.units if unit.kind == "item"]
        if common[0] == "item" and common[1] != "dated" and marked:
            number = sum(any(c.isdigit() for c in marker) for marker in marked) * 2 > len(marked)
            outcome.dialect = f"{'numbered' if number else 'bullets'}, {outcome.dialect}"
    return outcome
