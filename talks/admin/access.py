"""Who may see and edit what of an event: decided by membership, never by model permissions.

A superuser may do everything. The memberships are read once in a request, so that whoever was
removed from an event is refused from the next one on.
"""

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from eventsite.editing import EditedAdmin
from eventsite.forms import EditedForm, OrderedEditedRow, RowForm, ZonedForm
from eventsite.inlines import ChildInline, RowInline
from eventsite.uploads import SheetAdmin
from talks.models import Event, Membership
from talks.models.event import MembershipRole

from .publish import SavesAndPublishes

ANY = frozenset(MembershipRole.values)
EDITORS = frozenset({MembershipRole.OWNER, MembershipRole.EDITOR})
SCHEDULERS = EDITORS | {MembershipRole.SCHEDULER}
OWNERS = frozenset({MembershipRole.OWNER})


def roles(request):
    """Return the user's role at each of their events, by the event's primary key: one query."""
    if not hasattr(request, "event_roles"):
        mine = Membership.objects.filter(user=request.user.pk)
        request.event_roles = dict(mine.values_list("event", "role"))
    return request.event_roles


def may(request, row, allowed):
    """Whether the user has one of the roles at the row's event; without a row, at any event."""
    if request.user.is_superuser:
        return True
    mine = roles(request)
    if row is None:
        return any(role in allowed for role in mine.values())
    event = getattr(row, "event", None)
    return event is not None and mine.get(event.pk) in allowed


def events_of(request, allowed):
    """Return the events at which the user has one of the roles."""
    if request.user.is_superuser:
        return Event.objects.all()
    return Event.objects.filter(
        pk__in=[event for event, role in roles(request).items() if role in allowed]
    )


class OneEvent:
    """Refuses a room, a person, a talk... of another event."""

    def clean(self):
        super().clean()
        own = self.own_event()
        for name, value in list(self.cleaned_data.items()):
            rows = [value] if isinstance(value, Model) else value
            if own and isinstance(rows, list | QuerySet) and self.others(rows, own):
                self.add_error(name, _("This is of another event."))
        return self.cleaned_data

    @staticmethod
    def others(rows, own):
        return any(getattr(row, "event", own) != own for row in rows)


class EventRowForm(OneEvent, EditedForm):
    pass


class EventChildForm(OneEvent, ZonedForm):
    pass


class EventInlineRowForm(OneEvent, RowForm):
    pass


class EventOrderedRowForm(OneEvent, OrderedEditedRow):
    pass


class InEvent:
    """On the form of a row, what is chosen is of the row's own event."""

    def narrow(self, db_field, request, kwargs):
        super().narrow(db_field, request, kwargs)
        event = getattr(request, "form_event", None)
        path = event_path_of(self.admin_site, db_field.remote_field.model)
        if event is None or path in (None, "pk"):
            return
        kwargs["queryset"] = kwargs["queryset"].filter(**{path: event})
        if db_field.name in self.get_autocomplete_fields(request):
            widget = EventSelectMultiple if db_field.many_to_many else EventSelect
            kwargs["widget"] = widget(db_field, self.admin_site)
            kwargs["widget"].event = event


class OfEventUrl:
    """Asks for suggestions of one event only."""

    def get_url(self):
        return f"{super().get_url()}?event={self.event.pk}"


class EventSelect(OfEventUrl, AutocompleteSelect):
    pass


class EventSelectMultiple(OfEventUrl, AutocompleteSelectMultiple):
    pass


def event_path_of(site, model):
    """Return how the rows of a table lead to their event; None for other tables."""
    return getattr(site._registry.get(model), "event_path", None)


class EventAdminBase(SavesAndPublishes, InEvent, SheetAdmin, EditedAdmin):
    """A table of an event's rows: lists, forms, autocompletes and sheets hold one's events only."""

    form = EventRowForm
    event_path = "event"
    may_edit = EDITORS

    def view_on_site(self, obj):
        """Lead to the public page once there is one."""
        return super().view_on_site(obj) if obj.event.releases.exists() else None

    def may_publish(self, request, event):
        return may(request, event, EDITORS)

    def has_module_permission(self, request):
        return may(request, None, ANY)

    def has_view_permission(self, request, obj=None):
        return may(request, obj, ANY)

    def has_change_permission(self, request, obj=None):
        return may(request, obj, self.may_edit)

    def has_delete_permission(self, request, obj=None):
        return may(request, obj, self.may_edit)

    def has_add_permission(self, request):
        return may(request, None, self.may_edit)

    def narrow(self, db_field, request, kwargs):
        super().narrow(db_field, request, kwargs)
        if db_field.name == "event":
            kwargs["queryset"] = events_of(request, self.may_edit)

    def get_form(self, request, obj=None, change=False, **kwargs):
        request.form_event = getattr(obj, "event", None)
        return super().get_form(request, obj, change, **kwargs)

    def get_search_results(self, request, queryset, search_term):
        event = request.GET.get("event", "")
        if event.isdecimal() and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(**{self.event_path: event[:18]})
        return super().get_search_results(request, queryset, search_term)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        return rows.filter(**{f"{self.event_path}__in": list(roles(request))})

    def rows_to_import(self, request):
        events = events_of(request, self.may_edit)
        return self.model._default_manager.filter(**{f"{self.event_path}__in": events})

    def get_readonly_fields(self, request, obj=None):
        """A row never moves to another event."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "event"] if obj and self.event_path == "event" else fields

    def get_changeform_initial_data(self, request):
        """Choose the event when there is but one to choose."""
        initial = super().get_changeform_initial_data(request)
        events = list(events_of(request, self.may_edit)[:2])
        if len(events) == 1:
            initial.setdefault("event", events[0].pk)
        return initial


class EventChildInline(InEvent, ChildInline):
    form = EventChildForm


class EventRowInline(InEvent, RowInline):
    form = EventInlineRowForm


class OfMyEvents(admin.RelatedOnlyFieldListFilter):
    """A filter that offers only what the list itself shows."""
