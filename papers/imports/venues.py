"""The venues of the catalogue by every name they have, and new ones for names nobody knows."""

from collections.abc import Iterable
from dataclasses import replace

from eventsite.slugs import slug
from eventsite.writing import User
from eventsite.writing_many import create_many
from papers.folding import fold
from papers.models import Venue, VenueAlias
from papers.models.catalogue import VenueKind
from papers.venue_names import PrintedVenue, venue_of


class Venues:
    """What a printed venue is called here: an alias of the catalogue counts before all else."""

    def __init__(self) -> None:
        self.rows = {venue.pk: venue for venue in Venue.objects.order_by("-pk")}
        self.by_name: dict[str, Venue] = {}
        for venue in self.rows.values():
            for name in (venue.short, venue.slug):
                self.by_name[fold(name)] = venue
        self.by_name |= {fold(venue.name): venue for venue in self.rows.values()}
        for folded, pk in VenueAlias.objects.values_list("folded", "venue"):
            self.by_name[folded] = self.rows[pk]
        self.printed: dict[str, PrintedVenue] = {}

    def named(self, printed: str) -> PrintedVenue:
        """Return what a printed name says, under the name that the venue has here."""
        if printed not in self.printed:
            self.printed[printed] = self._named(printed)
        return self.printed[printed]

    def _named(self, printed: str) -> PrintedVenue:
        said = venue_of(printed)
        row = self.row(printed) or self.row(said.name) or self.row(said.short)
        return replace(said, name=row.name, short=row.short, kind=row.kind) if row else said

    def row(self, name: str) -> Venue | None:
        return self.by_name.get(fold(name)) if name else None

    def make(self, names: Iterable[str], by: User, batch: str) -> int:
        """Make the venues that are not there yet; return how many."""
        taken = {venue.slug for venue in self.rows.values()}
        new = []
        for name in dict.fromkeys(names):
            if not name or self.row(name):
                continue
            said = venue_of(name)
            venue = Venue(
                name=said.name or name,
                short=said.short,
                kind=said.kind or VenueKind.OTHER,
                slug=free_slug(said.short or name, taken),
            )
            taken.add(venue.slug)
            new.append(venue)
            for known in (venue.slug, venue.short, venue.name, name):
                if known:
                    self.by_name.setdefault(fold(known), venue)
        create_many(new, by=by, batch=batch)
        return len(new)


def free_slug(name: str, taken: set[str]) -> str:
    """Return a slug of a name that is not taken: "icml", "icml-2"."""
    base = slug(name)[:55] or "venue"
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
