"""Takes a person out of everything that names them: drafts, releases, history, pictures.

The one exception to immutable releases. Free text that merely mentions a name is left to people:
`mentions` lists it. What else comes to keep names is one more function beside `_rows`,
`_releases` and `_history`, called by `_take_out`; `forgetting` has those of the timetable.
"""

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import cast

from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session as Login
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils import timezone

from eventsite import waiting, writing
from eventsite.codes import code_of
from eventsite.models import Change
from eventsite.writing import User

from . import records_json
from .blanks import BLANK, Said, blank_person, blank_release, blank_roles, people_in
from .forgetting import forget_notes, forget_proposals
from .mentions import Mention, mentions
from .models import Erasure, Event, Key, Person, Release, Talk, TalkLink, TalkRole
from .publishing import current, digest_of, locked, moment_after
from .records import Programme
from .records_json import Json, Plain
from .stamps import next_stamps
from .uploads import DIGEST

logger = logging.getLogger(__name__)

MESSAGES = SessionStorage.session_key


class UnknownPerson(Exception):
    """No person of the event has or ever had this code."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows were reached in each place, and where the name still stands as text."""

    person_code: str
    is_new: bool  # False: was erased before
    reached: dict[str, int]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class _Traces:
    """Whom this is about, and what was found to name them; lives as long as the transaction."""

    event: Event
    code: str
    person: Person | None
    said: Said = field(default_factory=Said)


@transaction.atomic
def erase(event: Event, code: str, by: User = None, *, dry_run: bool = False) -> Erased:
    """Erase a person, also one whose row is gone, and keep that it was done, by code alone.

    Twice is as once. A dry run does it all and takes it back. Raises UnknownPerson.
    """
    event = locked(event)
    code = code_of(code)
    if not _is_known(event, code):
        raise UnknownPerson(code)
    _row, is_new = Erasure.objects.get_or_create(
        event=event, person_code=code, defaults={"at": timezone.now(), "by": by}
    )
    erased = replace(_take_out(event, code, by), is_new=is_new)
    _forget_messages()
    transaction.on_commit(waiting.remove_all)
    if dry_run:
        transaction.set_rollback(True)
    else:
        logger.info("%s of %s was erased", code, event.code)
    return erased


@transaction.atomic
def repeat(event: Event) -> list[Erased]:
    """Erase once more whoever was erased from an event, as rows of an older state came back."""
    event = locked(event)
    codes = event.erasures.order_by("pk").values_list("person_code", flat=True)
    return [_take_out(event, code, None) for code in codes]


def _is_known(event: Event, code: str) -> bool:
    if not code.startswith("H"):
        return False
    changes = Change.objects.filter(table="talks.person", code=code, event_code=event.code)
    return (
        event.people.filter(code=code).exists()
        or event.erasures.filter(person_code=code).exists()
        or changes.exists()
        or _releases_with(f'"{code}"').filter(event=event).exists()
    )


def _releases_with(text: str) -> models.QuerySet[Release]:
    """Return the releases of any event whose records hold a text."""
    return Release.objects.annotate(text=Cast("records", models.TextField())).filter(
        text__contains=text
    )


def _take_out(event: Event, code: str, by: User) -> Erased:
    person = Person.objects.select_for_update().filter(event=event, code=code).first()
    traces = _Traces(event, code, person)
    reached = {
        "people": _rows(traces, by),
        "talks": _talks(traces, by),
        "keys": _keys(traces),
        "releases": _releases(traces),
        "history": _history(traces),
        "files": _files(traces),
        "proposals": forget_proposals(event, traces.said.names),
        "notes": forget_notes(event, traces.said.names),
    }
    return Erased(code, False, reached, tuple(mentions(event, traces.said.names)))


# Drafts: through `writing`, so that whoever has a form open meets a conflict


def _rows(traces: _Traces, by: User) -> int:
    person = traces.person
    if person is None:
        return 0
    before = writing.claim(person, person.version)
    traces.said.learn(cast(Json, before))
    for name, value in BLANK.items():
        setattr(person, name, value)
    person.save()
    person.event_roles.update(affiliation="")
    person.times.all().delete()
    return int(writing.record(person, before, by))


