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
        there = {u: one for u, one in gone.items() if memory.gone[u].room == room.code}
        taken = seen(standing, lambda s, r=room: s.room == r.code)
        yield Feed(f"{base}/schedule.ics?room={room.code}", taken | there)
    for track in programme.tracks[:each]:
        yield some(f"{base}/schedule.ics?track={track.code}", whole)
    for kind in ("talks", "posters", "poster")[: each + 1]:
        yield some(f"{base}/schedule.ics?kind={kind}", whole)
    for words in ("plain words", "BEGIN:VEVENT;\\,")[:each]:
        yield some(f"{base}/schedule.ics?{urlencode({'q': words})}", seen(standing))
    yield from of_people(event, base, programme, memory, each)
    for row in programme.sessions[:each]:
        yield Feed(f"{base}/sessions/{row.code}.ics", {}, is_single=True, may_say=whole)
    for row in programme.talks[:each]:
        yield Feed(f"{base}/talks/{row.code}.ics", {}, is_single=True, may_say=whole)


def of_people(event, base, programme, memory, each):
    pks = dict(event.people.values_list("code", "pk"))
    for person in programme.people[:each]:
        pk = pks[person.code]
        taken = seen(memory.standing, lambda s, pk=pk: pk in s.people)
        told = memory.tombstones(event).items()
        gone = {uid: one for uid, one in told if pk in memory.gone[uid].people}
        yield Feed(f"{base}/people/{person.code}.ics", taken | gone)
        yield Feed(f"{base}/schedule.ics?person={person.code}", taken | gone)


def some(path, may_say):
    return Feed(path, {}, may_say=may_say)


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
