"""The addresses of events: only the code of `<code>-<slug>` is read.

What is made from a programme has an address in a preview of the draft too.
"""

from django.urls import include, path, register_converter
from django.urls.converters import IntConverter

from talks import (
    views,
    views_agenda,
    views_calendar,
    views_export,
    views_files,
    views_formats,
    views_releases,
)

app_name = "talks"


class ReleaseNumber(IntConverter):
    """A number in the one way it is written, and of a size that a database can hold."""

    regex = "[1-9][0-9]{0,8}"


register_converter(ReleaseNumber, "release")

programme = [
    path("", views.event, name="event"),
    path("schedule/", views.schedule, name="schedule"),
    path("schedule.ics", views_export.schedule_ics, name="schedule_ics"),
    *(
        path(
            f"schedule.{name}", views_formats.schedule_file, {"extension": name}, f"schedule_{name}"
        )
        for name in views_formats.FORMATS
    ),
    path("calendar/", views_calendar.calendar, name="calendar"),
    path("sessions/<str:segment>.ics", views_export.session_ics, name="session_ics"),
    path("sessions/<str:segment>/", views.session, name="session"),
    path("talks/<str:segment>.ics", views_export.talk_ics, name="talk_ics"),
    path("talks/<str:segment>/", views.talk, name="talk"),
    path("people/", views.people, name="people"),
    path("people/<str:segment>.ics", views_export.person_ics, name="person_ics"),
    path("people/<str:segment>/", views.person, name="person"),
    path("posters/", views.posters, name="posters"),
    path("organizers/", views.organizers, name="organizers"),
    path("dates/", views.dates, name="dates"),
    path("dates.ics", views_export.dates_ics, name="dates_ics"),
    path("pages/<str:slug>/", views.page, name="page"),
    path("colours-<str:digest>.css", views_export.colours, name="colours"),
    path("files/<str:digest>/<str:name>", views_files.file, name="file"),
]

public_only = [
    path("agenda/", views_agenda.agenda, name="agenda"),
    path("agenda/<str:key>.ics", views_agenda.agenda_ics, name="agenda_ics"),
    path("releases/", views_releases.releases, name="releases"),
    path("releases.atom", views_releases.releases_atom_feed, name="releases_atom"),
    path("releases/<release:number>.json", views_releases.release_json, name="release_json"),
    path("releases/<release:number>/", views_releases.release, name="release"),
    path("releases/<release:number>/changes/", views_releases.changes, name="changes"),
    path(
        "releases/<release:number>/changes.json",
        views_releases.changes_json,
        name="changes_json",
    ),
]

urlpatterns = [
    path("", views.events, name="events"),
    path("<slug:event_slug>/", include([*programme, *public_only])),
]

preview = [path("<str:key>/events/<slug:event_slug>/", include(programme))]