def _talks(traces: _Traces, by: User) -> int:
    """The names printed for one role only."""
    if traces.person is None:
        return 0
    named = TalkRole.objects.filter(person=traces.person).values("talk")
    changed = 0
    for talk in Talk.objects.select_for_update().filter(pk__in=named).order_by("pk"):
        roles = talk.roles.filter(person=traces.person).exclude(name="", affiliation="")
        printed = list(roles.values_list("name", flat=True))
        if printed:
            traces.said.names.update(filter(None, printed))
            before = writing.claim(talk, talk.version)
            roles.update(name="", affiliation="")
            changed += writing.record(talk, before, by)
    return changed


def _keys(traces: _Traces) -> int:
    """What opened a page of their own; its label may be their name."""
    if traces.person is None:
        return 0
    count, _tables = Key.objects.filter(person=traces.person).delete()
    return count


# Releases


def _releases(traces: _Traces) -> int:
    last = current(traces.event)
    changed = 0
    for release in traces.event.releases.order_by("number").iterator(1):
        before = records_json.loads(release.records)
        is_named = blank_release(release.records, traces.code, traces.said)
        changed += is_named
        if release == last and changed:
            _seal(release, before, moment_after(last))
        elif is_named:
            release.digest = digest_of([release.number, release.records])
            release.save(update_fields=["records", "digest"])
    return changed


def _seal(release: Release, before: Programme, at: datetime) -> None:
    """Tell whoever keeps anything of an event, by its current release, that it has changed.

    The pages of earlier releases are kept by that one's digest too.
    """
    after = records_json.loads(release.records)
    after = replace(after, stamps=next_stamps(before, after, at))
    release.records = records_json.dumps(after)
    release.summary["erased"] = at.isoformat()
    release.digest = digest_of([release.number, release.records, at.isoformat()])
    release.save(update_fields=["records", "digest", "summary"])


# History


def _history(traces: _Traces) -> int:
    changes = Change.objects.filter(event_code=traces.event.code)
    changed = 0
    for change in changes.filter(table="talks.person", code=traces.code):
        changed += _rewrite(change, blank_person(change.fields, traces.said))
    talks = changes.filter(table="talks.talk", fields__has_key="roles").order_by("pk")
    numbers = _numbers(traces, talks)
    said = traces.said if traces.person else None
    for change in talks.iterator(500):
        roles = blank_roles(change.fields["roles"], numbers, said)
        changed += _rewrite(change, change.fields | {"roles": roles})
    return changed


def _numbers(traces: _Traces, talks: models.QuerySet[Change]) -> set[Plain]:
    """Return the primary keys under which the history of talks may name the person.

    History does not tell which key a deleted person had: then it is all that are gone.
    """
    if traces.person:
        return {traces.person.pk}
    named = set().union(*(people_in(change.fields["roles"]) for change in talks.iterator(500)))
    return named - set(traces.event.people.values_list("pk", flat=True))


def _rewrite(change: Change, fields: Json) -> int:
    if fields == change.fields:
        return 0
    change.fields = fields
    change.save(update_fields=["fields"])
    return 1


# Pictures


def _files(traces: _Traces) -> int:
    """Delete the picture once all is written, unless another row or release names its bytes."""
    files = []
    for digest in sorted({place.partition("/")[0] for place in traces.said.pictures}):
        if DIGEST.fullmatch(digest) and default_storage.exists(digest) and not _is_named(digest):
            files += [f"{digest}/{name}" for name in default_storage.listdir(digest)[1]]
            transaction.on_commit(partial(_delete, digest))
    return len(files)


def _is_named(digest: str) -> bool:
    return (
        Person.objects.filter(picture__startswith=digest).exists()
        or TalkLink.objects.filter(file__startswith=digest).exists()
        or _releases_with(digest).exists()
    )


def _delete(digest: str) -> None:
    if not default_storage.exists(digest):
        return  # erased with somebody else of the same picture
    for name in default_storage.listdir(digest)[1]:
        default_storage.delete(f"{digest}/{name}")
    default_storage.delete(digest)


# What waits: messages to whoever is logged in, which name what they saved


def _forget_messages() -> None:
    for login in Login.objects.iterator(500):
        data = login.get_decoded()
        if data.pop(MESSAGES, None):
            kept = Login.objects.filter(pk=login.pk)
            kept.update(session_data=SessionStore().encode(data))
