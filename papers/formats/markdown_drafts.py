"""What one place of a list says of a paper, while it is being gathered."""

import re
from dataclasses import dataclass, field

from papers.formats.markdown_grammars import Split, cleaned
from papers.formats.markdown_inline import tidy
from papers.formats.markdown_places import Place, place_of
from papers.records import AuthorRecord, LinkRecord

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
        r"\b(?:extended|journal|conference|earlier|later|full|short|version|extension)\b",
        "",
        head,
        flags=re.IGNORECASE,
    )
    place = place_of(words, True)
    return (place.venue, place.year) if place else ("", None)
