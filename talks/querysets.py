"""The questions we ask of events and releases, by name."""

from django.db.models import OuterRef, Q, QuerySet, Subquery


class EventQuerySet(QuerySet):
    def public(self):
        """Keep the events that are not hidden and have a release."""
        return self.filter(is_hidden=False, releases__isnull=False).distinct()

    def of(self, user):
        """Keep the events that a user may edit: their memberships', a superuser's all."""
        if user.is_superuser:
            return self
        return self.filter(memberships__user=user)


class PageQuerySet(QuerySet):
    def live(self, now):
        """Keep the pages that are there at a moment."""
        return self.filter(
            Q(appears__isnull=True) | Q(appears__lte=now),
            Q(disappears__isnull=True) | Q(disappears__gt=now),
        )


class ReleaseQuerySet(QuerySet):
    def current(self):
        """Keep the highest number of each event that is not hidden."""
        newest = self.filter(event=OuterRef("event")).order_by("-number")
        return self.filter(event__is_hidden=False, pk=Subquery(newest.values("pk")[:1]))
