"""What one place of a list says of a paper, while it is being gathered."""

import re
from dataclasses import dataclass, field

from papers.formats.markdown_cuts import cleaned
from papers.formats.markdown_grammars import Split
from papers.formats.markdown_inline import Piece, tidy
from papers.formats.markdown_links import kind_by_address, link_kind
from papers.formats.markdown_places import DATE, Place, is_preprint, mark_of, place_of
from papers.records import AuthorRecord, LinkRecord

BADGE = re.compile(r"img\.shields\.io/badge/([^?#]+?)-[\w]+(?:\.svg)?(?:[?#]|$)")
NOISE = re.compile(
    r"(?:star|stars|github stars|forks?|badge|static badge|awesome|license|visitors?"
    r"|last commit)$",
    re.IGNORECASE,
)


DATED_LABEL = re.compile(r"((?:19|20)\d\d)-([^-]{2,20})-")
ADDRESS = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
ODD_ADDRESS = re.compile(r"\.pdf(?=[A-Za-z])|https?://https?:|^https?://[^./]+/?$")


@dataclass(slots=True)
class Draft:
    """A paper being gathered; `split` is how its title was found."""

    split: Split
    place: Place = field(default_factory=Place)
    authors: tuple[AuthorRecord, ...] = ()
    links: list[LinkRecord] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    abstract: str = ""
    alias: str = ""

    @property
    def title(self) -> str:
        return cleaned(self.split.title)

    def say(self, place: Place) -> None:
        self.place = self.place.joined(place)

    def link(self, kind: str, url: str, label: str = "", around: str = "") -> None:
        """Take an address; one that is none, or that leads within the file, is told."""
        url = url.strip()
        if url.startswith("www."):
            url = "http://" + url
        if not url or url.startswith("#"):
            return
        if not ADDRESS.match(url):
            self.warnings.append(f"“{url}” is no web address.")
            return
        if ODD_ADDRESS.search(url):
            self.warnings.append(f"The address “{url}” looks broken.")
        label = tidy(f"{around} {label}" if around else label)
        venue, year = version_of(label) if kind == "version" else ("", None)
        record = LinkRecord(kind, url, label, venue, year)
        if record.url not in [one.url for one in self.links]:
            self.links.append(record)


def version_of(label: str) -> tuple[str, int | None]:
    """Return venue and year that the label of another version names."""
    if match := DATED_LABEL.search(label):
        return tidy(match.group(2)), int(match.group(1))
    head = label.partition(":")[0]
    words = re.sub(
        r"\b(?:extended|journal|conference|earlier|later|full|short|version|extension)\d*\b",
        "",
        head,
        flags=re.IGNORECASE,
    )
    place = place_of(words, True)
    return (place.venue, place.year) if place else ("", None)


def take_badge_link(draft: Draft, part: Piece) -> None:
    """Take a badge that leads somewhere."""
    image = next(one for one in part.inner if one.kind == "image")
    words = badge_words(image)
    place = place_of(words)
    if place and (place.year or (place.is_known and not is_preprint(place.venue))):
        draft.say(place)
    kind = kind_by_address(part.url) or link_kind(words, part.url)
    draft.link(kind, part.url, "" if NOISE.match(words) else words)


def take_badge(draft: Draft, part: Piece) -> None:
    """Take what a badge without a link says: a venue; counters of stars say nothing."""
    words = badge_words(part)
    place = place_of(words)
    if place and (place.is_known or place.year):
        draft.say(place)
    elif words and not NOISE.match(words) and "shields.io/badge" in part.url:
        draft.tags.append(words)


def badge_words(image: Piece) -> str:
    match = BADGE.search(image.url)
    words = image.text
    said = match.group(1).replace("--", "\0").replace("-", " ") if match else ""
    said = said.replace("\0", "-").replace("%20", " ").replace("_", " ")
    if said and (len(words) < 2 or NOISE.match(words) or words.lower() in said.lower()):
        words = said
    return tidy(words)


def take_tag(draft: Draft, text: str) -> None:
    """Take what is set as code: a venue, a mark, or a flag of the maker's own."""
    place = mark_of(text) or place_of(text)
    if place and (place.is_known or place.marks or not place.venue):
        draft.say(place)
    elif text.strip() and len(text) <= 30 and not DATE.search(text):
        draft.tags.append(text.strip())
