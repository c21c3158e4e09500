"""The form's field for what else a citation says: lines instead of JSON."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from papers.details import read_details, write_details


class DetailsField(forms.CharField):
    """`page: 1-10`, a line each; the column holds a dict."""

    def __init__(self):
        super().__init__(
            required=False,
            label=gettext_lazy("Details"),
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=gettext_lazy(
                "What else a citation says, a line each, by the names of CSL:"
                " “page: 1-10”, “volume: 30”, “publisher: PMLR”."
            ),
        )

    def prepare_value(self, value):
        return write_details(value) if isinstance(value, dict) else value

    def to_python(self, value):
        try:
            return read_details(super().to_python(value))
        except ValueError as refusal:
            raise ValidationError(str(refusal)) from None

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != (initial or {})
        except ValidationError:
            return True
