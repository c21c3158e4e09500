"""The catalogue as organizers meet it: what is public, and papers for talks of their own.

Who has Django's permissions on papers ("catalogue editors") meets all of it as in
`papers.admin`. The catalogue knows no events, so what organizers may is added here.
"""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q

from eventsite.models import Change
from papers.admin.catalogue import AuthorAdmin, PaperAdmin, TopicAdmin, VenueAdmin
from papers.models import Author, Authorship, Paper, Topic, Venue
from talks.models import Person, Talk

from .access import ANY, EDITORS, events_of, may, roles


def is_editor(request, model):
    """Whether the user has the whole table by Django's own permission."""
    return request.user.has_perm(f"papers.view_{model._meta.model_name}")


def made_by(request, model):
    """Return a condition: the row was added by this user."""
    made = Change.objects.filter(
        table=model._meta.label_lower, by=request.user, version=1, code=OuterRef("code"), fields={}
    )
    return Exists(made)


def papers_seen(request):
    """Return the public papers, those of the user's talks, and those they added."""
    own = Talk.objects.filter(event__in=list(roles(request)), paper=OuterRef("pk"))
    public = Paper.objects.public().values("pk")
    return Paper.objects.filter(Q(pk__in=public) | Exists(own) | made_by(request, Paper))


def own_papers(request):
    """Return the papers that only this user's events have to do with, and nobody else sees."""
    mine = list(events_of(request, EDITORS).values_list("pk", flat=True))
    talks = Talk.objects.filter(paper=OuterRef("pk"))
    ours, theirs = talks.filter(event__in=mine), talks.exclude(event__in=mine)
    public = Paper.objects.public().values("pk")
    papers = Paper.objects.filter(Exists(ours) | made_by(request, Paper), items=None)
    return papers.exclude(pk__in=public).exclude(Exists(theirs))


class ForOrganizers:
    """Organizers see a part of the table; what they may not see is not there."""

    def has_module_permission(self, request):
        return super().has_module_permission(request) or may(request, None, ANY)

    def has_view_permission(self, request, obj=None):
        if super().has_view_permission(request, obj):
            return True
        if not may(request, None, ANY):
            return False
        return obj is None or self.part_of(request).filter(pk=obj.pk).exists()

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if is_editor(request, self.model):
            return rows
        return rows.filter(pk__in=self.part_of(request).values("pk"))

    def history_view(self, request, object_id, extra_context=None):
        """The history of what is public tells of others' work: for those who may change it."""
        row = self.get_object(request, unquote(object_id))
        sees_all = is_editor(request, self.model)
        if row and not sees_all and not self.has_change_permission(request, row):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def has_import_permission(self, request):
        return request.user.has_perm(f"papers.change_{self.opts.model_name}")


class OwnRows(ForOrganizers):
    """Organizers may add rows, and change what is theirs alone and not public."""

    def has_add_permission(self, request):
        return super().has_add_permission(request) or may(request, None, EDITORS)

    def has_change_permission(self, request, obj=None):
        if super().has_change_permission(request, obj):
            return True
        if not may(request, None, EDITORS):
            return False
        return obj is None or self.own_of(request).filter(pk=obj.pk).exists()


class OrganizersPaperAdmin(OwnRows, PaperAdmin):
    def part_of(self, request):
        return papers_seen(request)

    def own_of(self, request):
        return own_papers(request)

    def get_fieldsets(self, request, obj=None):
        """Only the catalogue's editors make a paper public."""
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.has_perm("papers.change_paper"):
            return fieldsets
        return [
            (title, {**options, "fields": [n for n in options["fields"] if n != "is_public"]})
            for title, options in fieldsets
        ]


class OrganizersAuthorAdmin(OwnRows, AuthorAdmin):
    def part_of(self, request):
        seen = Authorship.objects.filter(author=OuterRef("pk"), paper__in=papers_seen(request))
        person = Person.objects.filter(author=OuterRef("pk"), event__in=list(roles(request)))
        return Author.objects.filter(Exists(seen) | Exists(person) | made_by(request, Author))

    def own_of(self, request):
        placed = Authorship.objects.filter(author=OuterRef("pk"))
        elsewhere = placed.exclude(paper__in=own_papers(request))
        return Author.objects.filter(made_by(request, Author)).exclude(Exists(elsewhere))


class OrganizersVenueAdmin(ForOrganizers, VenueAdmin):
    def part_of(self, request):
        return Venue.objects.filter(Exists(papers_seen(request).filter(venue=OuterRef("pk"))))


class OrganizersTopicAdmin(ForOrganizers, TopicAdmin):
    def part_of(self, request):
        return Topic.objects.filter(Exists(papers_seen(request).filter(topics=OuterRef("pk"))))


for table, of_organizers in [
    (Paper, OrganizersPaperAdmin),
    (Author, OrganizersAuthorAdmin),
    (Venue, OrganizersVenueAdmin),
    (Topic, OrganizersTopicAdmin),
]:
    admin.site.unregister(table)
    admin.site.register(table, of_organizers)
