"""The one base of all spreadsheets: keys of our own, versions, one transaction, `writing`.

A row of a sheet is known by its `code` (its `slug` where a table has no codes) and says in
`version` from which state it was made. An older one is refused when it says something else than
what is there now. Rows without a key are new. Nothing is deleted by a sheet.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import tablib
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from import_export import resources, results

from . import columns, writing
from .cells import Unreadable
from .columns import Row, SheetField
from .history import Words
from .inputs import zone_of
from .models import Edited
from .preview import FIRST_ROW, Difference, Error, Result
from .writing import Values

COLUMNS: list[tuple[type[models.Field], type[columns.Column]]] = [
    (models.BooleanField, columns.Flag),
    (models.IntegerField, columns.Whole),
    (models.DateTimeField, columns.Moment),
    (models.DateField, columns.Day),
    (models.TimeField, columns.Clock),
]


@contextmanager
def refusing(column: str) -> Iterator[None]:
    """Say of which column what is refused within is wrong."""
    try:
        yield
    except ValidationError as refusal:
        raise ValidationError({column: refusal}) from None


class SheetResource(resources.ModelResource):
    """One table as a sheet. `key` names the column that says which row is meant."""

    key = "code"
    DEFAULT_RESOURCE_FIELD = SheetField

    class Meta:
        import_id_fields = ()
        clean_model_instances = True
        skip_unchanged = True
        use_transactions = True

    def __init__(
        self,
        user: User | None = None,
        rows: models.QuerySet | None = None,
        visible: Callable[[type[models.Model]], models.QuerySet] | None = None,
        may_add: bool = True,
    ):
        """`rows` may be changed, and `visible` says which rows of a table may be pointed at."""
        super().__init__()
        self.user, self.may_add = user, may_add
        self.rows = self._meta.model._base_manager.all() if rows is None else rows
        self._visible = visible or (lambda model: model._base_manager.all())
        self.batch = uuid4().hex
        self.event: models.Model | None = None  # of the row being read
        self.number = 0  # of that row in the file, counted as spreadsheets do
        self.stale: writing.Conflict | None = None
        self.before: Values = {}
        for field in self.fields.values():
            field.widget.resource = self

    # Columns

    @classmethod
    def get_display_name(cls) -> str:
        return capfirst(str(cls._meta.model._meta.verbose_name_plural))

    @classmethod
    def field_from_django_field(
        cls, field_name: str, django_field: models.Field, readonly: bool
    ) -> SheetField:
        is_ours = field_name in ("code", "version")
        return SheetField(
            attribute=field_name,
            column_name=field_name,
            widget=widget_for(django_field),
            readonly=readonly or is_ours,
            default=models.NOT_PROVIDED if is_ours else django_field.default,
        )

    def visible(self, model: type[models.Model]) -> models.QuerySet:
        """Return the rows of a table that a cell may name: those of the row's own event."""
        rows = self._visible(model)
        names = {field.name for field in model._meta.concrete_fields}
        return rows.filter(event=self.event) if "event" in names and self.event else rows

    # Reading

    @classmethod
    def get_diff_class(cls) -> type[Difference]:
        return Difference

    @classmethod
    def get_error_result_class(cls) -> type[Error]:
        return Error

    @classmethod
    def get_result_class(cls) -> type["Result"]:
        return Result

    def before_import(self, dataset: tablib.Dataset, **_options: object) -> None:
        try:
            self.check_sheet(dataset)
        except Unreadable:
            dataset.wipe()  # or its rows would be tried all the same
            raise

    def check_sheet(self, dataset: tablib.Dataset) -> None:
        """Refuse columns that are not ours and keys that stand twice; add keys that lack."""
        known = self.get_export_headers()
        headers = list(dataset.headers or [])
        if unknown := [name for name in headers if name not in known or headers.count(name) > 1]:
            raise Unreadable(
                _("Unknown or doubled columns: %(names)s. There are: %(known)s.")
                % {"names": ", ".join(unknown), "known": ", ".join(known)}
            )
        for name in (self.key, "version"):
            if name in known and name not in headers:
                dataset.append_col([None] * len(dataset), header=name)
        seen: dict[tuple[str, ...], int] = {}
        for number, row in enumerate(dataset.dict, start=1 + FIRST_ROW):
            key = self.key_in(row)
            if key and key in seen:
                raise Unreadable(
                    _("Rows %(first)d and %(second)d have the same key: %(key)s.")
                    % {"first": seen[key], "second": number, "key": ", ".join(key)}
                )
            seen[key] = number

    def key_in(self, row: Row) -> tuple[str, ...]:
        """Return what a row is known by; empty for a new one."""
        key = columns.as_text(row[self.key]).strip()
        return (key,) if key else ()

    def import_row(self, row: Row, instance_loader: object, **options: object) -> results.RowResult:
        if not any(columns.as_text(cell).strip() for cell in row.values()):
            blank = self.get_row_result_class()()
            blank.import_type = results.RowResult.IMPORT_TYPE_SKIP
            return blank
        self.number = int(str(options["row_number"])) + FIRST_ROW
        self.stale, self.event = None, None
        return super().import_row(row, instance_loader, **options)

    def get_instance(self, instance_loader: object, row: Row) -> models.Model | None:
        key = self.key_in(row)
        found = self.rows.filter(**{self.key: key[0]}).first() if key else None
        if found is None and key and self.key == "code":
            raise ValidationError({"code": _("There is no row %s that you may change.") % key[0]})
        self.event = getattr(found, "event", None)
        self.check_version(found, row)
        return found

    def init_instance(self, row: Row | None = None) -> models.Model:
        if not self.may_add:
            raise ValidationError(_("You may not add rows here: every row needs its code."))
        instance = self._meta.model()
        self.event = self.event_of_new(instance, row or {})
        return instance

    def event_of_new(self, instance: models.Model, row: Row) -> models.Model | None:
        """Return the event of a new row; tables of events say how."""
        return None

    def check_version(self, found: Edited | None, row: Row) -> None:
        """Refuse a version that cannot be; remember one that has been overtaken."""
        try:
            seen = columns.Whole().clean(row["version"])
        except ValueError as refusal:
            raise ValidationError({"version": str(refusal)}) from None
        if found is None:
            if seen is not None:
                raise ValidationError({"version": _("The row with this version is gone.")})
        elif not isinstance(seen, int):
            raise ValidationError(
                {"version": _("%s is there already; give the version you saw.") % found}
            )
        elif not 0 < seen <= found.version:
            raise ValidationError({"version": _("There is no version %d.") % seen})
        elif seen < found.version:
            self.stale = writing.conflict(found, seen)

    def import_instance(self, instance: models.Model, row: Row, **options: object) -> None:
        super().import_instance(instance, row, **options)
        self.derive(instance)

    def derive(self, instance: models.Model) -> None:
        """Fill the columns that follow from others."""

    def check(self, instance: models.Model) -> None:
        """Refuse, `refusing` a column, what the table's form refuses beyond its columns' rules."""

    def validate_instance(
        self,
        instance: models.Model,
        import_validation_errors: dict[str, ValidationError] | None = None,
        validate_unique: bool = True,
    ) -> None:
        errors = dict(import_validation_errors or {})
        try:
            self.check(instance)
        except ValidationError as refusal:
            errors |= {name: ValidationError(each) for name, each in refusal.error_dict.items()}
        super().validate_instance(instance, errors, validate_unique)

    def skip_row(
        self,
        instance: models.Model,
        original: models.Model,
        row: Row,
        import_validation_errors: object = None,
    ) -> bool:
        is_same = original.pk is not None and super().skip_row(
            instance, original, row, import_validation_errors
        )
        if not is_same and self.stale:
            raise ValidationError(list(self.told(self.stale, row)))
        return is_same

    def told(self, conflict: writing.Conflict, row: Row) -> Iterator[str]:
        """Yield row, field, what the sheet says and what is there now, for each field."""
        words = Words(type(conflict.row), zone_of(self.event))
        words.learn([{**conflict.theirs}])
        yield _("Row %(number)d was made from version %(seen)d; now there is version %(now)d.") % {
            "number": self.number,
            "seen": conflict.seen,
            "now": conflict.version,
        }
        for name, (old, now) in conflict.theirs.items():
            before, after = words.sides(name, old, now)
            yield _("%(name)s: found “%(found)s”, now “%(now)s”, was “%(before)s”.") % {
                "name": name,
                "found": columns.as_text(row.get(name, "")),
                "now": after,
                "before": before,
            }

    # Saving

    def do_instance_save(self, instance: Edited, is_create: bool) -> None:
        self.before = {}
        if is_create:
            writing.create(instance, self.user, self.batch)
        else:
            with transaction.atomic():  # a refusal by the database ends here, not in the import
                self.before = writing.claim(instance, instance.version)
                instance.save()

    def save_m2m(self, instance: Edited, row: Row, **options: object) -> None:
        super().save_m2m(instance, row, **options)
        if self.before:
            writing.record(instance, self.before, self.user, self.batch)

    # Writing

    def filter_export(self, queryset: models.QuerySet, **_options: object) -> models.QuerySet:
        """Load what the columns show: a query for each relation, however many rows."""
        return loaded(queryset)


def widget_for(field: models.Field) -> columns.Column:
    if isinstance(field, models.ManyToManyField):
        return columns.Refs(field.related_model)
    if isinstance(field, models.ForeignKey):
        return columns.Ref(field.related_model)
    for kind, widget in COLUMNS:
        if isinstance(field, kind):
            return widget()
    return columns.Text(empty=None if field.null else "")


def loaded(rows: models.QuerySet) -> models.QuerySet:
    opts = rows.model._meta
    foreign = [field.name for field in opts.fields if isinstance(field, models.ForeignKey)]
    events = [f"{name}__event" for name in foreign if name in ("session", "person")]
    many = [field.name for field in opts.many_to_many]
    return rows.select_related(*foreign, *events).prefetch_related(*many)
