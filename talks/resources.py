"""The sheets of an event's tables: which columns, and which key."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from eventsite import columns
from eventsite.child_sheets import ChildResource
from eventsite.columns import Ref, Row, SheetField
from eventsite.formulas import Cell
from eventsite.models import Edited
from eventsite.ordered_sheets import OrderedResource
from eventsite.sheets import SheetResource, refusing
from talks.models import (
    Award,
    Event,
    EventRole,
    ImportantDate,
    Membership,
    Page,
    Person,
    PersonTime,
    Placement,
    Room,
    Session,
    SessionRole,
    Talk,
    TalkLink,
    TalkRole,
    Track,
)
from talks.renaming import is_free, keeps_uids, settle, uid_domain
from talks.rezoning import can_keep_clocks, keep_clocks
from talks.validators import is_clear_moment


class EventRef(Ref):
    """The event of a row: by code or slug; a row stays at its event."""

    def __init__(self) -> None:
        super().__init__(Event)

    def clean(self, value: Cell, row: Row | None = None, **_options: object) -> object:
        now = self.resource.event
        text = columns.as_text(value).strip()
        if not text or now is None:
            return now
        if text not in (getattr(now, "code", ""), getattr(now, "slug", "")):
            raise ValueError(_("A row stays at its event."))
        return now

    def show(self, value: object, instance: models.Model) -> Cell:
        return getattr(value, "slug", "")


class EventRowResource(SheetResource):
    """Rows of events: a new one names its event, unless there is but one to choose."""

    event_column = SheetField(attribute="event", column_name="event", widget=EventRef())

    def init_instance(self, row: Row | None = None) -> models.Model:
        instance = super().init_instance(row)
        for field in instance._meta.fields:
            if field.name == "event":
                setattr(instance, field.name, self.event)
        return instance

    def event_of_new(self, instance: models.Model, row: Row) -> models.Model:
        events = self._visible(Event)
        text = columns.as_text(row.get("event")).strip()
        try:
            if text:
                return columns.find(events, text)
            only = list(events[:2])
        except ValueError as refusal:
            raise ValidationError({"event": str(refusal)}) from None
        if len(only) != 1:
            raise ValidationError({"event": _("Say which event, by its code or slug.")})
        return only[0]


class EventResource(SheetResource):
    """Events themselves; a slug of old stays with its event."""

    class Meta(SheetResource.Meta):
        model = Event
        fields = (
            *("code", "version", "slug", "parent", "kind", "name", "acronym", "about", "zone"),
            *("place", "address", "contact", "links", "starts_on", "ends_on", "uid_domain"),
            *("language", "accent", "is_hidden"),
        )

    def derive(self, instance: models.Model) -> None:
        if isinstance(instance, Event):
            instance.uid_domain = instance.uid_domain or uid_domain()

    def check(self, instance: models.Model) -> None:
        if isinstance(instance, Event):
            with refusing("slug"):
                is_free(instance.slug, instance)
            with refusing("zone"):
                can_keep_clocks(instance, instance.zone)
            with refusing("uid_domain"):
                keeps_uids(instance)

    def do_instance_save(self, instance: Edited, is_create: bool) -> None:
        old = Event.objects.filter(pk=instance.pk).first()
        super().do_instance_save(instance, is_create)
        if old and isinstance(instance, Event):
            keep_clocks(instance, old.zone, self.user, self.batch)
            settle(instance, old.slug)


class ImportantDateResource(EventRowResource):
    class Meta(SheetResource.Meta):
        model = ImportantDate
        fields = (
            *("code", "version", "event_column", "label", "on", "time", "zone", "announced"),
            "position",
        )

    def check(self, instance: models.Model) -> None:
        if isinstance(instance, ImportantDate):
            with refusing("time"):
                is_clear_moment(instance.on, instance.time, instance.zone)


class PageResource(EventRowResource):
    class Meta(SheetResource.Meta):
        model = Page
        fields = (
            *("code", "version", "event_column", "slug", "title", "body", "position"),
            *("appears", "disappears"),
        )


class AwardResource(EventRowResource):
    class Meta(SheetResource.Meta):
        model = Award
        fields = ("code", "version", "event_column", "name", "text", "position", "talks")


class PersonResource(EventRowResource):
    class Meta(SheetResource.Meta):
        model = Person
        fields = (
            *("code", "version", "event_column", "name", "sort_name", "affiliation", "about"),
            *("email", "zone", "notes", "links", "author"),
        )


class RoomResource(EventRowResource):
    class Meta(SheetResource.Meta):
        model = Room
        fields = ("code", "version", "event_column", "name", "capacity", "features", "position")


class TrackResource(EventRowResource):
    class Meta(SheetResource.Meta):
        model = Track
        fields = ("code", "version", "event_column", "name", "colour", "position")


class SessionResource(EventRowResource):
    class Meta(SheetResource.Meta):
        model = Session
        fields = (
            *("code", "version", "event_column", "kind", "title", "room", "start", "end"),
            *("minutes", "track", "is_plenary", "status", "pin", "stream"),
        )


class TalkResource(EventRowResource):
    class Meta(SheetResource.Meta):
        model = Talk
        fields = (
            *("code", "version", "event_column", "kind", "title", "subtitle", "abstract"),
            *("language", "level", "minutes", "track", "paper", "status", "demand", "features"),
            *("external_id", "rooms"),
        )


class PlacementResource(OrderedResource, EventRowResource):
    """Its event is that of its session."""

    event_column = SheetField(
        attribute="session__event", column_name="event", widget=EventRef(), readonly=True
    )

    class Meta(SheetResource.Meta):
        model = Placement
        fields = (
            *("code", "version", "event_column", "talk", "session", "position", "start"),
            *("board", "pin"),
        )

    def event_of_new(self, instance: models.Model, row: Row) -> models.Model:
        """Return the event named, else that of the session, whose code says it."""
        if columns.as_text(row.get("event")).strip():
            return super().event_of_new(instance, row)
        code = columns.as_text(row.get("session")).strip()
        session = self._visible(Session).filter(code=code).first()
        event = getattr(session, "event", None)
        return event or super().event_of_new(instance, row)


class EventRoleResource(ChildResource):
    parent, natural = "person", ("role",)

    class Meta(SheetResource.Meta):
        model = EventRole
        fields = ("person", "version", "role", "position", "affiliation")


class PersonTimeResource(ChildResource):
    """When people cannot be on stage, or like to; never public."""

    parent, natural = "person", ("start", "end")

    class Meta(SheetResource.Meta):
        model = PersonTime
        fields = ("person", "version", "start", "end", "level")


class MembershipResource(ChildResource):
    """Who may edit an event; for superusers."""

    parent, natural = "event", ("user",)

    class Meta(SheetResource.Meta):
        model = Membership
        fields = ("event", "version", "user", "role")


class SessionRoleResource(ChildResource):
    parent, natural = "session", ("person", "role")

    class Meta(SheetResource.Meta):
        model = SessionRole
        fields = ("session", "version", "person", "role", "position")


class TalkRoleResource(ChildResource):
    parent, natural = "talk", ("person", "role")

    class Meta(SheetResource.Meta):
        model = TalkRole
        fields = ("talk", "version", "person", "role", "position", "name", "affiliation")


class TalkLinkResource(ChildResource):
    parent, natural = "talk", ("position",)

    class Meta(SheetResource.Meta):
        model = TalkLink
        fields = ("talk", "version", "position", "kind", "url", "label")
