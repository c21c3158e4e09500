"""How Django knows this app, and that the index hears of every write."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class PapersConfig(AppConfig):
    name = "papers"
    verbose_name = "Papers"

    def ready(self) -> None:
        """Follow what is written, by names: the tables cannot be imported before now."""
        import_string("eventsite.writing.follow")("papers", import_string("papers.indexing.follow"))
