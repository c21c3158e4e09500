"""The schedule as JSON of the VOC: the same as `frab_xml`, and the rooms' capacities.

https://c3voc.de/schedule/schema.json; the file is valid by it.
"""

import json
import re
from collections.abc import Iterable
from typing import TypeAlias

from talks.formats import voc
from talks.formats.extract import Extract, guid
from talks.formats.voc import Reference, VocDay, VocEvent, VocPerson
from talks.formats.wording import one_line

Json: TypeAlias = dict[str, object]

SCHEMA = "https://c3voc.de/schedule/schema.json"
GENERATOR = "Eventsite"
ZONE = re.compile("^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$")  # the names that the schema takes
REFERENCE_TYPES = {"slides": "slides", "video": "media", "stream": "media", "code": "related"}


def dumps(extract: Extract) -> bytes:
    """Return the file; the same arguments give the same octets."""
    schedule = {
        "$schema": SCHEMA,
        "generator": {"name": GENERATOR},
        "schedule": {
            "version": extract.version,
            "base_url": extract.event_url,
            "url": extract.file_url("json"),
            "conference": _conference(extract),
        },
    }
    return json.dumps(schedule, ensure_ascii=False, indent=1).encode() + b"\n"


def _conference(extract: Extract) -> Json:
    event, every = extract.event, voc.all_days(extract)
    zone = {"time_zone_name": extract.zone.key} if ZONE.search(extract.zone.key) else {}
    return {
        "acronym": voc.acronym(event),
        "title": one_line(event.name),
        "start": every[0].isoformat(),
        "end": every[-1].isoformat(),
        "daysCount": len(every),
        "timeslot_duration": voc.clock(voc.step(extract)),
        **zone,
        "url": extract.event_url,
        "tracks": list(_tracks(extract)),
        "rooms": list(_rooms(extract)),
        "days": [_day(day) for day in voc.days(extract)],
    }


def _tracks(extract: Extract) -> Iterable[Json]:
    for track in extract.programme.tracks:
        colour = {"color": track.colour} if track.colour else {}
        yield {"name": one_line(track.name), "slug": track.code.lower(), **colour}


def _rooms(extract: Extract) -> Iterable[Json]:
    for room in extract.programme.rooms:
        yield {
            "name": one_line(room.name),
            "slug": room.code.lower(),
            "guid": str(guid(f"{room.code}@{extract.event.uid_domain}")),
            "capacity": room.capacity,
        }


def _day(day: VocDay) -> Json:
    return {
        "index": day.index,
        "date": day.on.isoformat(),
        "day_start": day.start.isoformat(),
        "day_end": day.end.isoformat(),
        "rooms": {room.name: [_event(event) for event in room.events] for room in day.rooms},
    }


def _event(event: VocEvent) -> Json:
    return {
        "guid": str(event.guid),
        "code": event.code,
        "id": event.number,
        "date": event.start.isoformat(),
        "start": f"{event.start:%H:%M}",
        "end": event.end.isoformat(),
        "duration": voc.clock(event.minutes),
        "room": event.room,
        "slug": event.slug,
        "url": event.url,
        "title": event.title,
        "subtitle": event.subtitle,
        "track": event.track,
        "type": event.kind,
        "language": event.language,
        "abstract": event.abstract,
        "description": event.description,
        "persons": [_person(person) for person in event.persons],
        "links": [_reference(each) for each in event.references if not each.is_file],
        "attachments": [_reference(each) for each in event.references if each.is_file],
    }


def _person(person: VocPerson) -> Json:
    """Both names, as readers look for either; an `id` beside them would fit no schema."""
    return {
        "guid": str(person.guid),
        "code": person.code,
        "name": person.name,
        "public_name": person.name,
        "url": person.url,
    }


def _reference(reference: Reference) -> Json:
    kind = REFERENCE_TYPES.get(reference.kind, "web")
    return {"url": reference.url, "title": reference.title, "type": kind}
