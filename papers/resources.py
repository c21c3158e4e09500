"""The sheets of the catalogue: which columns, and which key."""

from django.db import models

from eventsite.child_sheets import ChildResource
from eventsite.columns import Column, Row, SheetField, as_text
from eventsite.formulas import Cell
from eventsite.ordered_sheets import OrderedResource
from eventsite.sheets import SheetResource
from papers.details import read_details, write_details
from papers.models import (
    Author,
    AuthorName,
    Authorship,
    Identifier,
    Item,
    Paper,
    PaperLink,
    ReadingList,
    Section,
    Topic,
    Venue,
    VenueAlias,
)
from papers.naming import derive


class Details(Column):
    """What else a citation says, a line each: `page: 1-10`."""

    def clean(self, value: Cell, row: Row | None = None, **_options: object) -> object:
        return read_details(as_text(value))

    def show(self, value: object, instance: models.Model) -> Cell:
        return write_details(value if isinstance(value, dict) else {})


class CatalogueResource(SheetResource):
    def derive(self, instance: models.Model) -> None:
        derive(instance)


class CatalogueChild(ChildResource):
    def derive(self, instance: models.Model) -> None:
        derive(instance)


class VenueResource(CatalogueResource):
    key = "slug"

    class Meta(SheetResource.Meta):
        model = Venue
        fields = ("slug", "version", "name", "short", "kind")


class VenueAliasResource(CatalogueChild):
    parent, natural = "venue", ("folded",)

    class Meta(SheetResource.Meta):
        model = VenueAlias
        fields = ("venue", "version", "folded")


class TopicResource(CatalogueResource):
    key = "slug"

    class Meta(SheetResource.Meta):
        model = Topic
        fields = ("slug", "version", "name", "parent")


class PaperResource(CatalogueResource):
    details = SheetField(attribute="details", column_name="details", widget=Details())

    class Meta(SheetResource.Meta):
        model = Paper
        fields = (
            *("code", "version", "title", "abstract", "year", "month", "venue", "is_workshop"),
            *("presentation", "award", "alias", "cite_key", "details", "is_public", "topics"),
        )


class IdentifierResource(CatalogueChild):
    parent, natural = "paper", ("scheme", "value")

    class Meta(SheetResource.Meta):
        model = Identifier
        fields = ("paper", "version", "scheme", "value")


class PaperLinkResource(CatalogueChild):
    parent, natural = "paper", ("kind", "url")

    class Meta(SheetResource.Meta):
        model = PaperLink
        fields = ("paper", "version", "kind", "url", "label", "venue", "year", "position")


class AuthorshipResource(CatalogueChild):
    parent, natural = "paper", ("position",)

    class Meta(SheetResource.Meta):
        model = Authorship
        fields = ("paper", "version", "position", "author", "name", "affiliation")


class AuthorResource(CatalogueResource):
    class Meta(SheetResource.Meta):
        model = Author
        fields = ("code", "version", "name", "sort_name", "orcid")


class AuthorNameResource(CatalogueChild):
    parent, natural = "author", ("name",)

    class Meta(SheetResource.Meta):
        model = AuthorName
        fields = ("author", "version", "name")


class ReadingListResource(CatalogueResource):
    key = "slug"

    class Meta(SheetResource.Meta):
        model = ReadingList
        fields = ("slug", "version", "title", "about", "source", "dialect", "is_public")


class SectionResource(CatalogueChild):
    """A section names the one it stands in by position or heading."""

    parent, natural = "list", ("position",)

    class Meta(SheetResource.Meta):
        model = Section
        fields = ("list", "version", "position", "parent", "heading", "level", "topic")

    def visible(self, model: type[models.Model]) -> models.QuerySet:
        rows = super().visible(model)
        return rows.filter(list=self.owner) if model is Section else rows


class ItemResource(OrderedResource, CatalogueResource):
    """Its section is known by position or heading, within the list."""

    reading_list: models.Model | None = None

    class Meta(SheetResource.Meta):
        model = Item
        fields = (
            *("code", "version", "list", "section", "paper", "position", "marks", "note"),
            *("text", "line", "lines", "is_gone"),
        )

    def import_instance(self, instance: models.Model, row: Row, **options: object) -> None:
        self.reading_list = getattr(instance, "list", None)
        if row.get("list"):
            self.reading_list = self._visible(ReadingList).filter(slug=row["list"]).first()
        super().import_instance(instance, row, **options)

    def visible(self, model: type[models.Model]) -> models.QuerySet:
        rows = super().visible(model)
        return rows.filter(list=self.reading_list) if model is Section else rows
