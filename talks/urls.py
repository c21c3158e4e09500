"""The addresses of events: only the code of `<code>-<slug>` is read."""

from django.urls import include, path

from talks import views, views_export, views_files

app_name = "talks"

event = [
    path("", views.event, name="event"),
    path("schedule/", views.schedule, name="schedule"),
    path("schedule.ics", views_export.schedule_ics, name="schedule_ics"),
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

urlpatterns = [
    path("", views.events, name="events"),
    path("<slug:event_slug>/", include(event)),
]
