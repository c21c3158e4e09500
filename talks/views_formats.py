"""The schedule in the formats of others: made from the current release, filtered like its page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talks import filters, labels
from talks.addresses import schedule_file_path
from talks.answers import kept, programme_feed
from talks.choices import asked
from talks.entries import entries
from talks.filters import Filters
from talks.formats import frab_xml, schedule_atom, schedule_csv, schedule_json, schedule_text
from talks.formats.extract import Extract, in_order
from talks.records import EventRecord
from talks.shown import Shown


@dataclass(frozen=True, slots=True)
class Format:
    name: str | Promise
    content_type: str
    dumps: Callable[[Extract, Filters], bytes]
    is_download: bool = False

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0]


def as_xml(extract: Extract, _wanted: Filters) -> bytes:
    return frab_xml.dumps(extract)


def as_json(extract: Extract, _wanted: Filters) -> bytes:
    return schedule_json.dumps(extract)


def as_csv(extract: Extract, _wanted: Filters) -> bytes:
    return schedule_csv.dumps(extract, labels.columns())


def as_text(extract: Extract, wanted: Filters) -> bytes:
    event, zone = extract.event, extract.zone
    offsets = dict.fromkeys(labels.offset(extract.start_of(entry)) for entry in extract.entries)
    clock = _("All times are in %(zone)s (%(offsets)s).") % {
        "zone": zone.key,
        "offsets": ", ".join(offsets),
    }
    about = [" – ".join(filter(None, (days_of(event), event.place)))]
    about.append(asked(extract.programme, wanted))
    about.append(draft_word(extract))
    about.append(clock if offsets else _("Nothing in the schedule matches these filters."))
    return schedule_text.dumps(extract, lambda day: date_format(day, "l j F Y"), about)


def as_atom(extract: Extract, wanted: Filters) -> bytes:
    event = extract.event
    parts = (draft_word(extract), event.acronym or event.name, asked(extract.programme, wanted))
    return schedule_atom.dumps(extract, " – ".join(filter(None, parts)))


def draft_word(extract: Extract) -> str:
    """What the head of a preview's file says; empty for a release."""
    return extract.words.draft if extract.event.prefix else ""


FORMATS = {
    "xml": Format("XML", "application/xml; charset=utf-8", as_xml),
    "json": Format("JSON", "application/json", as_json),
    "csv": Format("CSV", "text/csv; charset=utf-8", as_csv, is_download=True),
    "txt": Format(gettext_lazy("text"), "text/plain; charset=utf-8", as_text),
    "atom": Format("Atom", "application/atom+xml; charset=utf-8", as_atom),
}


@dataclass(frozen=True, slots=True)
class File:
    """A question in one format, as a page links it."""

    name: str
    media_type: str
    path: str


def files(event: EventRecord, wanted: Filters) -> list[File]:
    """The same question in every format; in the event's language, as the calendar is."""
    query = wanted.query(view="", at="", lang="").rstrip("?")
    return [
        File(str(form.name), form.media_type, schedule_file_path(event, end) + query)
        for end, form in FORMATS.items()
    ]


@programme_feed
def schedule_file(request: HttpRequest, shown: Shown, extension: str) -> HttpResponse:
    """The programme in one of `FORMATS`, filtered like the schedule's page: one query."""
    form = FORMATS[extension]
    wanted = filters.read_for_file(dict(request.GET.lists()), shown.programme, labels.KINDS)
    response = kept(
        request,
        shown,
        lambda: form.dumps(extract_of(shown, wanted), wanted),
        content_type=form.content_type,
    )
    how = "attachment" if form.is_download else "inline"
    response["Content-Disposition"] = f'{how}; filename="{shown.head.slug}.{extension}"'
    return response


def extract_of(shown: Shown, wanted: Filters) -> Extract:
    programme = shown.programme
    return Extract(
        programme=programme,
        entries=in_order(wanted.keep_entries(entries(programme))),
        zone=wanted.zone,
        version=_("Draft") if shown.is_draft else str(shown.head.number),
        published=shown.head.published,
        base_url=settings.SITE_URL,
        query=wanted.query(view="", at="").rstrip("?"),
        words=labels.words(),
    )


def days_of(event: EventRecord) -> str:
    first, last = (date_format(day, "j F Y") for day in (event.starts_on, event.ends_on))
    return first if first == last else f"{first} – {last}"
