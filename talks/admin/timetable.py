"""Rooms, tracks and sessions, and what is placed in a session."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from eventsite.forms import OrderedFormSet
from talks import resources, resources_timetable
from talks.models import Placement, Room, RoomTime, Session, SessionRole, Track, Walk

from .access import (
    SCHEDULERS,
    EventAdminBase,
    EventChildInline,
    EventOrderedRowForm,
    EventRowInline,
    OfMyEvents,
)
from .pairs import PairForm
from .times import local


class ChairInline(EventChildInline):
    model = SessionRole
    formset = OrderedFormSet
    fields = ["position", "person", "role"]
    autocomplete_fields = ["person"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person__event", "session__event")


class Boards(OrderedFormSet):
    """The placements of a session: no two on one board."""

    def clean(self):
        super().clean()
        boards = set()
        for form in self.forms:
            board = form.cleaned_data.get("board") if form not in self.deleted_forms else ""
            if board and board in boards:
                raise ValidationError(_("Board %s is given twice.") % board)
            boards.add(board)


class PlacementInline(EventRowInline):
    model = Placement
    form = EventOrderedRowForm
    formset = Boards
    fields = ["position", "talk", "start", "board", "pin"]
    autocomplete_fields = ["talk"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("talk__event", "session__event")


class RoomTimeInline(EventChildInline):
    """When a room is closed, or had better stay empty."""

    model = RoomTime
    fields = ["start", "end", "level"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("room__event")


class WalkInline(EventChildInline):
    """How far it is to other rooms; the way back stands there already."""

    model = Walk
    form = PairForm
    fk_name = "a"
    fields = ["b", "minutes"]
    autocomplete_fields = ["b"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("a__event", "b__event")


@admin.register(Room)
class RoomAdmin(EventAdminBase):
    may_edit = SCHEDULERS
    resource_classes = [
        resources.RoomResource,
        resources_timetable.RoomTimeResource,
        resources_timetable.WalkResource,
    ]
    list_display = ["name", "event", "capacity", "features", "position"]
    list_filter = [("event", OfMyEvents)]
    list_select_related = ["event"]
    search_fields = ["name", "features", "code"]
    autocomplete_fields = ["event"]
    inlines = [RoomTimeInline, WalkInline]
    fields = ["event", "name", "capacity", "features", "position"]


@admin.register(Track)
class TrackAdmin(EventAdminBase):
    resource_classes = [resources.TrackResource]
    list_display = ["name", "event", "colour", "position"]
    list_filter = [("event", OfMyEvents)]
    list_select_related = ["event"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["event"]
    fields = ["event", "name", "colour", "position"]


@admin.register(Session)
class SessionAdmin(EventAdminBase):
    may_edit = SCHEDULERS
    resource_classes = [resources.SessionResource, resources.SessionRoleResource]
    list_display = ["title", "kind", "event", "begins", "ends", "room", "track", "status"]
    list_filter = [("event", OfMyEvents), "kind", "status", ("room", OfMyEvents)]
    list_select_related = ["event", "room", "track"]
    search_fields = ["title", "room__name", "code"]
    autocomplete_fields = ["event", "room", "track"]
    inlines = [PlacementInline, ChairInline]
    fieldsets = [
        (None, {"fields": ["event", "kind", "title", "status"]}),
        (_("When and where"), {"fields": ["start", "end", "room", "track", "is_plenary"]}),
        (_("For the timetable"), {"fields": ["minutes", "pin", "stream"]}),
    ]

    @admin.display(description=_("start"), ordering="start")
    def begins(self, session):
        return local(session.start, session.event)

    @admin.display(description=_("end"), ordering="end")
    def ends(self, session):
        return local(session.end, session.event)
