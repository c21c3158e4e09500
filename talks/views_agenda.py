"""An agenda without an account: its page, its stars and its feed, for whoever has the key.

The key stands in one cookie, whose path is the agenda's, and in the address of the feed. Where
another event keeps the agenda, and under an old slug, a second cookie carries the key over once,
as what the browser may have there cannot be seen from here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from eventsite import keys, responses
from talks import agendas, forms, released
from talks.agenda_page import holds, links, listed
from talks.answers import language_of, page_context, plain, unknown_text
from talks.filters import Malformed, Unknown
from talks.fitting import LIMITS
from talks.formats import ical
from talks.formats.feeds import Part
from talks.models import Agenda
from talks.shown import Shown, today_in
from talks.starred import Stars, part, shortened
from talks.views_export import CALENDAR, Kind, alarm_of, feed_of

COOKIE, CARRIED = "agenda", "agenda_carried"
KEPT_SECONDS = 400 * 24 * 3600  # the longest that browsers keep one


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered, and the key to be kept; without one, what the browser has stays there.

    It may have got another since it sent this one. `is_deleted`: it shall have none any more.
    """

    response: HttpResponse
    key: str
    is_deleted: bool = False


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, event_slug: str) -> HttpResponse:
    """What this browser starred: a page or `?starred`; a POST changes it. Four queries."""
    if request.method == "POST" and not responses.is_same_origin(request):
        return refusal(request, 403, _("It was sent from a page of another site."))
    present = event_slug
    home = agendas.home(event_slug)
    if home is None:
        present = released.present_slug(event_slug) or ""
        home = agendas.home(present)
    if home is None:
        raise Http404(_("No such event is here."))
    if home != event_slug:
        return handed_on(request, event_slug, present, home)
    key = key_at(request, home)
    try:
        answer = (change if request.method == "POST" else look)(request, key, home)
    except Malformed:
        return refusal(request, 400, _("It asks for something that cannot be read."))
    except agendas.Full:
        text = _("An agenda holds %(most)d stars at the most: take some away first.")
        return refusal(request, 409, text % {"most": agendas.MOST})
    except agendas.Unopened:
        answer = Answer(sent_again(home), "")
    return with_cookie(request, answer, home)


@require_safe
def agenda_ics(request: HttpRequest, event_slug: str, key: str) -> HttpResponse:
    """The feed of an agenda: two queries, one for a 304; one more for each level of events below
    the second that are held at its own, and for each programme that this process never saw.
    """
    try:
        response = feed(request, event_slug, key)
    except Malformed as error:
        response = plain(400, _("The value of “%(name)s” cannot be read."), name=error.name)
    except Unknown as error:
        response = plain(404, unknown_text(error))
    response["Referrer-Policy"] = "no-referrer"
    return responses.for_one(response)


def feed(request: HttpRequest, event_slug: str, key: str) -> HttpResponse:
    opened = agendas.find_feed(key, event_slug)
    if opened is None or not opened[1]:
        return plain(404, _("No such agenda is here."))
    found, shown = opened[0], [Shown(head, today_in(head)) for head in opened[1]]
    alarm, slug = alarm_of(request), shown[0].head.slug
    kind = Kind(lambda: _("My agenda"), page=reverse("talks:agenda", args=[slug]), is_busy=True)

    def build() -> bytes:
        head, taken = feed_of(shown[0], kind, alarm), parts(shown, found)
        made = ical.dumps(head, *taken)
        if len(made) <= LIMITS.octets:
            return made
        return ical.dumps(head, *shortened(head, taken, LIMITS.octets))

    releases = (text for one in shown for text in one.key)
    known = (found.key_hash, found.changed.isoformat(), *releases)
    modified = max(found.changed, *(one.modified for one in shown))
    with translation.override(language_of(request, shown[0])):
        response = responses.private(
            request, known, build, modified=modified, content_type=CALENDAR
        )
    response["Content-Disposition"] = f'inline; filename="{slug}-agenda.ics"'
    return response


def parts(shown: Sequence[Shown], found: Agenda) -> list[Part]:
    """What the feed takes from each event; of the agenda's own also when it is nothing."""
    stars = agendas.stars_of(found)
    kept = [one for one in shown if one is shown[0] or holds(one.head, stars)]
    return [part(one.programme, stars, found.changed, one.today) for one in kept]


def all_shown(home: str) -> list[Shown]:
    return [Shown(head, today_in(head)) for head in released.family(home)]


# A request, from its cookies to those of its answer


def key_at(request: HttpRequest, home: str) -> str:
    """Return the key of this browser, with the stars of one that was carried here."""
    key, carried = (keys.read(request.COOKIES.get(name, "")) for name in (COOKIE, CARRIED))
    return agendas.join(key, carried, home) if carried else key


