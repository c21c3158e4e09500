"""The tables of the paper catalogue."""

from .catalogue import Identifier, Paper, PaperLink, Presentation, Topic, Venue, VenueAlias
from .kinship import Apart, Moved, Similar, Spot
from .lists import Item, ReadingList, Section
from .people import Author, AuthorName, Authorship
from .search import Stamp, Word

__all__ = [
    "Apart",
    "Author",
    "AuthorName",
    "Authorship",
    "Identifier",
    "Item",
    "Moved",
    "Paper",
    "PaperLink",
    "Presentation",
    "ReadingList",
    "Section",
    "Similar",
    "Spot",
    "Stamp",
    "Topic",
    "Venue",
    "VenueAlias",
    "Word",
]
