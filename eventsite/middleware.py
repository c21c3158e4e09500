"""What happens to every request before its view."""

from collections.abc import Callable

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    StreamingHttpResponse,
)
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

View = Callable[[HttpRequest], HttpResponse]


def refuse_nul(get_response: View) -> View:
    """Answer 400 to an address that holds NUL: no database takes it, and nobody types it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest(
                "400: the address holds a NUL.", content_type="text/plain"
            )
        return get_response(request)

    return middleware


def answer_head(get_response: View) -> View:
    """Send no body with a HEAD: the server would drop it, and complain in the log each time."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD" and isinstance(response, StreamingHttpResponse):
            response.streaming_content = ()
        elif request.method == "HEAD":
            response.content = b""
        return response

    return middleware


def keep_previews_private(get_response: View) -> View:
    """Let nobody keep what a preview's key opens, find it, or be told where it was.

    Errors and redirects too: their address holds the key.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/preview/"):
            for name in ("ETag", "Last-Modified"):
                del response[name]
            response["Cache-Control"] = "no-store"
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return middleware


def know_nobody(get_response: View) -> View:
    """Drop the admin's cookies outside of it, where no browser of ours sends them.

    Else Django answers one that it cannot read with another, on any page or feed.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(settings.SESSION_COOKIE_PATH):
            for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
                request.COOKIES.pop(name, None)
        return get_response(request)

    return middleware


def speak(get_response: View) -> View:
    """Answer in the language of `?lang=`, else of Accept-Language; no cookie is read.

    A language that we do not speak leaves `?lang=` aside; `unknown_language` tells the page.
    """
    spoken = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        wished = request.GET.get("lang", "")
        language = wished if wished in spoken else from_header(request)
        with translation.override(language):
            response = get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
            patch_vary_headers(response, ["Accept-Language"])
        return response

    def from_header(request: HttpRequest) -> str:
        accepted = request.headers.get("Accept-Language", "")[:500]
        for name, _weight in parse_accept_lang_header(accepted):
            if name in spoken:
                return name
            if name.partition("-")[0] in spoken:
                return name.partition("-")[0]
        return settings.LANGUAGE_CODE

    return middleware


def unknown_language(request: HttpRequest) -> str:
    """Return the language of `?lang=` that we do not speak; empty when all is well."""
    wished = request.GET.get("lang", "")
    return "" if wished in dict(settings.LANGUAGES) else wished
