"""`manage.py demo`: from a fresh clone to a site with a real workshop in it."""

import os
import secrets
import sys
import tempfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.urls import reverse

from eventsite.environment import unwritable
from eventsite.serving import check_port, web_address
from papers.cite_keys import assign_missing
from papers.editors import ensure_catalogue_editors
from papers.indexing import rebuild
from papers.models import Paper, Spot
from talks.models import Event, Membership, Release
from talks.models.event import MembershipRole
from talks.publishing import publish

ORGANIZER = "organizer"


class Command(BaseCommand):
    help = "Fill a database with a real workshop, publish it and serve the site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
        parser.add_argument("--port", type=int, default=8000, help="default: 8000")
        parser.add_argument(
            "--no-serve", dest="serve", action="store_false", help="prepare everything, then stop"
        )

    def handle(self, *, host: str, port: int, serve: bool, **options: object) -> None:
        if serve:
            check_port(host, port)
        check_folder(settings.DATA_DIR)
        self.step("Database", migrate)
        self.step("Content", load)
        self.step("Release", publish_first)
        self.step("Likeness", relate)
        self.step("Static files", collect)
        self.step("Organizer", make_organizer)
        address = public_address(host, port)
        for name, path in addresses():
            self.stdout.write(f"{name + ':':<15}{address}{path}")
        self.stdout.flush()
        if serve:
            become_server(host, port, address)

    def step(self, name: str, work: Callable[[], str]) -> None:
        """Say what is being done, do it, say what came of it."""
        self.stdout.write(f"{name + ':':<15}", ending="")
        self.stdout.flush()
        self.stdout.write(work())


def check_folder(folder: Path) -> None:
    """Make the data folder, or refuse in one line."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise CommandError(unwritable(folder, error)) from error


def migrate() -> str:
    call_command("migrate", interactive=False, verbosity=0)
    ensure_catalogue_editors()
    return f"{settings.DATABASES['default']['NAME']} ({connection.vendor})"


@transaction.atomic
def load() -> str:
    """Load the fixtures into an empty database; what people have is never touched."""
    if Event.objects.exists() or Paper.objects.exists():
        return "kept as it is"
    call_command("loaddata", "papers", "event", verbosity=0)
    assign_missing(Paper.objects.all())
    rebuild()
    return f"{Event.objects.count()} event, {Paper.objects.count()} papers loaded"


def publish_first() -> str:
    """Publish every event when none ever was."""
    if Release.objects.exists():
        return "kept as it is"
    for event in Event.objects.all():
        publish(event, note="The demo's first release")
    return "published"


def relate() -> str:
    """Compare the papers when they never were."""
    if Spot.objects.exists():
        return "kept as it is"
    call_command("relate_papers", stdout=StringIO())
    return f"{Spot.objects.count()} papers compared"


def collect() -> str:
    call_command("collectstatic", interactive=False, verbosity=0)
    return "collected"


@transaction.atomic
def make_organizer() -> str:
    """Make the account that may do everything; its password is shown this once."""
    users = get_user_model().objects
    if users.filter(username=ORGANIZER).exists():
        return f"{ORGANIZER}, as before (manage.py changepassword {ORGANIZER} sets a password)"
    password = secrets.token_urlsafe(12)
    user = users.create_superuser(ORGANIZER, password=password)
    for event in Event.objects.all():
        Membership.objects.create(user=user, event=event, role=MembershipRole.OWNER)
    return f"{ORGANIZER}, password {password} (shown this once)"


def public_address(host: str, port: int) -> str:
    """Return what links begin with: what was set, else the address that is served."""
    is_set = os.environ.get("SITE_URL", "").strip()
    return settings.SITE_URL if is_set else web_address(host, port)


def addresses() -> list[tuple[str, str]]:
    """Return what to open first, by name."""
    found = [("Site", reverse("eventsite:home")), ("Admin", reverse("admin:index"))]
    event = Event.objects.public().first()
    if event:
        found.append(("Calendar feed", reverse("talks:schedule_ics", args=[event.slug])))
    return found


def become_server(host: str, port: int, address: str) -> None:
    """Go on as `manage.py serve`, whose links begin with the address it is served at."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "serve"]
    options = ["--host", host, "--port", str(port), "--workers", "1"]
    os.execve(sys.executable, command + options, {**os.environ, "SITE_URL": address})
