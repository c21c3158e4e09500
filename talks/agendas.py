"""Agendas without an account: whoever has the key has the stars, and only its hash is kept.

An event held at a public one keeps its stars there. Every change is one transaction that moves
`changed` on by a second at the least, and past every release, so that calendars see each of them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from eventsite.keys import hash_of, new_key
from talks import released
from talks.models import Agenda, Event, Star
from talks.released import Head

MOST = 2000  # stars of one agenda
TOLD = {"agenda": "pk", "changed": "changed", "home": "event__slug"}  # of one, by its key
LETTERS = "ST"  # of the codes that can be starred: sessions and talks
ONE_SECOND = timedelta(seconds=1)
EMPTY_FOR = timedelta(days=400)  # so long an agenda without stars is kept, as its cookie is
LOOKED_AT = 100  # agendas, whenever another one is begun


class Full(Exception):
    """An agenda would hold more stars than it can."""


class Unopened(Exception):
    """A key was given and opens nothing: made up, or deleted, or another has just replaced it."""


@dataclass(frozen=True, slots=True)
class Codes:
    """What of a release can be starred, and what could be once and was withdrawn."""

    standing: frozenset[str]
    gone: frozenset[str]


@lru_cache(maxsize=256)
def codes(head: Head) -> Codes:
    """Return the codes of a release: kept, so that an agenda reads only events it stars."""
    programme = released.programme(head)
    sessions = {session.code for session in programme.sessions}
    talks = {talk.code for talk in programme.talks}
    gone = {code for code in programme.gone if code[0] in LETTERS}
    return Codes(frozenset(sessions | talks), frozenset(gone))


def home(slug: str) -> str | None:
    """Return the slug of the event that keeps the stars of a public one: itself, or where it
    is held, as far up as events are public. One query for each; None: it is not public.
    """
    found: list[str] = []
    parent: str | None = slug
    while parent and parent not in found:
        event = Event.objects.public().filter(slug=parent).values_list("parent__slug").first()
        if event is None:
            break
        found.append(parent)
        (parent,) = event
    if parent in found:
        return min(found)  # events held at each other: any, but the same for all of them
    return found[-1] if found else None


def find(key: str, *slugs: str) -> Agenda | None:
    """Return the agenda that a key opens, if it is kept at an event of these present slugs."""
    kept = Agenda.objects.select_related("event").filter(event__slug__in=slugs)
    return kept.filter(key_hash=hash_of(key)).first() if key else None


def find_feed(key: str, slug: str) -> tuple[Agenda, list[Head]] | None:
    """Return the agenda whose feed has this address, with the releases that it is made from.

    The address is at its event, or where it was begun: an old slug, or an event held at its
    own. One query; a few more for those, and as for `released.family`.
    """
    mine = Agenda.objects.filter(key_hash=hash_of(key))
    told = {name: Subquery(mine.values(path)[:1]) for name, path in TOLD.items()}
    rows = list(
        released.current(released.within(**{"in": mine.values("event")}))
        .annotate(**told)
        .values_list(*released.FIELDS, released.PARENT, *TOLD)
    )
    if not rows:
        return None
    number, changed, home_slug = rows[0][-len(TOLD) :]
    present = slug if slug == home_slug else released.present_slug(slug) or slug
    if present != home_slug and home(present) != home_slug:
        return None
    there = [released.Held(released.head_of(*row[:7]), row[7]) for row in rows]
    agenda = Agenda(pk=number, key_hash=hash_of(key), changed=changed)
    return agenda, released.together(home_slug, there)


def stars_of(agenda: Agenda | None) -> dict[str, datetime]:
    """Return when each code was starred, the first one first: one query."""
    return dict(agenda.stars.values_list("code", "added")) if agenda else {}


@transaction.atomic
def star(key: str, slug: str, wished: Iterable[str]) -> str:
    """Star codes and return the key of the agenda: without one, that of a new agenda.

    Raises Full and Unopened, and stars nothing then.
    """
    agenda = _locked(key, slug)
    if key and agenda is None:
        raise Unopened
    held = set(agenda.stars.values_list("code", flat=True)) if agenda else set()
    new = [code for code in dict.fromkeys(wished) if code not in held]
    if len(held) + len(new) > MOST:
        raise Full
    if not new:
        return key
    if agenda is None:
        key, agenda = _begun(slug)
    now = _moved_on(agenda)
    Star.objects.bulk_create(Star(agenda=agenda, code=code, added=now) for code in new)
    return key


@transaction.atomic
def unstar(key: str, slug: str, unwished: Collection[str]) -> None:
    """Take stars away, those that there are."""
    agenda = _locked(key, slug)
    if agenda and agenda.stars.filter(code__in=unwished).delete()[0]:
        _moved_on(agenda)


@transaction.atomic
def empty(key: str, slug: str) -> None:
    """Take all stars away; the agenda and its address stay."""
    agenda = _locked(key, slug)
    if agenda and agenda.stars.all().delete()[0]:
        _moved_on(agenda)


@transaction.atomic
def rotate(key: str, slug: str) -> str:
    """Give an agenda a new key and return it: the old one opens nothing from now on."""
    agenda = _locked(key, slug)
    if agenda is None:
        return ""
    key = new_key()
    agenda.key_hash = hash_of(key)
    agenda.save(update_fields=["key_hash"])
    _moved_on(agenda)
    return key


@transaction.atomic
def delete(key: str, slug: str) -> bool:
    """Delete an agenda with its stars; False: the key opens none."""
    agenda = _locked(key, slug)
    if agenda:
        agenda.delete()
    return agenda is not None


@transaction.atomic
def move(key: str, slug: str, to: str) -> bool:
    """Keep an agenda, begun at one event, where that event is held; False: the key opens none."""
    agenda = _locked(key, slug, to)
    if agenda and agenda.event.slug != to:
        agenda.event = Event.objects.get(slug=to)
        agenda.save(update_fields=["event"])
        _moved_on(agenda)
    return agenda is not None


@transaction.atomic
def join(key: str, other: str, slug: str) -> str:
    """Return the key of one agenda for two: with the stars of both, as many as it can hold.

    The other one stays as it was, for who subscribed to it.
    """
    agenda, from_other = _locked(key, slug), find(other, slug)
    if agenda is None or from_other is None or agenda == from_other:
        return key if agenda else other
    room = MOST - agenda.stars.count()
    held = agenda.stars.values("code")
    return star(key, slug, [*stars_of_others(from_other, held)][:room])


def stars_of_others(agenda: Agenda, held: Collection[object]) -> Iterable[str]:
    return agenda.stars.exclude(code__in=held).values_list("code", flat=True)


def _locked(key: str, *slugs: str) -> Agenda | None:
    """One at a time changes an agenda, so that the last one wins; its event is locked by nobody."""
    if not key:
        return None
    rows = Agenda.objects.select_for_update(of=("self",)).filter(key_hash=hash_of(key))
    return rows.filter(event__slug__in=slugs).first()


def _begun(slug: str) -> tuple[str, Agenda]:
    key, now = new_key(), _now()
    event = Event.objects.get(slug=slug)
    before = now - ONE_SECOND  # its first star moves it on
    agenda = Agenda.objects.create(key_hash=hash_of(key), event=event, created=now, changed=before)
    _abandoned(agenda).delete()
    return key, agenda


def _abandoned(begun: Agenda) -> QuerySet[Agenda]:
    """Lock what nobody starred anything in for long, of some agendas and sooner or later of all.

    Those next to the new one by hash are any; who is at work in one keeps it.
    """
    by_hash = Agenda.objects.filter(key_hash__gt=begun.key_hash).order_by("key_hash")
    near = by_hash.values_list("pk", flat=True)[:LOOKED_AT]
    old = Agenda.objects.filter(pk__in=[*near], changed__lt=begun.created - EMPTY_FOR)
    empty = old.exclude(Exists(Star.objects.filter(agenda=OuterRef("pk"))))
    locked = empty.select_for_update(of=("self",), skip_locked=True)
    return Agenda.objects.filter(pk__in=[agenda.pk for agenda in locked])


def _moved_on(agenda: Agenda) -> datetime:
    told = [head.published + ONE_SECOND for head in released.family(agenda.event.slug)]
    agenda.changed = max(_now(), agenda.changed + ONE_SECOND, *told)
    agenda.save(update_fields=["changed"])
    return agenda.changed


def _now() -> datetime:
    return timezone.now().replace(microsecond=0)
