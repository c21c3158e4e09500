"""What all pages and feeds of a programme share: the release, the moment, the states.

One query finds the event's current release; an old slug leads to the
present one; what is unknown is 404, what was withdrawn 410, what cannot be read 400; and the
bytes depend on the release and the phase alone, so that they can be kept.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eventsite import responses
from eventsite.codes import code_of
from eventsite.middleware import unknown_language
from talks import released
from talks.colours import digest, stylesheet
from talks.entries import midnight
from talks.filters import Malformed, Unknown
from talks.phases import SOON, Phase, phase
from talks.records import Programme
from talks.released import Head
from talks.stamps import tombstones

P = ParamSpec("P")


class HasCode(Protocol):
    @property
    def code(self) -> str: ...


Found = TypeVar("Found", bound=HasCode)


class Gone(Exception):
    """What was asked for stood in an earlier release and was withdrawn."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Shown:
    """The programme that a request sees; `today` is the date in the event's zone."""

    head: Head
    programme: Programme
    today: date

    @property
    def phase(self) -> Phase:
        return phase(self.programme.event, self.today)

    @property
    def key(self) -> tuple[str, ...]:
        """What the bytes depend on beside the address."""
        on = self.today.isoformat() if self._reads_the_date() else ""
        return (self.head.digest, self.head.slug, str(self.phase), on)

    @property
    def modified(self) -> datetime:
        """The later of the release and the moment at which the key last changed."""
        event, zone = self.programme.event, self.programme.event.tz
        day = {Phase.NEAR: event.starts_on - SOON, Phase.OVER: event.ends_on + timedelta(days=1)}
        since = self.today if self._reads_the_date() else day.get(self.phase)
        if since is None:
            return self.head.published
        return max(self.head.published.astimezone(UTC), midnight(since, zone).astimezone(UTC))

    def _reads_the_date(self) -> bool:
        is_near = self.phase in (Phase.NEAR, Phase.RUNNING)
        return is_near or bool(tombstones(self.programme, self.today))


PageView = Callable[Concatenate[HttpRequest, Shown, P], HttpResponse]
EventView = Callable[Concatenate[HttpRequest, str, P], HttpResponse]


def programme_page(view: PageView[P]) -> EventView[P]:
    """Make a view of a programme answer at `<event>`, and in every state of it."""

    @require_safe
    @wraps(view)
    def answer(
        request: HttpRequest, event_slug: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        shown = current(event_slug)
        if shown is None:
            return to_present_slug(request, event_slug)
        try:
            return view(request, shown, *args, **kwargs)
        except (Malformed, Unknown) as error:
            return refused(request, shown, error)
        except Gone:
            context = page_context(request, shown)
            return responses.page(request, "410.html", context, status=410)

    return answer


def programme_feed(view: PageView[P]) -> EventView[P]:
    """Make a feed answer at `<event>`: under an old slug in place, since clients keep redirects."""

    @require_safe
    @wraps(view)
    def answer(
        request: HttpRequest, event_slug: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        shown = current(event_slug) or current(released.present_slug(event_slug) or "")
        if shown is None:
            raise Http404(_("No such event is here."))
        try:
            response = view(request, shown, *args, **kwargs)
        except Malformed as error:
            response = plain(400, _("The value of “%(name)s” cannot be read."), name=error.name)
        except Unknown as error:
            response = plain(404, unknown_text(error))
        except Gone:
            response = plain(410, _("This was withdrawn from the programme."))
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def current(event_slug: str) -> Shown | None:
    """Return the programme of a public event: one query, and one more at first sight of it."""
    head = released.head(event_slug) if event_slug else None
    if head is None:
        return None
    programme = released.programme(head)
    return Shown(head, programme, timezone.now().astimezone(programme.event.tz).date())


def to_present_slug(request: HttpRequest, event_slug: str) -> HttpResponse:
    """Redirect to the same address under the slug that the event has now, if it is public."""
    present = released.present_slug(event_slug)
    if present is None or released.head(present) is None:
        raise Http404(_("No such event is here."))
    before, after = (reverse("talks:event", args=[slug]) for slug in (event_slug, present))
    return responses.moved(request, request.path.replace(before, after, 1))


def find(shown: Shown, records: Iterable[Found], segment: str, letter: str) -> Found:
    """Return the record that `<code>-<slug>` names, in any case.

    Raises Gone for a code of the same table that was withdrawn, Http404 for any other.
    """
    code = code_of(segment)
    for record in records:
        if record.code == code:
            return record
    if code.startswith(letter) and code in shown.programme.gone:
        raise Gone(code)
    raise Http404(_("No such thing stands in the programme."))


def elsewhere(request: HttpRequest, path: str) -> HttpResponse | None:
    """Redirect to the present address of what was found, unless the request is there."""
    if request.path == path:
        return None
    return responses.moved(request, path)


def show(
    request: HttpRequest,
    shown: Shown,
    template: str,
    context: Callable[[], dict[str, object]],
    *,
    zone: ZoneInfo | None = None,
) -> HttpResponse:
    """Answer with a page of the programme, kept; times are in `zone`, else in the event's."""

    def build() -> str:
        with timezone.override(zone or shown.programme.event.tz):
            return render_to_string(template, page_context(request, shown) | context())

    return responses.cached(request, shown.key, build, modified=shown.modified)


def page_context(request: HttpRequest, shown: Shown) -> dict[str, object]:
    """What every page of an event reads."""
    event = shown.programme.event
    return {
        "event": event,
        "programme": shown.programme,
        "colours_url": colours_path(shown.programme),
        "path": request.path,
        "unknown_language": unknown_language(request),
    }


def colours_path(programme: Programme) -> str:
    """Return the address of the event's colours; empty when it has none."""
    css = stylesheet(programme.event, programme.tracks)
    return reverse("talks:colours", args=[programme.event.slug, digest(css)]) if css else ""


def refused(request: HttpRequest, shown: Shown, error: Malformed | Unknown) -> HttpResponse:
    """Say what of an address was not found, or could not be read."""
    is_unknown = isinstance(error, Unknown)
    context = page_context(request, shown) | {"error": error, "is_unknown": is_unknown}
    return responses.page(request, "talks/refused.html", context, 404 if is_unknown else 400)


def unknown_text(error: Unknown) -> str:
    return _("“%(value)s” is no %(name)s here.") % {"value": error.value, "name": error.name}


def plain(status: int, text: str, **values: str) -> HttpResponse:
    body = text % values if values else text
    return HttpResponse(f"{body}\n", status=status, content_type="text/plain; charset=utf-8")
