"""What headings say of the papers under them: "ICML 2017", "2017-12", "NeurIPS'20 Oral"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from papers.formats.markdown_drafts import Draft
from papers.formats.markdown_links import is_label
from papers.formats.markdown_places import Place, place_of
from papers.formats.markdown_tails import OTHER_WORK
from papers.formats.markdown_units import Part
from papers.records import LinkRecord, PaperRecord
from papers.venue_names import venue_of

NOISE = re.compile(
    r"\b(?:accepted|contributed|selected|interesting|papers?|publications?|lists?|notes?|reading"
    r"|venues?|of|at|from|the|in|main track)\b|[#()\[\]]",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"[~<>≤≥+]|\b(?:before|after|until|prior|since|earlier|early|late|and|to)\b|\d{4}'?s"
    r"|\d{4}\s*[-–—]\s*(?:\d{4}|now|present)",
    re.IGNORECASE,
)


def heading_place(text: str) -> Place | None:
    """Return the place that a heading names and nothing else; vague years say nothing."""
    if VAGUE.search(text) and not re.fullmatch(r"\W*(?:19|20)\d\d[-./]\d{1,2}\W*", text):
        return None
    place = place_of(NOISE.sub(" ", text))
    if place and place.venue and not place.is_known and place.month:
        return Place(year=place.year, month=place.month)
    if place is None or (place.venue and not place.is_known):
        shown = re.search(r"\b(oral|spotlight|poster)s?\b", text, re.IGNORECASE)
        return (
            Place(presentation=shown.group(1).lower()) if shown and len(text.split()) <= 4 else None
        )
    return place


def context_of(part: Part, title: Part | None) -> Place:
    """Return what the headings above say together, the nearest first."""
    place = Place()
    for one in reversed(part.chain()):
        found = heading_place(one.heading) if one is not title and one.heading else None
        if found and not (place.year and found.year and found.year != place.year):
            place = place.joined(found)
    if title is not None and not place.venue and not place.year:
        head = re.split(r"[::]|\s[-–—]\s", title.heading)[0]
        found = heading_place(head)
        if found and found.venue and found.year:
            place = found.joined(place)
    return place


def shared_place(places: Sequence[Place]) -> Place | None:
    """Return the venue and year of the sections that name one, when all of them agree."""
    named = {(place.venue, place.year) for place in places if place.venue and place.year}
    if len(named) != 1:
        return None
    venue, year = named.pop()
    return Place(venue=venue, year=year)


def has_editions(venue: str) -> bool:
    """Whether a heading without a year names a venue all the same: "ICML", "arXiv"; not "Book"."""
    return venue_of(venue).kind in ("conference", "journal", "preprint")


def links_of(draft: Draft) -> list[LinkRecord]:
    """Return the links; where none leads to the paper, the first that says nothing else does."""
    links = draft.links
    first = links[0] if links else None
    if first is None or first.kind != "other" or any(link.kind == "paper" for link in links):
        return links
    is_beside = is_label(first.label) or OTHER_WORK.search(first.label)
    return links if is_beside else [replace(first, kind="paper"), *links[1:]]


def filled(draft: Draft, place: Place, shared: Place | None) -> tuple[PaperRecord, list[str]]:
    """Return the paper with what its headings say where its own line is silent, and doubts."""
    own, warnings = draft.place, list(draft.warnings)
    if not (own.year or own.venue or place.year or place.venue) and shared:
        place = shared.joined(place)
        warnings.append("Its venue and year are those of the other sections.")
    agrees = not (own.year and place.year) or own.year == place.year
    takes = not own.venue and agrees and bool(place.year or has_editions(place.venue))
    takes = takes and bool(place.venue)
    shown = bool(place.presentation) and (takes or not place.venue)
    record = PaperRecord(
        title=draft.title,
        authors=draft.authors,
        venue=own.venue or (place.venue if takes else ""),
        is_workshop=own.is_workshop or (takes and place.is_workshop),
        year=own.year or place.year,
        month=own.month if own.year else place.month,
        presentation=own.presentation or (place.presentation if shown else ""),
        award=own.award,
        alias=draft.alias,
        abstract=draft.abstract,
        identifiers=(("arxiv", own.arxiv),) if own.arxiv else (),
        links=tuple(links_of(draft)),
    )
    return record, warnings