def handed_on(request: HttpRequest, slug: str, present: str, home: str) -> HttpResponse:
    """Lead to where the agenda is kept, and take the key and what it opens there."""
    path, query = reverse("talks:agenda", args=[home]), request.META.get("QUERY_STRING", "")
    address = f"{path}?{query}" if query else path
    response = HttpResponseRedirect(address, preserve_request=request.method == "POST")
    key = keys.read(request.COOKIES.get(COOKIE, ""))
    if agendas.move(key, present, home):
        put(response, CARRIED, key, home)
        response.delete_cookie(COOKIE, reverse("talks:agenda", args=[slug]), samesite="Lax")
    return responses.for_one(response)


def sent_again(home: str) -> HttpResponse:
    """Ask the browser for the same once more, with the key that it has by then.

    Another page of it may just have got a new one, which a new agenda's must not replace.
    """
    path = reverse("talks:agenda", args=[home])
    return HttpResponseRedirect(f"{path}?again", preserve_request=True)


def with_cookie(request: HttpRequest, answer: Answer, home: str) -> HttpResponse:
    response, path = answer.response, reverse("talks:agenda", args=[home])
    if answer.key:
        put(response, COOKIE, answer.key, home)
    elif answer.is_deleted:
        response.delete_cookie(COOKIE, path, samesite="Lax")
    if CARRIED in request.COOKIES:
        response.delete_cookie(CARRIED, path, samesite="Lax")
    patch_vary_headers(response, ["Cookie"])
    return responses.for_one(response)


def put(response: HttpResponse, name: str, key: str, home: str) -> None:
    response.set_cookie(
        name,
        key,
        max_age=KEPT_SECONDS,
        path=reverse("talks:agenda", args=[home]),
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


# What is changed


def change(request: HttpRequest, key: str, home: str) -> Answer:
    """Do what a form asks, and lead to where it can be seen. Raises Full, Malformed, Unopened."""
    wish, is_deleted = forms.read_wish(request.POST.dict()), False
    if wish.action in ("star", "add"):
        key = starred_by(request, key, home, starrable(wish, home))
    elif wish.action == "unstar":
        agendas.unstar(key, home, wish.codes)
    elif wish.action == "empty":
        agendas.empty(key, home)
    elif wish.action == "rotate":
        key = agendas.rotate(key, home)
    else:
        is_deleted = agendas.delete(key, home)
    found = agendas.find(key, home)
    return Answer(changed(request, wish, found, home), key if found else "", is_deleted)


def starred_by(request: HttpRequest, key: str, home: str, codes: list[str]) -> str:
    """Star codes and return the key; that of a new agenda, if the same was sent twice in vain."""
    try:
        return agendas.star(key, home, codes)
    except agendas.Unopened:
        if "again" not in request.GET:
            raise
    return agendas.star("", home, codes)


def starrable(wish: forms.Wish, home: str) -> list[str]:
    """The codes that stand in a release, of all that were asked for; a single one must."""
    family = released.family(home)
    known = [code for code in wish.codes if any(code in agendas.codes(h).standing for h in family)]
    if not known and wish.action == "star":
        raise Http404(_("No such thing stands in the programme."))
    return known


def changed(
    request: HttpRequest, wish: forms.Wish, found: Agenda | None, home: str
) -> HttpResponse:
    """A script is told what is starred now; a form leads back, or to the agenda."""
    if "application/json" in request.headers.get("Accept", ""):
        return starred(found)
    there = wish.then or reverse("talks:agenda", args=[home])
    if len(wish.codes) == 1 and "#" not in there:
        there += f"#{wish.codes[0]}"
    response = HttpResponseRedirect(there)
    response.status_code = 303
    return response


# What is shown


def look(request: HttpRequest, key: str, home: str) -> Answer:
    """The stars of this browser, or those of a link that somebody shared. Raises Malformed."""
    found = agendas.find(key, home)
    key = key if found else ""
    if "starred" in request.GET:
        return Answer(starred(found), key)
    shared = forms.read_codes(request.GET.get("codes", ""))
    shown = all_shown(home)
    if not shown:
        raise Http404(_("No such event is here."))
    stars: Stars = agendas.stars_of(found)
    if "codes" in request.GET:
        stars = dict.fromkeys(shared, shown[0].head.published)
    context = page_context(request, shown[0]) | listed(shown, stars)
    context |= links(shown[0], key, alarm_of(request))
    context |= {"section": "agenda", "is_shared": "codes" in request.GET}
    return Answer(responses.page(request, "talks/agenda.html", context), key)


def starred(found: Agenda | None) -> HttpResponse:
    return JsonResponse([*agendas.stars_of(found)], safe=False)


def refusal(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    context = {"status": status, "reason": reason}
    return responses.for_one(responses.page(request, "talks/agenda_refused.html", context, status))
