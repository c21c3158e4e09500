"""The tables of the paper catalogue."""

from .catalogue import Identifier, Paper, PaperLink, Presentation, Topic, Venue, VenueAlias
from .lists import Item, ReadingList, Section
from .people import Author, AuthorName, Authorship

__all__ = [
    "Author",
    "AuthorName",
    "Authorship",
    "Identifier",
    "Item",
    "Paper",
    "PaperLink",
    "Presentation",
    "ReadingList",
    "Section",
    "Topic",
    "Venue",
    "VenueAlias",
]
