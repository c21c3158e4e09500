"""The sheets of what binds a timetable: closed rooms, walks, talks that go together."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from eventsite.child_sheets import ChildResource
from eventsite.sheets import SheetResource, refusing
from talks.models import RoomTime, TalkRelation, Walk


class RoomTimeResource(ChildResource):
    """When rooms are closed, or had better stay empty."""

    parent, natural = "room", ("start", "end")

    class Meta(SheetResource.Meta):
        model = RoomTime
        fields = ("room", "version", "start", "end", "level")

    def filter_export(self, queryset: models.QuerySet, **options: object) -> models.QuerySet:
        """Load the events too, on whose clocks the moments are shown."""
        return super().filter_export(queryset, **options).select_related("room__event")


class PairResource(ChildResource):
    """Pairs of rows of one table: the second is looked for at the event of the first."""

    def visible(self, model: type[models.Model]) -> models.QuerySet:
        rows = super().visible(model)
        return rows.filter(event=self.event) if self.event else rows


class WalkResource(PairResource):
    """A walk stands with either of its rooms, and once."""

    parent, natural = "a", ("b",)

    class Meta(SheetResource.Meta):
        model = Walk
        fields = ("a", "version", "b", "minutes")

    def check(self, instance: models.Model) -> None:
        """Refuse the way back of a walk that stands already, which no column's rule does."""
        if isinstance(instance, Walk):
            back = Walk.objects.filter(a=instance.b_id, b=instance.a_id)
            with refusing("b"):
                if back.exists():
                    raise ValidationError(_("The way back stands already."))


class TalkRelationResource(PairResource):
    parent, natural = "first", ("kind", "second")

    class Meta(SheetResource.Meta):
        model = TalkRelation
        fields = ("first", "version", "kind", "second")
