"""People of an event, and what they do for it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from eventsite.forms import OrderedFormSet
from talks import resources
from talks.models import EventRole, Person, PersonTime

from .access import EventAdminBase, EventChildInline, OfMyEvents
from .erase import ErasesPeople


class EventRoleInline(EventChildInline):
    model = EventRole
    formset = OrderedFormSet
    fields = ["position", "role", "affiliation"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person__event")


class PersonTimeInline(EventChildInline):
    """When somebody cannot be there, rather not, or likes to: for organizers alone."""

    model = PersonTime
    fields = ["start", "end", "level"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person__event")


@admin.register(Person)
class PersonAdmin(ErasesPeople, EventAdminBase):
    resource_classes = [
        resources.PersonResource,
        resources.EventRoleResource,
        resources.PersonTimeResource,
    ]
    list_display = ["name", "affiliation", "event", "code"]
    list_filter = [("event", OfMyEvents), "event_roles__role", "roles__role"]
    list_select_related = ["event"]
    search_fields = ["name", "sort_name", "affiliation", "code"]
    autocomplete_fields = ["event", "author"]
    inlines = [EventRoleInline, PersonTimeInline]
    fieldsets = [
        (None, {"fields": ["event", "name", "sort_name", "affiliation", "email"]}),
        (_("On their page"), {"fields": ["about", "picture", "links", "author"]}),
        (_("Not public"), {"fields": ["zone", "notes"]}),
    ]
