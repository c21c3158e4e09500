"""The base of every form that edits a row: it carries the version that was seen.

When somebody saved in between, nothing is written; the form comes back with what was typed,
tells each field's three values (yours, now, as you saw it), and carries the version of now, so
that saving once more overwrites knowingly.
"""

from datetime import UTC, date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.forms.models import InlineForeignKeyField
from django.http import QueryDict
from django.utils.translation import gettext as _

from . import moments, writing
from .history import Words, in_order, label
from .inputs import MomentField, zone_of
from .writing import Conflict, Plain

LARGEST = 2**31 - 1  # of an integer column
LAST_POSITION = 100_000


def one_kind_of_line_end(text: str) -> str:
    """Return a text as it was before a browser sent it: forms end each line by CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class SeenField(forms.IntegerField):
    """The version of the row that the form was made from; not something people change."""

    def __init__(self) -> None:
        super().__init__(required=False, min_value=0, max_value=LARGEST, widget=forms.HiddenInput)

    def has_changed(self, initial: object, data: object) -> bool:
        return False


class ZonedForm(forms.ModelForm):
    """A form that reads moments on the wall clock of its row's event."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        event = getattr(self.instance, "event", None)
        for field in self.moment_fields().values():
            if event:
                field.zone = zone_of(event)
                field.help_text = f"{field.help_text} {event.zone}".strip()

    def moment_fields(self) -> dict[str, MomentField]:
        return {
            name: field for name, field in self.fields.items() if isinstance(field, MomentField)
        }

    def own_event(self) -> models.Model | None:
        """Return the event of the row it is listed on, else its own, else that of a choice."""
        listed_on = [
            field.parent_instance
            for field in self.fields.values()
            if isinstance(field, InlineForeignKeyField)
        ]
        rows = [*listed_on, self.instance, *self.cleaned_data.values()]
        return next(
            (event for row in rows if (event := getattr(row, "event", None)) is not None), None
        )

    def clean(self) -> dict[str, object]:
        super().clean()
        event = self.own_event()
        zone = zone_of(event)
        moment_fields = self.moment_fields()
        for name, value in list(self.cleaned_data.items()):
            try:
                if name in moment_fields and isinstance(value, datetime):
                    self.cleaned_data[name] = moments.settle(value, zone)
                elif isinstance(value, date):
                    moments.is_near(value)
                elif isinstance(value, str):
                    self.cleaned_data[name] = one_kind_of_line_end(value)
            except ValidationError as refusal:
                self.add_error(name, refusal)
        return self.cleaned_data

    def has_changed(self) -> bool:
        """Whoever asked for one more row means it, also when what it offers is right."""
        is_asked_for = self.is_bound and self.empty_permitted
        return is_asked_for or super().has_changed()

    def _get_validation_exclusions(self) -> set[str]:
        """Check rules over the event too, which stands on no form once the row exists."""
        return super()._get_validation_exclusions() - {"event"}


class EditedForm(ZonedForm):
    """The form of a row with a version of its own."""

    is_row_of_others = False  # True for a row in the list on its parent's form

    seen = SeenField()

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.conflict: Conflict | None = None
        if self.instance.pk:
            self.initial["seen"] = self.instance.version
            self.conflict = self.found_conflict() if self.is_bound else None
        for name, (old, _now) in (self.conflict.theirs if self.conflict else {}).items():
            if name in self.fields:  # so that "changed" means by this reader
                self.initial[name] = revived(self.fields[name], old)

    def found_conflict(self) -> Conflict | None:
        posted = self.fields["seen"].widget.value_from_datadict(
            self.data, self.files, self.add_prefix("seen")
        )
        seen = int(posted) if str(posted or "").isdecimal() else 0
        if seen == self.instance.version:
            return None
        return writing.conflict(self.instance, min(seen, LARGEST))

    def clean(self) -> dict[str, object]:
        super().clean()
        if self.conflict and (self.changed_data or not self.is_row_of_others):
            self.refuse(self.conflict)
        return self.cleaned_data

    def refuse(self, conflict: Conflict) -> None:
        """Tell the three values of each field, and let the next save overwrite."""
        event = self.own_event()
        words = Words(type(self.instance), zone_of(event))
        words.learn([{**conflict.theirs}])
        for name in in_order(type(self.instance), conflict.theirs):
            old, now = conflict.theirs[name]
            before, after = words.sides(name, old, now)
            if name in self.fields:
                self.add_error(name, self.three_values(words, name, after, before))
            else:
                self.add_error(None, both_versions(type(self.instance), name, after, before))
        self.add_error(
            None,
            _(
                "Somebody else saved this after you opened it, and nothing of yours is saved yet."
                " Save again to overwrite what is there now."
            ),
        )
        self.carry(conflict.version)

    def carry(self, version: int) -> None:
        """Let the form, when it is shown again, have seen this version."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix("seen")] = str(version)
        self.data = data

    def three_values(self, words: Words, name: str, now: str, seen: str) -> str:
        yours = self.cleaned_data.get(name)
        return _("Yours: “%(yours)s”. Now: “%(now)s”. As you saw it: “%(seen)s”.") % {
            "yours": words.say(name, plain(yours)) if name in self.cleaned_data else "?",
            "now": now,
            "seen": seen,
        }


class RowForm(EditedForm):
    """A row with a version of its own, in the list on its parent's form."""

    is_row_of_others = True


def both_versions(model: type[models.Model], name: str, now: str, seen: str) -> str:
    return _("%(label)s. Now: “%(now)s”. As you saw it: “%(seen)s”.") % {
        "label": label(model, name),
        "now": now,
        "seen": seen,
    }


def plain(value: object) -> Plain:
    """Return a cleaned value as Changes keep it."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.QuerySet):
        return sorted(row.pk for row in value)
    return writing.plain(value)


def revived(field: forms.Field, value: Plain) -> object:
    """Return a value of a Change as the form's field compares it."""
    if isinstance(field, MomentField) and isinstance(value, str):
        return datetime.fromisoformat(value).astimezone(UTC)
    return value


class OrderedFormSet(forms.BaseInlineFormSet):
    """Rows with a position: those without one go to the end, in their order."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if position := form.fields.get("position"):
            position.required = False
            position.initial = None
            position.validators.append(MaxValueValidator(LAST_POSITION))

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms]
        kept = [form for form in kept if form.instance.pk or form.has_changed()]
        last = max((form.instance.position or 0 for form in kept), default=0)
        for form in kept:
            if form.instance.position is None or self.is_left_open(form):
                last += 1
                form.instance.position = last
        if self.has_one_row_in_each_place():
            self.refuse_shared_places(kept)

    def has_one_row_in_each_place(self) -> bool:
        rules = self.get_queryset().model._meta.total_unique_constraints
        return any("position" in rule.fields for rule in rules)

    @staticmethod
    def refuse_shared_places(forms_kept: list[forms.ModelForm]) -> None:
        seen: set[int] = set()
        for form in forms_kept:
            if form.instance.position in seen:
                form.add_error(
                    "position", _("Another row has the position %d.") % form.instance.position
                )
            seen.add(form.instance.position)

    @staticmethod
    def is_left_open(form: forms.ModelForm) -> bool:
        """A new row whose position was left empty holds the model's default."""
        return "position" in form.fields and form.cleaned_data.get("position") is None


class OrderedRow(forms.ModelForm):
    """A row whose position is checked by the form set, which sees where the others go."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"position"}


class OrderedEditedRow(OrderedRow, RowForm):
    """The same, with a version of its own."""
