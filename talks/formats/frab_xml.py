"""The schedule as XML of frab and the VOC, which schedule apps for phones and video teams read.

https://c3voc.de/wiki/schedule; valid by its schema.xsd. One line a tag, in UTF-8.
"""

from xml.etree.ElementTree import Element, SubElement

from eventsite import markup
from eventsite.markup import add, written
from talks.formats import voc
from talks.formats.extract import Extract
from talks.formats.voc import Reference, VocDay, VocEvent, VocPerson, VocRoom
from talks.formats.wording import one_line

GENERATOR = "Eventsite"
LONGEST_IN_HOURS = 100  # hours


def dumps(extract: Extract) -> bytes:
    """Return the file; the same arguments give the same octets."""
    schedule = Element("schedule")
    SubElement(schedule, "generator", name=GENERATOR)
    add(schedule, "url", extract.file_url("xml"))
    add(schedule, "version", extract.version)
    _conference(schedule, extract)
    for day in voc.days(extract):
        _day(schedule, day)
    return markup.dumps(schedule)


def _conference(schedule: Element, extract: Extract) -> None:
    event, every = extract.event, voc.all_days(extract)
    conference = SubElement(schedule, "conference")
    facts = (
        ("acronym", voc.acronym(event)),
        ("title", one_line(event.name)),
        ("start", every[0].isoformat()),
        ("end", every[-1].isoformat()),
        ("days", str(len(every))),
        ("timeslot_duration", voc.clock(voc.step(extract))),
        ("base_url", extract.event_url),
        ("url", extract.event_url),
        ("time_zone_name", extract.zone.key),
    )
    for tag, text in facts:
        add(conference, tag, text)
    for track in extract.programme.tracks:
        colour = {"color": track.colour} if track.colour else {}
        SubElement(conference, "track", {"name": written(one_line(track.name)), **colour})


def _day(schedule: Element, day: VocDay) -> None:
    element = SubElement(
        schedule,
        "day",
        index=str(day.index),
        date=day.on.isoformat(),
        start=day.start.isoformat(),
        end=day.end.isoformat(),
    )
    for room in day.rooms:
        _room(element, room)


def _room(day: Element, room: VocRoom) -> None:
    guid = {"guid": str(room.guid)} if room.guid else {}
    element = SubElement(day, "room", {"name": written(room.name), **guid})
    for event in room.events:
        _event(element, event)


def _event(room: Element, event: VocEvent) -> None:
    element = SubElement(room, "event", guid=str(event.guid), id=str(event.number))
    facts = (
        ("date", event.start.isoformat()),
        ("start", f"{event.start:%H:%M}"),
        ("duration", _duration(event.minutes)),
        ("room", event.room),
        ("slug", event.slug),
        ("url", event.url),
        ("title", event.title),
        ("subtitle", event.subtitle),
        ("track", event.track),
        ("type", event.kind),
        ("language", event.language),
        ("abstract", event.abstract),
        ("description", event.description),
    )
    for tag, text in facts:
        add(element, tag, text)
    persons = SubElement(element, "persons")
    for person in event.persons:
        _person(persons, person)
    links, attachments = SubElement(element, "links"), SubElement(element, "attachments")
    for reference in event.references:
        if reference.is_file:
            _reference(attachments, "attachment", reference)
        else:
            _reference(links, "link", reference)


def _person(persons: Element, person: VocPerson) -> None:
    element = add(persons, "person", person.name)
    element.attrib.update({"id": str(person.number), "guid": str(person.guid)})


def _reference(parent: Element, tag: str, reference: Reference) -> None:
    element = add(parent, tag, reference.title)
    element.attrib.update({"href": reference.url, "type": reference.kind})


def _duration(minutes: int) -> str:
    """Hours and minutes; of an exhibition of days, as pretalx has it, days before them."""
    if minutes < LONGEST_IN_HOURS * 60:
        return voc.clock(minutes)
    return f"{minutes // 1440:02}:{voc.clock(minutes % 1440)}"
