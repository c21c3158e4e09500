"""The forms of the catalogue's tables: by Django's permissions, which "catalogue editors" have."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from eventsite.editing import EditedAdmin
from eventsite.forms import EditedForm, OrderedFormSet, OrderedRow, ZonedForm
from eventsite.inlines import ChildInline, ReadInline
from eventsite.uploads import SheetAdmin
from papers import resources
from papers.filing import file_under_topics
from papers.models import (
    Author,
    AuthorName,
    Authorship,
    Identifier,
    Item,
    Paper,
    PaperLink,
    Presentation,
    ReadingList,
    Section,
    Topic,
    Venue,
    VenueAlias,
)
from papers.naming import derive, folded

from .details import DetailsField
from .imports import ReadsFiles
from .pairs import DecidesPairs
from .people import JoinsPeople


class CatalogueAdmin(SheetAdmin, EditedAdmin):
    def derive(self, row):
        derive(row)


class OrderedChildForm(OrderedRow, ZonedForm):
    """A child whose position its form set checks."""


class AliasForm(ZonedForm):
    def clean_folded(self):
        return folded(self.instance, self.cleaned_data["folded"])


class AliasInline(ChildInline):
    model = VenueAlias
    form = AliasForm
    fields = ["folded"]


@admin.register(Venue)
class VenueAdmin(CatalogueAdmin):
    resource_classes = [resources.VenueResource, resources.VenueAliasResource]
    list_display = ["name", "short", "kind", "slug"]
    list_filter = ["kind"]
    search_fields = ["name", "short", "slug", "aliases__folded"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [AliasInline]
    fields = ["name", "short", "slug", "kind"]


@admin.register(Topic)
class TopicAdmin(CatalogueAdmin):
    resource_classes = [resources.TopicResource]
    list_display = ["name", "parent", "slug"]
    list_select_related = ["parent"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "parent"]


class AuthorshipInline(ChildInline):
    model = Authorship
    form = OrderedChildForm
    formset = OrderedFormSet
    fields = ["position", "author", "name", "affiliation"]
    autocomplete_fields = ["author"]


class IdentifierInline(ChildInline):
    model = Identifier
    form = ZonedForm
    fields = ["scheme", "value"]


class LinkInline(ChildInline):
    model = PaperLink
    form = ZonedForm
    formset = OrderedFormSet
    fields = ["position", "kind", "url", "label", "venue", "year"]
    autocomplete_fields = ["venue"]


class PresentationInline(ReadInline):
    """Where published programmes present the paper: written by publishing."""

    model = Presentation
    fields = readonly_fields = ["label", "start", "url"]


class PaperForm(EditedForm):
    details = DetailsField()


@admin.register(Paper)
class PaperAdmin(DecidesPairs, CatalogueAdmin):
    form = PaperForm
    resource_classes = [
        resources.PaperResource,
        resources.AuthorshipResource,
        resources.IdentifierResource,
        resources.PaperLinkResource,
    ]
    list_display = ["title", "year", "venue", "presentation", "is_public", "code"]
    list_filter = ["is_public", "year", ("venue", admin.RelatedOnlyFieldListFilter), "presentation"]
    list_select_related = ["venue"]
    search_fields = ["title", "folded", "alias", "authorships__name", "code", "cite_key"]
    autocomplete_fields = ["venue", "topics"]
    inlines = [AuthorshipInline, IdentifierInline, LinkInline, PresentationInline]
    fieldsets = [
        (None, {"fields": ["title", "alias", "abstract", "is_public"]}),
        (_("Where it appeared"), {"fields": ["venue", "is_workshop", "year", "month"]}),
        (_("More"), {"fields": ["presentation", "award", "topics"]}),
        (_("In citations"), {"fields": ["cite_key", "details"]}),
    ]


class NameInline(ChildInline):
    model = AuthorName
    form = ZonedForm
    fields = ["name"]


@admin.register(Author)
class AuthorAdmin(JoinsPeople, CatalogueAdmin):
    resource_classes = [resources.AuthorResource, resources.AuthorNameResource]
    list_display = ["name", "sort_name", "orcid", "code"]
    search_fields = ["name", "sort_name", "names__name", "orcid", "code"]
    inlines = [NameInline]
    fields = ["name", "sort_name", "orcid"]


POSITION = _("Where it stands: 1 is first. Leave gaps if you like; no two have the same.")
HELP = {
    "position": POSITION,
    "line": _("Where it stands in the original as it was last imported; an import writes it."),
    "lines": _("How many lines it takes there."),
    "marks": _("Words of the list's maker, separated by commas: Oral, Best paper."),
}
HELP_OF_SECTION = {
    "position": POSITION,
    "level": _("1 for the outermost heading, 2 for one within it, to 6."),
    "topic": _("Every paper of the section is filed under it."),
}
HELP_OF_LIST = {
    "dialect": _("How its papers are written in Markdown: recognised by an import."),
    "is_public": _(
        "With the list its text is public too, lines that were not read as papers among it; "
        "what names a hidden paper is left out."
    ),
}


class SectionInline(ChildInline):
    model = Section
    form = OrderedChildForm
    formset = OrderedFormSet
    fields = ["position", "level", "heading", "parent", "topic"]
    autocomplete_fields = ["topic"]

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, help_texts=HELP_OF_SECTION, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A section stands in one of the same list."""
        if db_field.name == "parent":
            pk = request.resolver_match.kwargs.get("object_id")
            known = (
                Section.objects.filter(list=pk) if str(pk).isdecimal() else Section.objects.none()
            )
            kwargs["queryset"] = known
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(ReadingList)
class ReadingListAdmin(ReadsFiles, CatalogueAdmin):
    resource_classes = [resources.ReadingListResource, resources.SectionResource]
    list_display = ["title", "slug", "dialect", "is_public"]
    list_filter = ["is_public"]
    search_fields = ["title", "slug"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [SectionInline]
    fields = ["title", "slug", "about", "source", "dialect", "is_public"]
    readonly_fields = ["dialect"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, help_texts=HELP_OF_LIST, **kwargs)

    def after_save(self, request, row):
        file_under_topics(row.sections.all(), request.user)


class ItemForm(EditedForm):
    def clean(self):
        super().clean()
        section, own = (self.cleaned_data.get(name) for name in ("section", "list"))
        if section and own and section.list_id != own.pk:
            self.add_error("section", _("This section is of another list."))
        return self.cleaned_data


@admin.register(Item)
class ItemAdmin(CatalogueAdmin):
    form = ItemForm
    resource_classes = [resources.ItemResource]
    list_display = ["paper", "list", "section", "position", "marks", "is_gone"]
    list_filter = [("list", admin.RelatedOnlyFieldListFilter), "is_gone"]
    list_select_related = ["paper", "list", "section"]
    search_fields = ["paper__title", "note", "marks", "code"]
    autocomplete_fields = ["list", "paper"]
    fields = [
        *("list", "section", "position", "paper", "marks", "note", "text", "line", "lines"),
        "is_gone",
    ]
    readonly_fields = ["line", "lines"]
    ordering = ["list__title", "list", "position"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, help_texts=HELP, **kwargs)
