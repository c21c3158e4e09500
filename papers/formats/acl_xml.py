"""The XML of the ACL Anthology, of today (collection, volume, meta) and before 2020 (volume).

https://github.com/acl-org/acl-anthology/blob/master/data/xml/schema.rnc
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from papers.entries import Document, Entry, Heading, Refused, Skipped
from papers.formats.cleaning import address, line, month_of, paragraphs, year_and_month
from papers.identifiers import identifiers_for
from papers.records import AuthorRecord, LinkRecord, PaperRecord

ANTHOLOGY = "https://aclanthology.org/"
LINE = "our-line"  # attribute for the line on which an element begins
DEEPEST = 100  # tags within tags; a paper has six
LINKS = {"video": "video", "software": "code", "dataset": "dataset", "poster": "other"}
VENUES = {"acl": "ACL", "emnlp": "EMNLP", "naacl": "NAACL", "eacl": "EACL", "aacl": "AACL"} | {
    "findings": "Findings of ACL",
    "coling": "COLING",
    "lrec": "LREC",
    "tacl": "TACL",
    "cl": "CL",
    "conll": "CoNLL",
    "wmt": "WMT",
}


def read(text: str) -> Document:
    """Read the papers of every volume; front matter is no paper."""
    root = _parsed(text)
    volumes = [root] if root.tag == "volume" else root.findall("volume")
    if root.tag not in ("collection", "volume") or not volumes:
        raise Refused(f"This XML is no volume of the ACL Anthology: it begins with <{root.tag}>.")
    entries: list[Entry] = []
    headings: list[Heading] = []
    skipped: list[Skipped] = []
    for element in volumes:
        collection = root.get("id", "") if root.tag == "collection" else ""
        volume = Volume(collection, element, element.find("meta"))
        for paper in element.iterfind("paper"):
            at, record = int(paper.get(LINE, 0)), volume.record(paper)
            if volume.is_front(paper):
                skipped.append(Skipped(at, record.title, "front matter is no paper", False))
            elif not record.title:
                skipped.append(Skipped(at, _text(paper)[:200], "a paper without a title"))
            else:
                warnings = ("it was retracted or removed",) if _is_retracted(paper) else ()
                entries.append(Entry(record, at, section=len(headings), warnings=warnings))
        headings.append(Heading(volume.title or volume.name, 1, line=int(element.get(LINE, 0))))
    if not entries:
        raise Refused("The XML holds no paper.")
    title = headings[0].heading if len(headings) == 1 else ""
    return Document(
        tuple(entries), tuple(headings), tuple(skipped), title, format="acl_xml", text=text
    )


class Builder(TreeBuilder):
    """Builds elements that know their line; refuses what is nested deeper than any volume."""

    parser: DefusedXMLParser
    depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused(f"The XML is nested deeper than {DEEPEST} tags.")
        return super().start(tag, attributes | {LINE: str(self.parser.parser.CurrentLineNumber)})

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


def _parsed(text: str) -> Element:
    builder = Builder()
    parser = builder.parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    declared = re.match(r"\s*<\?xml[^>]*\?>", text)
    start = declared.end() if declared else 0
    try:
        parser.feed("\n" * text.count("\n", 0, start) + text[start:].lstrip(" \t\r\ufeff"))
        root = parser.close()
    except DefusedXmlException:
        raise Refused("The XML declares entities or a document type, which is not read.") from None
    except (ParseError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(f"This is no XML that can be read: {error}.") from None
    return root


class Volume:
    """What all papers of a volume share: venue, year, editors, how they are numbered."""

    def __init__(self, collection: str, volume: Element, meta: Element | None):
        self.collection, self.name = collection, volume.get("id", "")
        self.is_old = meta is None
        about = meta if meta is not None else _front(volume)
        self.title = _text(about.find("booktitle"))
        if not self.title and self.is_old:
            self.title = _text(about.find("title"))
        self.year, _ = year_and_month(_text(about.find("year")))
        if self.year is None:
            self.year = _year_of(collection or self.name)
        self.month = month_of(_text(about.find("month")))
        venues = [_text(venue) for venue in about.iterfind("venue")]
        named = [VENUES[venue] for venue in venues if venue in VENUES]
        self.is_workshop = "ws" in venues
        self.venue = _text(about.find("journal-title")) or (
            named[0] if named and not self.is_workshop else self.title
        )
        shared = {
            "collection-title": _text(about.find("booktitle")),
            "volume": _text(about.find("journal-volume")),
            "issue": _text(about.find("journal-issue")),
            "publisher": _text(about.find("publisher")),
            "publisher-place": _text(about.find("address")),
            "editor": "; ".join(author.name for author in _people(about, "editor")),
        }
        self.details = tuple((name, value) for name, value in shared.items() if value)

    def is_front(self, paper: Element) -> bool:
        ends = "00" if self.name.startswith("W") else "000"  # workshops share a letter
        return self.is_old and f"{paper.get('id', '')}".endswith(ends)

    def record(self, paper: Element) -> PaperRecord:
        year, _ = year_and_month(_text(paper.find("year")))
        details = (("page", _text(paper.find("pages")).replace("--", "–")), *self.details)
        awards = [_text(award) for award in paper.iterfind("award")]
        return PaperRecord(
            title=_text(paper.find("title")),
            key=_text(paper.find("bibkey")),
            authors=_people(paper, "author"),
            venue=_text(paper.find("booktitle")) if self.is_old and not self.venue else self.venue,
            is_workshop=False,
            year=year or self.year,
            month=self.month,
            award="; ".join(filter(None, awards))[:200],
            abstract=_paragraphs(paper.find("abstract")),
            identifiers=self._identifiers(paper),
            links=self._links(paper),
            details=tuple(pair for pair in details if pair[1]),
        )

    def _identifiers(self, paper: Element) -> tuple[tuple[str, str], ...]:
        url = _text(paper.find("url"))
        named = url if url and "/" not in url else self._number(paper)
        found = identifiers_for("acl", named) + identifiers_for("doi", _text(paper.find("doi")))
        return tuple(dict.fromkeys(found))

    def _number(self, paper: Element) -> str:
        number = paper.get("id", "")
        if self.collection[:1].isdigit():
            return f"{self.collection}-{self.name}.{number}"
        if not self.collection:
            return f"{self.name}-{number}"
        last = number.zfill(4 - len(self.name)) if len(self.name) < 4 else number
        return f"{self.collection}-{self.name}{last}"

    def _links(self, paper: Element) -> tuple[LinkRecord, ...]:
        url = _text(paper.find("url"))
        number = self._number(paper)
        has_number = bool(identifiers_for("acl", number))
        whole = address(url) or (
            f"{ANTHOLOGY}{url if url else number}/" if url or has_number else ""
        )
        links = [LinkRecord("paper", whole)] if whole else []
        for tag in ("video", "software", "dataset", "attachment", "pwccode"):
            for found in paper.iterfind(tag):
                said = found.get("href") or found.get("url") or _text(found)
                link = address(said)
                if not link and said and "/" not in said and tag != "pwccode":
                    link = f"{ANTHOLOGY}attachments/{said}"
                kind = _kind(tag, found.get("type", ""))
                if link:
                    links.append(LinkRecord(kind, link, _text(found) if tag == "pwccode" else ""))
        return tuple(dict.fromkeys(links))


def _front(volume: Element) -> Element:
    first = volume.find("paper")
    return first if first is not None else volume


def _year_of(name: str) -> int | None:
    """Return the year of "P18", "P18-1" or "2020.acl"."""
    new = re.match(r"(\d{4})\.", name)
    old = re.match(r"[A-Z](\d\d)", name)
    if new:
        return int(new[1])
    return (1900 if int(old[1]) > 50 else 2000) + int(old[1]) if old else None


def _people(parent: Element, tag: str) -> tuple[AuthorRecord, ...]:
    people = []
    for person in parent.iterfind(tag):
        parts = [_text(person.find(part)) for part in ("first", "last", "suffix")]
        name = " ".join(filter(None, parts)) or _text(person)
        if name:
            people.append(AuthorRecord(name, _text(person.find("affiliation"))))
    return tuple(people)


def _kind(tag: str, said: str) -> str:
    said = said.lower()
    if tag == "pwccode" or said in ("software", "code"):
        return "code"
    if said in ("presentation", "slides"):
        return "slides"
    return LINKS.get(tag) or LINKS.get(said, "other")


def _is_retracted(paper: Element) -> bool:
    return any(paper.find(tag) is not None for tag in ("retracted", "removed"))


def _text(element: Element | None) -> str:
    return line("".join(_pieces(element))) if element is not None else ""


def _paragraphs(element: Element | None) -> str:
    return paragraphs("".join(_pieces(element))) if element is not None else ""


def _pieces(element: Element) -> Iterator[str]:
    """Yield the text of an element; formulas stand between dollar signs."""
    sign = "$" if element.tag == "tex-math" else ""
    yield sign + (element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield sign
