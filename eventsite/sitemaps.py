"""What search engines are told of: public events and public papers, and nothing else."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from papers.models import Paper, ReadingList
from talks.models import Release

EVENT_PAGES = ("event", "schedule", "posters", "people", "dates", "calendar")


class OurSitemap(Sitemap):
    """Addresses begin with SITE_URL, whatever host was asked."""

    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class EventSitemap(OurSitemap):
    """The pages of each public event, dated by its current release."""

    def items(self) -> list[tuple[str, str, datetime]]:
        rows = Release.objects.current().values_list("event__slug", "published")
        return [(page, slug, on) for slug, on in rows.order_by("pk") for page in EVENT_PAGES]

    def location(self, item: tuple[str, str, datetime]) -> str:
        page, slug, _published = item
        return reverse(f"talks:{page}", args=[slug])

    def lastmod(self, item: tuple[str, str, datetime]) -> datetime:
        return item[2]


class PaperSitemap(OurSitemap):
    def items(self) -> QuerySet[Paper]:
        return Paper.objects.public().only("code", "slug").order_by("pk")


class ListSitemap(OurSitemap):
    def items(self) -> QuerySet[ReadingList]:
        return ReadingList.objects.public().order_by("pk")


SITEMAPS = {"events": EventSitemap, "papers": PaperSitemap, "lists": ListSitemap}
