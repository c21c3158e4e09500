"""CSL-JSON, the data of citation styles: https://github.com/citation-style-language/schema."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from papers.entries import Document, Entry, Refused, Skipped
from papers.formats.cite_key import Keys, key_of
from papers.formats.citing import (
    ET_AL,
    LINK_KINDS,
    ORGANIZATIONS,
    WHOLE_BOOKS,
    appeared,
    authored,
    clean,
    details_of,
    has_others,
    identified,
    identifier,
    linked,
    month_of,
    one_line,
    organizations,
    spoken,
    told,
    type_of,
    venue_of,
    year_of,
)
from papers.formats.csl_variables import TEXTS, WORKS
from papers.formats.person_names import OTHERS, named
from papers.records import AuthorRecord, PaperRecord

PEOPLE = ("editor", "translator")
PARTS = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
IDENTIFIERS = {"DOI": "doi", "PMID": "pubmed"}
SEPARATORS = re.compile(r"\s*[,;]\s*")


def read(text: str) -> Document:
    """Read an array of works, one work, or an object with `items`; lines count works from 1.

    Raises Refused for what is no JSON or holds no list of works.
    """
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Refused(f"This is no JSON that can be read: {error}.") from error
    if isinstance(data, dict) and isinstance(data.get("items"), list):
        data = data["items"]
    works = [data] if isinstance(data, dict) else data
    if not isinstance(works, list):
        raise Refused("This JSON holds no list of works.")
    read_works = [entry_of(work, at) for at, work in enumerate(works, 1)]
    return Document(
        entries=tuple(each for each in read_works if isinstance(each, Entry)),
        skipped=tuple(each for each in read_works if isinstance(each, Skipped)),
        format="csl_json",
        text=text,
    )


def entry_of(work: object, line: int) -> Entry | Skipped:
    text = json.dumps(work, ensure_ascii=False)
    if not isinstance(work, dict):
        return Skipped(line, clean(text), "this is no work: an object with a title is")
    said = {str(name): value for name, value in work.items()}
    paper = paper_of(said)
    if not paper.title:
        return Skipped(line, clean(text), "this work has no title")
    return Entry(
        paper, line, text=clean(text), note=said_text(said, "annote") or said_text(said, "note")
    )


def paper_of(said: dict[str, object]) -> PaperRecord:
    custom = said.get("custom")
    extra = list(pairs(custom)) if isinstance(custom, dict) else []
    work = said_text(said, "type")
    work = dict(extra).get("work") or (work if work in WORKS else "document")
    year, month = issued(said.get("issued"))
    details = {name: said_text(said, name) for name in sorted(TEXTS)}
    details |= {name: "; ".join(people(said.get(name))) for name in PEOPLE}
    details |= {name[4:]: value for name, value in extra if name.startswith("csl:")}
    books = [("isbn", details["ISBN"])] if work in WHOLE_BOOKS else []
    if identified(books):
        details.pop("ISBN")
    details |= told_of(said.get("author"))
    paper = told(appeared(said_text(said, "container-title"), work, details), extra)
    affiliations = [value for name, value in extra if name == "affiliation"]
    listed = people(said.get("author"))
    names = [name for name in listed if not OTHERS.fullmatch(name)]
    return replace(
        paper,
        title=said_text(said, "title"),
        key=said_text(said, "citation-key") or said_text(said, "id"),
        authors=(
            tuple(map(AuthorRecord, names, affiliations))
            if len(names) == len(affiliations)
            else authored(names)
        ),
        year=year,
        month=month,
        abstract=clean(text) if isinstance(text := said.get("abstract"), str) else "",
        topics=tuple(topics(said, extra)),
        identifiers=identified(
            [*((IDENTIFIERS[name], said_text(said, name)) for name in IDENTIFIERS), *books, *extra]
        ),
        links=linked(
            [("paper", said_text(said, "URL")), *(pair for pair in extra if pair[0] in LINK_KINDS)]
        ),
    )


def said_text(said: dict[str, object], name: str) -> str:
    """Return a text or number as one line; anything else says nothing."""
    value = said.get(name)
    is_plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return one_line(str(value)) if is_plain else ""


def pairs(custom: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield names and values of what has no variable of its own."""
    for name, value in custom.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str):
                yield name, one_line(each)


def told_of(value: object) -> dict[str, str]:
    """Return which authors are no people though named as such, and if there are others."""
    literals = [
        said_text({str(part): text for part, text in name.items()}, "literal")
        for name in (value if isinstance(value, list) else [])
        if isinstance(name, dict)
    ]
    names = people(value)
    has_others = any(OTHERS.fullmatch(name) for name in names)
    is_one_named = any(not OTHERS.fullmatch(name) for name in names)
    return {
        ET_AL: "1" if has_others and is_one_named else "",
        ORGANIZATIONS: "; ".join(
            name for name in literals if named(name).given and not OTHERS.fullmatch(name)
        ),
    }


def people(value: object) -> list[str]:
    """Return names as people print them."""
    names = value if isinstance(value, list) else []
    return [found for name in names if (found := printed(name))]


