"""What every page says of the site: its name, its addresses, its days. None needs a request."""

from datetime import date

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.encoding import escape_uri_path

from eventsite.middleware import unknown_language

register = template.Library()


@register.simple_tag
def site_name() -> str:
    return settings.SITE_NAME


@register.simple_tag(takes_context=True)
def here(context: Context) -> str:
    """Return the full address of this page without its query; empty when nothing tells it."""
    path, request = context.get("path"), context.get("request")
    if not path and isinstance(request, HttpRequest):
        path = request.path
    return settings.SITE_URL + escape_uri_path(str(path)) if path else ""


@register.simple_tag(takes_context=True)
def unspoken(context: Context) -> str:
    """Return the language of `?lang=` that the site does not speak; empty when all is well."""
    request = context.get("request")
    if isinstance(request, HttpRequest):
        return unknown_language(request)
    return str(context.get("unknown_language", ""))


@register.filter
def as_day(value: date | str) -> date:
    """Return the day of an ISO date, as a summary of a release has it; a date as it is."""
    return date.fromisoformat(value) if isinstance(value, str) else value
