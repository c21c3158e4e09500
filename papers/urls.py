"""The addresses of the catalogue: only the code of `<code>-<slug>` is read."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from papers import views, views_export, views_lists, views_pictures, views_search
from papers.exports import FORMATS

app_name = "papers"


class Ending(StringConverter):
    """How the name of a file of citations ends."""

    regex = "|".join(FORMATS)


register_converter(Ending, "ending")

urlpatterns = [
    path("", views_search.papers, name="papers"),
    path("papers.<ending:extension>", views_export.papers_file, name="papers_file"),
    path("map/", views_pictures.paper_map, name="map"),
    path("years/", views_pictures.paper_years, name="years"),
    path("authors/<str:segment>.<ending:extension>", views_export.author_file, name="author_file"),
    path("authors/<str:segment>/", views.author, name="author"),
    path("venues/<str:slug>.<ending:extension>", views_export.venue_file, name="venue_file"),
    path("venues/<str:slug>/", views.venue, name="venue"),
    path("topics/<str:slug>.<ending:extension>", views_export.topic_file, name="topic_file"),
    path("topics/<str:slug>/", views.topic, name="topic"),
    path("lists/", views_lists.reading_lists, name="lists"),
    path("lists/<str:slug>.md", views_lists.list_markdown, name="list_markdown"),
    path("lists/<str:slug>.atom", views_lists.list_feed, name="list_feed"),
    path("lists/<str:slug>.<ending:extension>", views_export.list_file, name="list_file"),
    path("lists/<str:slug>/", views_lists.reading_list, name="list"),
    path("<str:segment>.<ending:extension>", views_export.paper_file, name="paper_file"),
    path("<str:segment>/", views.paper, name="paper"),
]
