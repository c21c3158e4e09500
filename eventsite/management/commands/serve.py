"""`manage.py serve`: the site behind gunicorn, for production and for the demo."""

from collections.abc import Collection

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from eventsite.migrated import check_migrated
from eventsite.serving import Server, check_port, web_address
from papers.editors import ensure_catalogue_editors


class Command(BaseCommand):
    help = "Serve the site with gunicorn until Ctrl-C or SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
        parser.add_argument("--port", type=int, default=8000, help="default: 8000")
        parser.add_argument("--workers", type=int, default=2, help="processes; default: 2")
        parser.add_argument("--threads", type=int, default=4, help="of each process; default: 4")

    def handle(
        self, *, host: str, port: int, workers: int, threads: int, **options: object
    ) -> None:
        check_port(host, port)
        check_migrated()
        check_collected()
        ensure_catalogue_editors()
        connections.close_all()  # a connection must not cross into the workers
        self.address = web_address(host, port)
        Server(host, port, workers, threads, self.ready).run()

    def ready(self) -> None:
        self.stdout.write(f"Serving at {self.address}/ until Ctrl-C.")
        if self.address != settings.SITE_URL:
            self.stdout.write(f"Feeds and links say {settings.SITE_URL}: SITE_URL sets it.")
        self.stdout.flush()


def check_collected() -> None:
    """Refuse to serve pages without their styles: none of them would be shown."""
    storage = staticfiles_storage
    missing = (
        uncollected(storage.hashed_files) if isinstance(storage, ManifestStaticFilesStorage) else []
    )
    if missing:
        raise CommandError(
            f"{missing[0]} is missing from {settings.STATIC_ROOT}: run manage.py collectstatic."
        )


def uncollected(known: Collection[str]) -> list[str]:
    """Return the names of our static files that are not among the known ones."""
    files = {
        path.relative_to(folder).as_posix()
        for folder in settings.STATICFILES_DIRS
        for path in folder.rglob("*.*")
    }
    return sorted(files - set(known))
