"""Fields and constraints that the tables of both apps share."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from . import codes

# Days and moments outside are typing errors, and arithmetic with some of them overflows.
FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
LAST_MOMENT = datetime(2199, 12, 31, tzinfo=UTC)


class CodeField(models.CharField):
    """A row's public code: random, never changed, and its first letter names the table."""

    def __init__(self, letter, **options):
        self.letter = letter
        options.update(max_length=codes.LENGTH, unique=True, editable=False)
        super().__init__(**options)

    def deconstruct(self):
        name, path, _args, options = super().deconstruct()
        for given in ("max_length", "unique", "editable"):
            del options[given]
        return name, path, [self.letter], options

    def has_default(self):
        return True

    def get_default(self):
        return codes.new_code(self.letter)


class VersionField(models.PositiveIntegerField):
    """How often a row was saved; `writing` refuses a change made from an older one."""

    def __init__(self, **options):
        options.update(default=1, editable=False)
        super().__init__(**options)

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        for given in ("default", "editable"):
            del options[given]
        return name, path, args, options


def is_code(table, letter):
    """Hold the column `code` to its letter and length."""
    return models.CheckConstraint(
        name=f"{table}_code",
        condition=Q(code__startswith=letter) & Q(Exact(Length("code"), codes.LENGTH)),
        violation_error_message=_("The code has another letter or length than its table's."),
    )


def is_one_of(table, field, choices):
    """Hold a column to its TextChoices, whoever writes it."""
    return models.CheckConstraint(
        name=f"{table}_{field}",
        condition=Q(**{f"{field}__in": choices.values}),
        violation_error_message=_("This is none of the choices."),
    )


def is_of_our_time(table, field, *, is_day=False):
    """Hold a column of moments, or of days, to the years from 1970 to 2199."""
    first, last = (m.date() if is_day else m for m in (FIRST_MOMENT, LAST_MOMENT))
    return models.CheckConstraint(
        name=f"{table}_{field}_of_our_time",
        condition=Q(**{f"{field}__gte": first, f"{field}__lte": last}),
        violation_error_message=_("The year must lie between 1970 and 2199."),
    )


def is_web_address(table, field):
    """Hold a column that pages link to http(s), so that no link runs a script."""
    return models.CheckConstraint(
        name=f"{table}_safe_{field}",
        condition=Q(**{field: ""})
        | Q(**{f"{field}__startswith": "https://"})
        | Q(**{f"{field}__startswith": "http://"}),
        violation_error_message=_("An address begins with https:// or http://."),
    )
