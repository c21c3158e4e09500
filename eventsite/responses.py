"""Answers that can be asked for again: an ETag on each, and an empty 304 when it still holds.

Two kinds. A live page has the hash of its body. What is made from a release is known before it
is made, by the release's digest, the address, the language and the phase; its bytes are kept in
the process, and in Redis when there is one.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from importlib.metadata import distributions
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag, urlencode
from django.utils.translation import get_language

from eventsite.memory import Bounded

HTML = "text/html; charset=utf-8"
KEPT_SECONDS = 24 * 3600


def fingerprint() -> str:
    """Return a hash of code and templates, the libraries' by their versions.

    Other ones make other bytes of the same release.
    """
    sources = sorted(
        path
        for folder in ("eventsite", "papers", "talks", "templates", "static")
        for path in (settings.BASE_DIR / folder).rglob("*.*")
        if path.suffix in {".py", ".html", ".txt", ".css", ".js", ".svg", ".mo"}
    )
    libraries = sorted(f"{each.name} {each.version}" for each in distributions())
    parts = [*(path.read_bytes() for path in sources), *map(str.encode, libraries)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


BUILD = fingerprint()


class ByteCache(Bounded[str, bytes]):
    """Bodies by key, but for one that alone would take a quarter of the room."""

    def __init__(self, limit: int):
        super().__init__(limit, lambda _key, body: len(body), largest=limit // 4)


bodies = ByteCache(settings.PAGE_CACHE_BYTES)
shared = (
    redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=0.2, socket_connect_timeout=0.2, retry=None
    )
    if settings.REDIS_URL
    else None
)


def page(
    request: HttpRequest, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    """Render a live page; its ETag is the hash of its body."""
    body = render_to_string(template, context, request).encode()
    response = HttpResponse(body, content_type=HTML, status=status)
    return conditional(request, response, hashlib.sha256(body).hexdigest()[:32])


def cached(
    request: HttpRequest,
    key: tuple[str, ...],
    build: Callable[[], str | bytes],
    *,
    modified: datetime | None = None,
    content_type: str = HTML,
    read: Collection[str] | None = None,
) -> HttpResponse:
    """Answer with what `build` makes, made once for each key and address.

    `key` says what the bytes depend on beside the address: digest and phase first of all; `read`
    the parameters that matter, None all of them: the others make no answer of their own.
    """
    tag = _tag(request, key, read)
    response = HttpResponse(content_type=content_type)
    if answer := _unchanged(request, response, tag, modified):
        return answer
    response.content = _kept(tag, build)
    return conditional(request, response, tag, modified)


def streamed(
    request: HttpRequest,
    key: tuple[str, ...],
    pieces: Callable[[], Iterable[str]],
    content_type: str,
    *,
    read: Collection[str] | None = None,
) -> HttpResponseBase:
    """As `cached`, for what is too long to be kept or made whole: it is sent piece by piece."""
    head = conditional(request, HttpResponse(content_type=content_type), _tag(request, key, read))
    return (
        StreamingHttpResponse(pieces(), headers=head.headers) if head.status_code == 200 else head
    )


def known(
    request: HttpRequest,
    key: tuple[str, ...],
    modified: datetime,
    content_type: str = "",
    read: Collection[str] | None = None,
) -> HttpResponse | None:
    """Answer 304 to a client that names the ETag `cached` would give; else None.

    Nothing need be read for it: who has the ETag was answered with the same key before. "*" is
    the ETag of whatever there is, so it has to be looked for.
    """
    if request.headers.get("If-None-Match", "*").strip() == "*":
        return None
    response = HttpResponse(content_type=content_type or HTML)
    answer = _unchanged(request, response, _tag(request, key, read), modified)
    if answer and not content_type:
        del answer["Content-Type"]
    return answer


def unkept(build: Callable[[], str | bytes], content_type: str = HTML) -> HttpResponse:
    """Answer with what `build` makes, for this reader and this moment alone."""
    response = HttpResponse(build(), content_type=content_type)
    response["Cache-Control"] = "no-store"
    return response


def private(
    request: HttpRequest,
    key: tuple[str, ...],
    build: Callable[[], bytes],
    *,
    modified: datetime,
    content_type: str,
) -> HttpResponse:
    """Answer one reader with what `build` makes: as `cached`, but nobody else keeps it."""
    tag = _tag(request, key)
    response = HttpResponse(content_type=content_type)
    answer = _unchanged(request, response, tag, modified)
    if answer is None:
        response.content = build()
        answer = conditional(request, response, tag, modified)
    return for_one(answer)


def for_one(response: HttpResponse) -> HttpResponse:
    """Let only the browser that asked keep an answer, and ask again each time."""
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def is_same_origin(request: HttpRequest) -> bool:
    """True for a form or a script of our own pages, and for what a person typed.

    The pages are the same for everybody, so no token can stand in their forms: the browser's
    word is taken, which no page of others can put in its mouth.
    """
    site = urlsplit(settings.SITE_URL)
    is_ours = request.headers.get("Origin") == f"{site.scheme}://{site.netloc}"
    return is_ours or request.headers.get("Sec-Fetch-Site") in ("same-origin", "none")


def moved(request: HttpRequest, path: str) -> HttpResponse:
    """Redirect to where the page is now, query and all; asked again, as a name may come back."""
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    response["Cache-Control"] = "no-cache"
    return response


def normalized(request: HttpRequest, read: Collection[str] | None = None) -> str:
    """Return path and query with the parameters in one order, empty and unread ones left out.

    The values of one parameter stay in theirs, empty ones too: views read the last.
    """
    given = sorted(
        (name, values)
        for name, values in request.GET.lists()
        if any(values) and (read is None or name in read)
    )
    return f"{request.path}?{urlencode(given, doseq=True)}"


def conditional(
    request: HttpRequest, response: HttpResponse, tag: str, modified: datetime | None = None
) -> HttpResponse:
    """Put the ETag on a response, and answer 304 when the client has it."""
    response["Cache-Control"] = "no-cache"
    response["ETag"] = quote_etag(tag)
    patch_vary_headers(response, ["Accept-Encoding"])  # on a 304 too, which compressing leaves out
    if modified:
        response["Last-Modified"] = http_date(modified.timestamp())
    if response.status_code != 200:
        return response
    stamp = int(modified.timestamp()) if modified else None
    answer = get_conditional_response(request, quote_etag(tag), stamp, response) or response
    answer["Content-Type"] = response["Content-Type"]
    return answer


def _tag(request: HttpRequest, key: tuple[str, ...], read: Collection[str] | None = None) -> str:
    site = (get_language() or "", settings.SITE_URL, settings.SITE_NAME, BUILD)
    name = "\n".join((*key, normalized(request, read), *site))
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def _unchanged(
    request: HttpRequest, response: HttpResponse, tag: str, modified: datetime | None
) -> HttpResponse | None:
    answer = conditional(request, response, tag, modified)
    return answer if answer.status_code != 200 else None


def _kept(tag: str, build: Callable[[], str | bytes]) -> bytes:
    body = bodies.get(tag) or _shared_get(tag)
    if body is None:
        made = build()
        body = made.encode() if isinstance(made, str) else made
        _shared_put(tag, body)
    bodies.put(tag, body)
    return body


def _shared_get(tag: str) -> bytes | None:
    try:
        found = shared.get(f"eventsite:{tag}") if shared else None
    except redis.RedisError:
        return None
    return found if isinstance(found, bytes) else None


def _shared_put(tag: str, body: bytes) -> None:
    try:
        if shared:
            shared.set(f"eventsite:{tag}", body, ex=KEPT_SECONDS)
    except redis.RedisError:
        return
