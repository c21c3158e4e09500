"""The pages of the site as a whole: home, and what machines ask of it."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import RedisError

from eventsite import responses
from papers.models import Paper, ReadingList
from talks.listing import public_events, upcoming_and_past

PAST_SHOWN = 5
NEW_SHOWN = 5
PLAIN = "text/plain; charset=utf-8"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Events, reading lists, and what is new in the catalogue: four queries."""
    papers = Paper.objects.public()
    upcoming, past = upcoming_and_past(public_events(timezone.now()))
    context: dict[str, object] = {
        "events": upcoming,
        "past": past[:PAST_SHOWN],
        "papers_count": papers.count(),
        "lists": ReadingList.objects.public().counted(),
        "new_papers": papers.select_related("venue").order_by("-pk")[:NEW_SHOWN],
    }
    return responses.page(request, "eventsite/home.html", context)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type=PLAIN)


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The parts we stand on answer; 503 names those that do not."""
    return readiness({"database": database_answers, "redis": redis_answers})


def readiness(parts: Mapping[str, Callable[[], bool]]) -> HttpResponse:
    failed = [name for name, answers in parts.items() if not answers()]
    text = "".join(f"{name}: no answer\n" for name in failed) or "ok\n"
    return HttpResponse(text, status=503 if failed else 200, content_type=PLAIN)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def redis_answers() -> bool:
    try:
        return responses.shared is None or bool(responses.shared.ping())
    except RedisError:
        return False


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: all that is public."""
    lines = ("User-agent: *", "Disallow: /admin/", "", f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join((*lines, "")), content_type=PLAIN)
