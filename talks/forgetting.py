"""What the search for timetables keeps of the people of an event, and how it is forgotten.

Proposals and jobs tell of people in sentences and in records of many shapes: they are dropped as
a whole, as another search makes them anew. What an organizer noted beside a finding is theirs:
only a note that holds the name goes.
"""

from collections.abc import Collection

from eventsite import jobs
from eventsite.models import Job

from .mentions import pattern_of
from .models import Event


def forget_proposals(event: Event, names: Collection[str]) -> int:
    """Stop the jobs of an event and empty them, and drop its proposals; return how many.

    Without names nothing is done: they were forgotten before.
    """
    if not names:
        return 0
    asked = Job.objects.filter(event_code=event.code)
    for job in asked.filter(state__in=jobs.ALIVE):
        jobs.cancel(job)
    asked.update(message="", argument={})
    list(event.proposals.select_for_update().values_list("pk"))  # or moves come meanwhile
    _count, tables = event.proposals.all().delete()
    return tables.get("talks.Proposal", 0)


def forget_notes(event: Event, names: Collection[str]) -> int:
    """Empty the notes beside acknowledged findings in which a name stands as a whole word."""
    pattern = pattern_of(names)
    noted = event.acknowledged.exclude(note="")
    named = [row.pk for row in noted if pattern and pattern.search(row.note)]
    return event.acknowledged.filter(pk__in=named).update(note="")
