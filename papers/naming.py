"""What follows from the titles and names of the catalogue."""

from eventsite.slugs import slug

from .cite_keys import assign_one
from .folding import fold
from .models import Author, Paper, VenueAlias


def derive(row: object) -> None:
    """Fill the columns that follow from a row's title or name; the caller saves it."""
    if isinstance(row, Paper):
        row.slug = slug(row.title)
        row.folded = folded(row, row.title)
        assign_one(row)
    elif isinstance(row, Author):
        row.slug = slug(row.name)
    elif isinstance(row, VenueAlias):
        row.folded = folded(row, row.folded)


def folded(row: Paper | VenueAlias, text: str) -> str:
    """Return folded text that fits its column: folding can make it longer."""
    return fold(text)[: row._meta.get_field("folded").max_length]
