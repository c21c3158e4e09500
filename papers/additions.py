"""What was added to a reading list, and when: as its history tells."""

from datetime import datetime

from django.db.models import OuterRef, Subquery

from eventsite.models import Change
from papers.models import Item, ReadingList

NEWEST = 100  # entries of a feed


def additions(reading_list: ReadingList) -> list[tuple[Item, datetime]]:
    """Return the newest public items, each with the moment it was added: four queries.

    What was there before there was a history (the demo's own lists) is no addition.
    """
    changes = Change.objects.filter(table=Item._meta.label_lower, code=OuterRef("code"))
    first = changes.order_by("version", "pk").values("at")[:1]
    items = reading_list.items.public().annotate(added=Subquery(first)).exclude(added=None)
    rows = items.select_related("section").for_list().order_by("-added", "position")
    return [(item, item.added) for item in rows[:NEWEST]]
