"""The addresses of the catalogue: only the code of `<code>-<slug>` is read."""

from django.urls import path

from papers import views

app_name = "papers"

urlpatterns = [
    path("", views.papers, name="papers"),
    path("authors/<str:segment>/", views.author, name="author"),
    path("venues/<str:slug>/", views.venue, name="venue"),
    path("topics/<str:slug>/", views.topic, name="topic"),
    path("lists/", views.reading_lists, name="lists"),
    path("lists/<str:slug>/", views.reading_list, name="list"),
    path("<str:segment>/", views.paper, name="paper"),
]
