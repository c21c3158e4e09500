"""The forms by which a timetable is asked for, and by which it is taken or let be."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talks.proposals import Wish

PARTS = {
    "unplaced": gettext_lazy("what stands nowhere yet; all else stays"),
    "everything": gettext_lazy("everything that is not pinned"),
    "day": gettext_lazy("one day"),
    "track": gettext_lazy("one track"),
    "room": gettext_lazy("one room"),
    "repair": gettext_lazy("as little as possible, to mend what clashes"),
}
WHICH = {  # the fields that say which, and what is said when they do not
    "day": gettext_lazy("Choose the day."),
    "track": gettext_lazy("Choose the track."),
    "room": gettext_lazy("Choose the room."),
}
LONGEST = 600  # seconds of a search
MOST_DAYS = 60  # that are offered
CANCEL, AGAIN, TAKE_ALL, TAKE, DROP = "cancel", "again", "take_all", "take", "drop"


class WishForm(forms.Form):
    """What may move, for how long to look, and how far to go."""

    part = forms.ChoiceField(
        label=gettext_lazy("What may move"), choices=list(PARTS.items()), initial="unplaced"
    )
    day = forms.ChoiceField(label=gettext_lazy("Which day"), required=False)
    track = forms.ChoiceField(label=gettext_lazy("Which track"), required=False)
    room = forms.ChoiceField(label=gettext_lazy("Which room"), required=False)
    may_leave = forms.BooleanField(
        label=gettext_lazy("Place as much as can be placed"),
        required=False,
        help_text=gettext_lazy(
            "Where not everything has a place, leave out as little as possible. Without this you"
            " are told what cannot hold together."
        ),
    )
    at_most = forms.IntegerField(
        label=gettext_lazy("Move by at most (minutes)"),
        initial=0,
        min_value=0,
        max_value=100_000,
        help_text=gettext_lazy("For mending: nothing is moved by more than this. 0: by any time."),
    )
    seconds = forms.IntegerField(
        label=gettext_lazy("Time limit (seconds)"),
        initial=60,
        min_value=1,
        max_value=LONGEST,
        help_text=gettext_lazy(
            "The search ends then at the latest, with the best it has found, and sooner when"
            " nothing better is possible. You may leave the page meanwhile."
        ),
    )
    effort = forms.IntegerField(
        label=gettext_lazy("Effort"),
        initial=60,
        min_value=1,
        max_value=10_000,
        help_text=gettext_lazy(
            "How much work is done, counted by the solver itself: while the time limit is not"
            " reached, the same effort gives the same timetable on every machine."
        ),
    )
    seed = forms.IntegerField(
        label=gettext_lazy("Seed"),
        initial=0,
        min_value=0,
        max_value=2**31 - 1,
        help_text=gettext_lazy("Another number may lead to another timetable that is as good."),
    )

    as_of = forms.DateField(
        label=gettext_lazy("Reckon from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy(
            "What begins before this day is past and never moves. Empty: now. To try something"
            " with an event that is over, give a day before it."
        ),
    )

    def __init__(self, event, *args, **options):
        super().__init__(*args, **options)
        self.zone = ZoneInfo(event.zone)
        nothing = [("", "–")]
        self.fields["day"].choices = nothing + [
            (day.isoformat(), date_format(day, "D, j F Y")) for day in days_of(event)
        ]
        for name, rows in (("track", event.tracks.all()), ("room", event.rooms.all())):
            self.fields[name].choices = nothing + [(row.code, row.name) for row in rows]
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"help_{name}"

    @property
    def often(self):
        """The fields that most searches need."""
        return [self[name] for name in ("part", *WHICH, "may_leave")]

    @property
    def seldom(self):
        return [self[name] for name in ("seconds", "at_most", "effort", "seed", "as_of")]

    @property
    def has_errors_below(self):
        return any(field.errors for field in self.seldom)

    def clean(self):
        cleaned = super().clean()
        part = cleaned.get("part")
        if part in WHICH and part not in self.errors and not cleaned.get(part):
            self.add_error(part, WHICH[part])
        return cleaned

    def wish(self):
        """Return what is wished for."""
        said = self.cleaned_data
        day = said["as_of"]
        return Wish(
            part=said["part"],
            which=said[said["part"]] if said["part"] in WHICH else "",
            seconds=said["seconds"],
            effort=said["effort"],
            seed=said["seed"],
            at_most=said["at_most"] if said["part"] == "repair" else 0,
            may_leave=said["may_leave"],
            at=datetime.combine(day, time(0), self.zone).isoformat() if day else "",
        )


def days_of(event):
    """Return the days of an event."""
    number = min((event.ends_on - event.starts_on).days + 1, MOST_DAYS)
    return [event.starts_on + timedelta(days=day) for day in range(number)]


class DecisionForm(forms.Form):
    """What is decided about a proposal, and which of its moves are taken."""

    action = forms.ChoiceField(
        choices=[(name, name) for name in (CANCEL, AGAIN, TAKE_ALL, TAKE, DROP)]
    )
    move = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, rows, *args, **options):
        super().__init__(*args, **options)
        self.rows = {row.pk: row for row in rows}
        self.fields["move"].choices = [(pk, pk) for pk in self.rows]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("action") == TAKE and not cleaned.get("move") and "move" not in self.errors:
            self.add_error("move", _("Choose at least one move."))
        return cleaned

    @property
    def chosen(self):
        """The moves that were chosen; None for all."""
        if self.cleaned_data["action"] == TAKE_ALL:
            return None
        return [self.rows[pk] for pk in self.cleaned_data["move"]]
