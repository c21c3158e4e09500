"""The inputs of forms: days and moments without a script, and files that are not linked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import moments
from .zone_names import zone_names

UTC_ZONE = ZoneInfo("UTC")


def zone_of(event: models.Model | None) -> ZoneInfo:
    """Return the zone of an event; UTC while there is none, or one that was mistyped."""
    name = getattr(event, "zone", "")
    return ZoneInfo(name) if name in zone_names() else UTC_ZONE


class DayInput(forms.DateInput):
    """The browser's own calendar; it sends and wants ISO days."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None):
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.MultiWidget):
    """A day, and beside it a time that may carry its offset."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, object] | None = None):
        clock = forms.TextInput(
            {"aria-label": gettext_lazy("Time"), "placeholder": "08:10", "size": 14}
        )
        super().__init__([DayInput({"aria-label": gettext_lazy("Day")}), clock], attrs)

    def decompress(self, value: list[str] | None) -> list[str]:
        return value or ["", ""]


class MomentField(forms.MultiValueField):
    """A moment, typed on the wall clock of `zone`, which the form sets.

    Cleaned it is what was typed; the form, which learns the zone while it cleans, settles it.
    """

    widget = MomentInput
    zone = UTC_ZONE

    def __init__(self, **options):
        parts = (forms.DateField(required=False), forms.CharField(required=False, max_length=20))
        super().__init__(parts, require_all_fields=False, **options)

    def compress(self, data_list: Sequence[object]) -> datetime | None:
        day, clock = (*data_list, None, None)[:2]
        if not day and not clock:
            return None
        if not isinstance(day, date) or not isinstance(clock, str) or not clock:
            raise ValidationError(_("Give both a day and a time."))
        return datetime.combine(day, moments.read_clock(clock))

    def prepare_value(self, value: object) -> object:
        if isinstance(value, datetime):
            return list(moments.as_typed(value, self.zone))
        return value

    def has_changed(self, initial: datetime | None, data: Sequence[str] | None) -> bool:
        try:
            typed = self.clean(data)
            return (typed and moments.settle(typed, self.zone)) != initial
        except ValidationError:
            return True


class KeptFileInput(AdminFileWidget):
    """Names the file that is kept; there is no link, as files are public only in a release."""

    template_name = "admin/kept_file.html"

    def _render(
        self, template_name: str, context: Mapping[str, object], renderer: object = None
    ) -> SafeString:
        return render_to_string(template_name, dict(context))
