"""What all pages and feeds of a programme share: the release, the moment, the states.

One query finds the event's current release; a client that has its bytes is answered before the
programme is read. An old slug leads to the present one; what is unknown is 404, what was
withdrawn 410, what cannot be read 400. The bytes depend on the release and the phase alone, so
that they can be kept; but a preview of the draft, through the same views, is kept by nobody.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eventsite import responses
from eventsite.codes import code_of
from eventsite.middleware import unknown_language
from talks import addresses, filters, released
from talks.choices import name_of
from talks.colours import digest, stylesheet
from talks.filters import Malformed, Unknown
from talks.records import Programme
from talks.shown import Shown, shown_by, shown_in_place

# The parameters that any page or feed of a programme reads: others make no answer of their own.
READ = frozenset({*filters.NAMES, "alarm", "feed", "from", "to"})

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


PageView = Callable[Concatenate[HttpRequest, Shown, P], HttpResponse]
EventView = Callable[Concatenate[HttpRequest, str, P], HttpResponse]


def programme_page(view: PageView[P]) -> EventView[P]:
    """Make a view of a programme answer at `<event>`, and in every state of it."""

    @require_safe
    @wraps(view)
    def answer(
        request: HttpRequest, event_slug: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        key = str(kwargs.pop("key", ""))
        shown = shown_by(key, event_slug)
        if shown is None and key:
            raise Http404(_("No such event is here."))
        if shown is None:
            return to_present_slug(request, event_slug)
        try:
            known = unchanged(request, shown, responses.HTML)
            return known or view(request, shown, *args, **kwargs)
        except (Malformed, Unknown) as error:
            return refused(request, shown, error)
        except Gone:
            context = page_context(request, shown)
            return responses.page(request, "410.html", context, status=410)

    return answer


def programme_feed(view: PageView[P]) -> EventView[P]:
    """Make a feed answer at `<event>`: under an old slug in place, since clients keep redirects.

    Its language is that of `?lang=`, else the event's; what a browser accepts is never read.
    """

    @require_safe
    @wraps(view)
    def answer(
        request: HttpRequest, event_slug: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        shown = shown_in_place(str(kwargs.pop("key", "")), event_slug)
        try:
            with translation.override(language_of(request, shown)):
                response = unchanged(request, shown) or view(request, shown, *args, **kwargs)
        except Malformed as error:
            response = plain(400, _("The value of “%(name)s” cannot be read."), name=error.name)
        except Unknown as error:
            response = plain(404, unknown_text(error))
        except Gone:
            response = plain(410, _("This was withdrawn from the programme."))
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def unchanged(request: HttpRequest, shown: Shown, content_type: str = "") -> HttpResponse | None:
    """Answer 304 to a client that has the bytes, before the programme is read."""
    if shown.is_draft:
        return None
    return responses.known(request, shown.key, shown.modified, content_type, READ)


def language_of(request: HttpRequest, shown: Shown) -> str:
    """The language asked for, else the event's, else the site's."""
    spoken = dict(settings.LANGUAGES)
    wished = request.GET.get("lang", "")
    if wished and wished not in spoken:
        raise Unknown("lang", wished)
    language = wished or shown.head.language
    return language if language in spoken else settings.LANGUAGE_CODE


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

    return kept(request, shown, build)


def live(
    request: HttpRequest, shown: Shown, template: str, context: dict[str, object]
) -> HttpResponse:
    """Answer with a page that holds live text too, made each time."""
    whole = page_context(request, shown) | context
    if shown.is_draft:
        return responses.unkept(lambda: render_to_string(template, whole, request))
    return responses.page(request, template, whole)


def kept(
    request: HttpRequest,
    shown: Shown,
    build: Callable[[], str | bytes],
    content_type: str = responses.HTML,
) -> HttpResponse:
    """Answer with what is made from the release, made once; from a draft, each time."""
    if shown.is_draft:
        return responses.unkept(build, content_type)
    return responses.cached(
        request, shown.key, build, modified=shown.modified, content_type=content_type, read=READ
    )


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
    return f"{addresses.event_path(programme.event)}colours-{digest(css)}.css" if css else ""


def refused(request: HttpRequest, shown: Shown, error: Malformed | Unknown) -> HttpResponse:
    """Say what of an address was not found, or could not be read."""
    is_unknown = isinstance(error, Unknown)
    context = page_context(request, shown) | {"error": error, "is_unknown": is_unknown}
    return responses.page(request, "talks/refused.html", context, 404 if is_unknown else 400)


def unknown_text(error: Unknown) -> str:
    return _("“%(value)s” is no %(name)s here.") % {
        "value": error.value,
        "name": name_of(error.name),
    }


def plain(status: int, text: str, **values: str) -> HttpResponse:
    body = text % values if values else text
    return HttpResponse(f"{body}\n", status=status, content_type="text/plain; charset=utf-8")
