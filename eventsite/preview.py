"""What the preview of an import shows: each row's differences, and what is wrong with it."""

from collections.abc import Iterable
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from import_export import results

from .columns import Row, SheetField
from .formulas import Cell

FIRST_ROW = 1  # how far a row's number in the file is ahead of its number among the data


class Sheet(Protocol):
    def get_import_fields(self) -> Iterable[SheetField]: ...


class Difference:
    """What a row of the sheet would change, for the preview, as HTML without styles."""

    def __init__(self, resource: Sheet, instance: models.Model, new: bool):
        self.left = shown(resource, instance)
        self.right: list[Cell] = []
        self.new = new

    def compare_with(self, resource: Sheet, instance: models.Model) -> None:
        self.right = shown(resource, instance)

    def as_html(self) -> list[SafeString]:
        return [self.cell(*pair) for pair in zip(self.left, self.right, strict=True)]

    def cell(self, before: Cell, after: Cell) -> SafeString:
        if before == after:
            return format_html("{}", after)
        if self.new or before == "":
            return format_html("<ins>{}</ins>", after)
        return format_html("<del>{}</del> <ins>{}</ins>", before, after)


def shown(resource: Sheet, instance: models.Model) -> list[Cell]:
    return [field.export(instance) for field in resource.get_import_fields()]


class Error(results.Error):
    """What went wrong in words; no traceback, which would tell the insides of the machine."""

    traceback = ""


class Result(results.Result):
    """Counts rows as spreadsheets do: the header is row 1."""

    def append_invalid_row(self, number: int, row: Row, validation_error: ValidationError) -> None:
        super().append_invalid_row(number + FIRST_ROW, row, validation_error)

    def row_errors(self) -> list[tuple[int, list[results.Error]]]:
        return [(number + FIRST_ROW, errors) for number, errors in super().row_errors()]