def printed(name: object) -> str:
    if not isinstance(name, dict):
        return one_line(name) if isinstance(name, str) else ""
    said = {str(part): value for part, value in name.items()}
    parts = " ".join(said_text(said, part) for part in PARTS)
    return said_text(said, "literal") or one_line(parts)


def issued(value: object) -> tuple[int | None, int | None]:
    """Return year and month of a date in parts, or as text."""
    if not isinstance(value, dict):
        value = {"raw": value}
    said = {str(name): each for name, each in value.items()}
    parts = said.get("date-parts")
    while isinstance(parts, list) and parts and isinstance(parts[0], list):
        parts = parts[0]
    if isinstance(parts, list) and parts:
        text = "-".join(str(part) for part in parts)
    else:
        text = next(
            filter(None, (said_text(said, name) for name in ("raw", "literal", "edtf"))), ""
        )
    year = year_of(text)
    return year, month_of(text) if year else None


def topics(said: dict[str, object], extra: Iterable[tuple[str, str]]) -> list[str]:
    """Return keywords; those that hold a separator stand among what has no variable."""
    whole = [value for name, value in extra if name == "topic"]
    keywords = said.get("keyword", said.get("keywords"))
    listed = keywords if isinstance(keywords, list) else [keywords]
    texts = [one_line(each) for each in listed if isinstance(each, str)]
    found = whole or [part for each in texts for part in SEPARATORS.split(each)]
    return list(dict.fromkeys(filter(None, found)))


def dumps(papers: Iterable[PaperRecord]) -> str:
    """Return an array of works; each has an id of its own, its citation key."""
    keys = Keys()
    works = [work_of(paper, keys.take(key_of(paper))) for paper in papers]
    return json.dumps(works, ensure_ascii=False, indent=1) + "\n"


def work_of(paper: PaperRecord, key: str) -> dict[str, object]:
    work = type_of(paper)
    details = details_of(paper)
    details.pop(ORGANIZATIONS, None)
    if work in WHOLE_BOOKS and identifier(paper, "isbn"):
        details["ISBN"] = identifier(paper, "isbn")
    custom = grouped(extras(paper, work, details))
    known: dict[str, object] = {
        "title": one_line(paper.title),
        "author": authors(paper),
        "issued": {"date-parts": [[part for part in (paper.year, paper.month) if part]]}
        if paper.year
        else None,
        "container-title": venue_of(paper),
        **{name: details.get(name) for name in sorted(TEXTS)},
        **{
            name: [parts(each) for each in details.get(name, "").split("; ") if each]
            for name in PEOPLE
        },
        "DOI": identifier(paper, "doi"),
        "PMID": identifier(paper, "pubmed"),
        "URL": first_link(paper),
        "keyword": ", ".join(map(one_line, paper.topics)),
        "abstract": clean(paper.abstract),
        "note": one_line(paper.note),
        "custom": custom,
    }
    return {"id": key, "type": work if work in WORKS else "document"} | {
        name: value for name, value in known.items() if value
    }


def authors(paper: PaperRecord) -> list[dict[str, str]]:
    """Return the authors; those that are not named are "others", which any style can print."""
    whole = organizations(paper)
    names = [
        {"literal": one_line(each.name)} if each.name in whole else parts(each.name)
        for each in paper.authors
    ]
    return [*names, *([{"literal": "others"}] if has_others(paper) else [])]


def first_link(paper: PaperRecord) -> str:
    return next((link.url for link in paper.links if link.kind == "paper"), "")


def parts(name: str) -> dict[str, str]:
    """Return a name as CSL takes it apart; one word, or an organization, is not."""
    found = named(one_line(name))
    if not found.given:
        return {"literal": str(found)}
    said = {
        "family": found.family,
        "given": found.given,
        "non-dropping-particle": found.particle,
        "suffix": found.suffix,
    }
    return {part: value for part, value in said.items() if value}


def extras(paper: PaperRecord, work: str, details: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield names and values of what has no variable of its own."""
    yield "work", "" if work in WORKS else work
    yield from spoken(paper)
    if any(SEPARATORS.search(topic) for topic in paper.topics):
        yield from (("topic", one_line(topic)) for topic in paper.topics)
    if any(author.affiliation for author in paper.authors):
        yield from (("affiliation", one_line(each.affiliation)) for each in paper.authors)
    for name, value in details.items():
        if name not in TEXTS and name not in PEOPLE:
            yield f"csl:{name}", value
    shown = {(scheme, identifier(paper, scheme)) for scheme in IDENTIFIERS.values()}
    shown |= {("isbn", details.get("ISBN", ""))} if work in WHOLE_BOOKS else set()
    yield from (pair for pair in paper.identifiers if pair not in shown)
    first = first_link(paper)
    yield from ((link.kind, link.url) for link in paper.links if link.url != first)


def grouped(said: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Return values by name: one as it is, several as a list."""
    found: dict[str, list[str]] = {}
    for name, value in said:
        if value or name == "affiliation":
            found.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}
