"""Events, who may edit them, and what stands on their pages."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from eventsite import writing
from eventsite.forms import EditedForm, OrderedFormSet, ZonedForm
from eventsite.inlines import ReadInline
from talks import resources
from talks.entries import ANYWHERE_ON_EARTH
from talks.models import Award, Event, EventSlug, ImportantDate, Membership, Page
from talks.models.event import MembershipRole
from talks.renaming import is_free, settle, uid_domain
from talks.rezoning import can_keep_clocks, keep_clocks
from talks.validators import is_clear_moment

from .access import (
    OWNERS,
    SCHEDULERS,
    EventAdminBase,
    EventChildInline,
    EventOrderedRowForm,
    EventRowForm,
    EventRowInline,
    OfMyEvents,
    may,
)
from .clashes import clashes_page
from .preview import preview_page
from .proposals import proposal_page, proposals_page
from .publish import publish_page
from .rules import rules_page
from .survey import survey_page
from .why import why_page

# Pages about the timetable of an event: whoever belongs to it sees them, schedulers decide there.
TIMETABLE_PAGES = {
    "clashes": ("clashes/", clashes_page),
    "proposal": ("proposals/<int:number>/", proposal_page),
    "proposals": ("proposals/", proposals_page),
    "rules": ("rules/", rules_page),
    "survey": ("survey/", survey_page),
    "why": ("why/", why_page),
}

ANYWHERE_WRITTEN = {"aoe", "anywhere on earth"}


class EventForm(EditedForm):
    def clean_slug(self):
        is_free(self.cleaned_data["slug"], self.instance)
        return self.cleaned_data["slug"]

    def clean_zone(self):
        can_keep_clocks(self.instance, self.cleaned_data["zone"])
        return self.cleaned_data["zone"]


class UserNameField(forms.ModelChoiceField):
    """A user by name, typed: organizers may not leaf through the users of the site."""

    widget = forms.TextInput
    default_error_messages = {"invalid_choice": _("There is no such user.")}

    def __init__(self, **options):
        users = get_user_model().objects.filter(is_active=True)
        super().__init__(users, to_field_name="username", label=_("user name"), **options)

    def prepare_value(self, value):
        user = self.queryset.model.objects.filter(pk=value) if isinstance(value, int) else None
        return super().prepare_value((user and user.first()) or value)


class MembershipForm(ZonedForm):
    user = UserNameField()


class MembershipInline(EventChildInline):
    model = Membership
    form = MembershipForm
    fields = ["user", "role"]

    def has_add_permission(self, request, obj=None):
        """Only owners say who belongs to an event, and whoever may add one."""
        return super().has_add_permission(request, obj) and (
            obj is None or may(request, obj, OWNERS)
        )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "event")


class DateZoneField(forms.CharField):
    """A zone by its name, or anywhere on Earth as people write it."""

    def to_python(self, value):
        text = super().to_python(value)
        return ANYWHERE_ON_EARTH if text.casefold() in ANYWHERE_WRITTEN else text


class DateForm(EventOrderedRowForm):
    """A time is on the wall clock of its own zone, which must have it, once."""

    zone = DateZoneField(
        label=_("time zone"),
        required=False,
        max_length=60,
        help_text=_("A name like Europe/Berlin, or AoE: anywhere on Earth."),
    )

    def clean(self):
        super().clean()
        on, time, zone = (self.cleaned_data.get(name) for name in ("on", "time", "zone"))
        try:
            is_clear_moment(on, time, zone or "")
        except ValidationError as refusal:
            self.add_error("time", refusal)
        return self.cleaned_data


class DateInline(EventRowInline):
    model = ImportantDate
    form = DateForm
    formset = OrderedFormSet
    fields = ["position", "label", "on", "time", "zone", "announced"]


class OldSlugInline(ReadInline):
    """Addresses the event once had; written when its slug changes."""

    model = EventSlug
    fields = readonly_fields = ["slug"]


@admin.register(Event)
class EventAdmin(EventAdminBase):
    """Made and deleted by superusers, and by users with Django's permission to."""

    form = EventForm
    event_path = "pk"
    resource_classes = [resources.EventResource]
    list_display = ["name", "slug", "kind", "starts_on", "ends_on", "place", "is_hidden"]
    list_filter = ["kind", "is_hidden"]
    search_fields = ["name", "acronym", "slug", "code"]
    autocomplete_fields = ["parent"]
    inlines = [DateInline, MembershipInline, OldSlugInline]
    actions = ["publish_chosen"]
    fieldsets = [
        (None, {"fields": ["name", "acronym", "kind", "parent", "slug", "is_hidden"]}),
        (_("When and where"), {"fields": ["starts_on", "ends_on", "zone", "place", "address"]}),
        (_("On its page"), {"fields": ["about", "contact", "links", "accent"]}),
        (_("Calendar and language"), {"fields": ["uid_domain", "language"]}),
    ]

    def has_add_permission(self, request):
        return request.user.has_perm("talks.add_event")

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("talks.delete_event") and super().has_delete_permission(
            request, obj
        )

    def has_module_permission(self, request):
        return super().has_module_permission(request) or self.has_add_permission(request)

    def get_resource_classes(self, request):
        members = [resources.MembershipResource] if request.user.is_superuser else []
        return [*super().get_resource_classes(request), *members]

    def get_changeform_initial_data(self, request):
        return {"uid_domain": uid_domain(), **super().get_changeform_initial_data(request)}

    def get_readonly_fields(self, request, obj=None):
        """Another calendar domain would give everybody every entry anew."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "uid_domain"] if obj and obj.releases.exists() else fields

    def get_urls(self):
        publish = self.admin_site.admin_view(self.publish_view)
        preview = self.admin_site.admin_view(self.preview_view)
        pages = [
            path(
                f"<int:object_id>/{address}",
                self.admin_site.admin_view(partial(self.timetable_view, page)),
                name=f"talks_event_{name}",
            )
            for name, (address, page) in TIMETABLE_PAGES.items()
        ]
        return [
            *pages,
            path("<int:object_id>/publish/", publish, name="talks_event_publish"),
            path("<int:object_id>/preview/", preview, name="talks_event_preview"),
            *super().get_urls(),
        ]

    def publish_view(self, request, object_id):
        event = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.may_publish(request, event):
            raise PermissionDenied
        return publish_page(request, self.admin_site, event)

    def preview_view(self, request, object_id):
        event = get_object_or_404(self.get_queryset(request), pk=object_id)
        return preview_page(request, self.admin_site, event, self.may_publish(request, event))

    def timetable_view(self, page, request, object_id, **which):
        event = get_object_or_404(self.get_queryset(request), pk=object_id)
        return page(request, self.admin_site, event, may(request, event, SCHEDULERS), **which)

    @admin.action(description=_("Publish: show what will change"))
    def publish_chosen(self, request, queryset):
        """One event at a time, as each has a difference to be looked at."""
        if queryset.count() != 1:
            self.message_user(request, _("Choose one event to publish."), messages.WARNING)
            return None
        address = reverse("admin:talks_event_publish", args=[queryset.get().pk])
        return HttpResponseRedirect(address)

    def save_model(self, request, obj, form, change):
        old = Event.objects.filter(pk=obj.pk).first()
        super().save_model(request, obj, form, change)
        if old:
            keep_clocks(obj, old.zone, request.user)
            self.tell_of_clocks(request, obj, old.zone)
            settle(obj, old.slug)

    def tell_of_clocks(self, request, event, old):
        if event.zone != old and event.sessions.filter(start__isnull=False).exists():
            text = _(
                "Every session keeps its hour on the clock, now in %(zone)s instead of %(old)s."
            )
            self.message_user(request, text % {"zone": event.zone, "old": old}, messages.INFO)

    def save_related(self, request, form, formsets, change):
        """Whoever adds an event owns it, unless they said who does."""
        super().save_related(request, form, formsets, change)
        mine = Membership.objects.filter(event=form.instance, user=request.user)
        if not change and not request.user.is_superuser and not mine.exists():
            before = writing.claim(form.instance, form.instance.version)
            Membership.objects.create(
                event=form.instance, user=request.user, role=MembershipRole.OWNER
            )
            writing.record(form.instance, before, request.user)


class LoneDateForm(EventRowForm, DateForm):
    """The same row on a page of its own."""

    is_row_of_others = False

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"position"}


@admin.register(ImportantDate)
class ImportantDateAdmin(EventAdminBase):
    form = LoneDateForm
    resource_classes = [resources.ImportantDateResource]
    list_display = ["label", "event", "on", "time", "zone", "position"]
    list_filter = [("event", OfMyEvents)]
    list_select_related = ["event"]
    search_fields = ["label", "announced", "code"]
    autocomplete_fields = ["event"]
    fields = ["event", "label", "on", "time", "zone", "announced", "position"]


@admin.register(Page)
class PageAdmin(EventAdminBase):
    stands_in_releases = False  # live text
    resource_classes = [resources.PageResource]
    list_display = ["title", "event", "slug", "position", "appears", "disappears"]
    list_filter = [("event", OfMyEvents)]
    list_select_related = ["event"]
    search_fields = ["title", "slug", "code"]
    autocomplete_fields = ["event"]
    prepopulated_fields = {"slug": ["title"]}
    fields = ["event", "title", "slug", "body", "position", "appears", "disappears"]


@admin.register(Award)
class AwardAdmin(EventAdminBase):
    resource_classes = [resources.AwardResource]
    list_display = ["name", "event", "position"]
    list_filter = [("event", OfMyEvents)]
    list_select_related = ["event"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["event", "talks"]
    fields = ["event", "name", "text", "talks", "position"]
