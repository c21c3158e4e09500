"""What a request sees: the current release of an event, or the draft that a key opens."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from talks import previews, released
from talks.entries import midnight
from talks.phases import SOON, Phase, phase
from talks.records import Programme
from talks.released import Head


@dataclass(frozen=True, slots=True)
class Shown:
    """The programme that a request sees; `today` is the date in the event's zone.

    `drafted` is the draft, in a preview.
    """

    head: Head
    today: date
    drafted: Programme | None = None

    @property
    def programme(self) -> Programme:
        """Read when it is asked for, and kept by the process: one query at first sight."""
        return self.drafted or released.programme(self.head)

    @property
    def is_draft(self) -> bool:
        return self.drafted is not None

    @property
    def phase(self) -> Phase:
        return phase(self.head.starts_on, self.head.ends_on, self.today)

    @property
    def key(self) -> tuple[str, ...]:
        """What the bytes depend on beside the address."""
        on = self.today.isoformat() if self._reads_the_date() else ""
        return (self.head.digest, self.head.slug, str(self.phase), on)

    @property
    def modified(self) -> datetime:
        """The later of the release and the moment at which the key last changed."""
        head = self.head
        day = {Phase.NEAR: head.starts_on - SOON, Phase.OVER: head.ends_on + timedelta(days=1)}
        since = self.today if self._reads_the_date() else day.get(self.phase)
        if since is None:
            return head.published
        return max(head.published.astimezone(UTC), midnight(since, head.tz).astimezone(UTC))

    def _reads_the_date(self) -> bool:
        until = self.head.remembered_until
        is_told = until is not None and self.today <= until
        return is_told or self.phase in (Phase.NEAR, Phase.RUNNING)


def shown_by(key: str, event_slug: str) -> Shown | None:
    """Return what a request sees: the current release, or with a key the draft it opens."""
    return drafted(key, event_slug) if key else current(event_slug)


def shown_in_place(key: str, event_slug: str) -> Shown:
    """Return what a request sees, under an old slug too."""
    shown = shown_by(key, event_slug)
    if shown is None and not key:
        shown = current(released.present_slug(event_slug) or "")
    if shown is None:
        raise Http404(_("No such event is here."))
    return shown


def current(event_slug: str) -> Shown | None:
    """Return the current release of a public event: one query."""
    head = released.head(event_slug) if event_slug else None
    return Shown(head, today_in(head)) if head else None


def drafted(key: str, event_slug: str) -> Shown | None:
    """Return the draft that a key opens; None when it opens none."""
    found = previews.opened(key, event_slug)
    return Shown(found.head, today_in(found.head), found.programme) if found else None


def today_in(head: Head) -> date:
    return timezone.now().astimezone(head.tz).date()
