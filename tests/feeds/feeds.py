"""Every kind of feed that a release offers, by its address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from talks import records_json
from tests.feeds.said import dates


@dataclass(frozen=True)
class Feed:
    path: str
    said: dict  # {UID: (start, end, title)}: all that it must say
    is_single: bool = False
    may_say: dict | None = None  # where a filter reads texts: it says some of this, and no other


def every_feed(event, memory, *, each=2):
    """Yield a feed of every kind; of days, tracks, rooms and people up to `each`."""
    base = f"/events/{event.slug}"
    programme = released(event)
    standing, gone = memory.standing, memory.tombstones(event)
    whole = seen(standing) | gone
    yield Feed(f"{base}/schedule.ics", whole)
    yield Feed(f"{base}/schedule.ics?alarm=10", whole)
    yield Feed(f"{base}/dates.ics", dates(event))
    for day in sorted({one.day for one in standing.values()})[:each]:
        on_day = {uid: one for uid, one in gone.items() if memory.gone[uid].start_day(event) == day}
        yield Feed(
            f"{base}/schedule.ics?day={day}", seen(standing, lambda s, d=day: s.day == d) | on_day
        )
    for room in programme.rooms[:each]:
        taken = seen(standing, lambda s, r=room: s.room == r.code)
        yield Feed(f"{base}/schedule.ics?room={room.code}", taken)
    for track in programme.tracks[:each]:
        yield some(f"{base}/schedule.ics?track={track.code}", standing)
    for kind in ("talks", "posters", "poster")[: each + 1]:
        yield some(f"{base}/schedule.ics?kind={kind}", standing)
    for words in ("plain words", "BEGIN:VEVENT;\\,")[:each]:
        yield some(f"{base}/schedule.ics?{urlencode({'q': words})}", standing)
    yield from of_people(event, base, programme, standing, each)
    for row in programme.sessions[:each]:
        yield some(f"{base}/sessions/{row.code}.ics", standing, is_single=True)
    for row in programme.talks[:each]:
        yield some(f"{base}/talks/{row.code}.ics", standing, is_single=True)


def of_people(event, base, programme, standing, each):
    pks = dict(event.people.values_list("code", "pk"))
    for person in programme.people[:each]:
        taken = seen(standing, lambda s, pk=pks[person.code]: pk in s.people)
        yield Feed(f"{base}/people/{person.code}.ics", taken)
        yield Feed(f"{base}/schedule.ics?person={person.code}", taken)


def some(path, standing, **fields):
    return Feed(path, {}, may_say=seen(standing), **fields)


def seen(standing, keeps=lambda said: True):
    return {uid: one.seen for uid, one in standing.items() if keeps(one)}


def released(event):
    return records_json.loads(event.releases.order_by("-number").first().records)


def disagreements(feed, found):
    """What a reader found and the feed does not say, and the other way round."""
    if feed.may_say is not None:
        return {uid: one for uid, one in found.items() if feed.may_say.get(uid) != one}
    return {
        uid: (feed.said.get(uid), found.get(uid))
        for uid in feed.said.keys() | found.keys()
        if feed.said.get(uid) != found.get(uid)
    }
