"""The admin site: Django's, without the page that tells any row's address by its number."""

from django.contrib.admin import AdminSite
from django.urls import URLPattern, URLResolver


class Site(AdminSite):
    """`r/<type>/<number>/` would tell a logged-in organizer the slug of another's hidden event."""

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
