"""Talks, their people and links, and their places in sessions."""

from django.contrib import admin
from django.db.models import Count, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from eventsite.forms import OrderedFormSet
from talks import resources, resources_timetable
from talks.models import Placement, Talk, TalkLink, TalkRelation, TalkRole

from .access import (
    SCHEDULERS,
    EventAdminBase,
    EventChildInline,
    EventInlineRowForm,
    EventRowForm,
    EventRowInline,
    OfMyEvents,
)
from .pairs import PairForm
from .times import local


class TalkRoleInline(EventChildInline):
    model = TalkRole
    formset = OrderedFormSet
    fields = ["position", "person", "role", "name", "affiliation"]
    autocomplete_fields = ["person"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person__event", "talk__event")


class TalkLinkInline(EventChildInline):
    model = TalkLink
    formset = OrderedFormSet
    fields = ["position", "kind", "url", "file", "label"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("talk__event")


class TalkRelationInline(EventChildInline):
    """What the time of a talk has to do with another's; it stands with the first of them."""

    model = TalkRelation
    form = PairForm
    fk_name = "first"
    fields = ["kind", "second"]
    autocomplete_fields = ["second"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("first__event", "second__event")


class LastPlace:
    """A placement without a position, or in another session now, goes to the end of it."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if position := self.fields.get("position"):
            position.required = False
            position.initial = None

    def clean(self):
        super().clean()
        session = self.cleaned_data.get("session")
        is_moved = "session" in self.changed_data and "position" not in self.changed_data
        if session and (is_moved or self.cleaned_data.get("position") is None):
            last = session.placements.exclude(pk=self.instance.pk).aggregate(Max("position"))
            self.cleaned_data["position"] = (last["position__max"] or 0) + 1
        return self.cleaned_data


class PlacementRowForm(LastPlace, EventInlineRowForm):
    pass


class PlacementForm(LastPlace, EventRowForm):
    pass


class PlacementOfTalkInline(EventRowInline):
    model = Placement
    form = PlacementRowForm
    fields = ["session", "position", "start", "board", "pin"]
    autocomplete_fields = ["session"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("session__event", "talk__event")


class IsPlaced(admin.SimpleListFilter):
    title = _("placed")
    parameter_name = "placed"

    def lookups(self, request, model_admin):
        return [("yes", _("in a session")), ("no", _("nowhere yet"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(placements__isnull=self.value() == "no").distinct()


@admin.register(Talk)
class TalkAdmin(EventAdminBase):
    resource_classes = [
        resources.TalkResource,
        resources.TalkRoleResource,
        resources.TalkLinkResource,
        resources_timetable.TalkRelationResource,
    ]
    list_display = ["title", "kind", "event", "track", "minutes", "status", "places"]
    list_filter = [("event", OfMyEvents), "kind", "status", IsPlaced, ("track", OfMyEvents)]
    list_select_related = ["event", "track"]
    search_fields = ["title", "subtitle", "roles__person__name", "external_id", "code"]
    autocomplete_fields = ["event", "track", "paper", "rooms"]
    inlines = [TalkRoleInline, PlacementOfTalkInline, TalkLinkInline, TalkRelationInline]
    fieldsets = [
        (None, {"fields": ["event", "kind", "title", "subtitle", "abstract", "status"]}),
        (_("For the timetable"), {"fields": ["minutes", "track", "rooms", "demand", "features"]}),
        (_("More"), {"fields": ["paper", "language", "level", "external_id"]}),
    ]

    def get_queryset(self, request):
        placed = Placement.objects.filter(talk=OuterRef("pk")).order_by().values("talk")
        count = Subquery(placed.annotate(count=Count("pk")).values("count"))
        return super().get_queryset(request).annotate(places=Coalesce(count, 0))

    @admin.display(description=_("placements"), ordering="places")
    def places(self, talk):
        return talk.places


@admin.register(Placement)
class PlacementAdmin(EventAdminBase):
    form = PlacementForm
    event_path = "session__event"
    may_edit = SCHEDULERS
    resource_classes = [resources.PlacementResource]
    list_display = ["talk", "session", "position", "begins", "board", "pin"]
    list_filter = [("session__event", OfMyEvents), ("session", OfMyEvents), "pin"]
    list_select_related = ["talk", "session__event"]
    search_fields = ["talk__title", "session__title", "board", "code"]
    autocomplete_fields = ["talk", "session"]
    fields = ["talk", "session", "position", "start", "board", "pin"]

    def published_code(self, placement):
        """A placement's change is its talk's."""
        return placement.talk.code

    @admin.display(description=_("start"), ordering="start")
    def begins(self, placement):
        return local(placement.start, placement.event)
