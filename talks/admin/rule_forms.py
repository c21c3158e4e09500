"""The form of one rule of the timetable: its level, its weight, and its own options."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eventsite.forms import SeenField
from talks.findings.names import LABELS
from talks.models.rules import RuleLevel
from talks.rule_settings import CLOCKS, MOST, Wanted, default
from talks.solver.problem import Level, Setting
from talks.solver.rules.about import ABOUT

LONGEST = 200  # characters of a text
OPTION = "option_"  # before the names of options, which may be "weight" themselves


class ClockField(forms.TimeField):
    """A time as rules keep it: `09:30`, or nothing."""

    def __init__(self, **options):
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(required=False, input_formats=["%H:%M"], widget=widget, **options)

    def to_python(self, value):
        time = super().to_python(value)
        return time.strftime("%H:%M") if time else ""


def number(**options):
    return forms.IntegerField(min_value=0, max_value=MOST, **options)


def field_of(name, value, choices, **options):
    """Return the field of an option, and what it expects in words, by its default value."""
    if choices:
        listed = [(choice, choice or "–") for choice in choices]
        words = _("one of %s") % ", ".join(f"“{choice}”" for choice in choices)
        return forms.ChoiceField(choices=listed, required="" not in choices, **options), words
    if isinstance(value, bool):
        return forms.BooleanField(required=False, **options), _("yes or no")
    if isinstance(value, int):
        return number(**options), _("a whole number from 0 to %d") % MOST
    if name in CLOCKS:
        return ClockField(**options), _("a time like 09:30, or nothing")
    words = _("a text of at most %d characters") % LONGEST
    return forms.CharField(required=False, max_length=LONGEST, **options), words


class RuleForm(forms.Form):
    """What a rule is worth at an event; carries what was shown, to know what was touched.

    When the rule was saved meanwhile it is refused with the values of both, and carries the
    version of now, so that saving once more overwrites knowingly.
    """

    seen = SeenField()
    level = forms.ChoiceField(
        label=gettext_lazy("level"), choices=RuleLevel.choices, show_hidden_initial=True
    )
    weight = number(label=gettext_lazy("weight"), show_hidden_initial=True)

    def __init__(self, rule, told, data=None):
        setting = told.setting(rule)
        self.rule, self.about, self.label = rule, ABOUT[rule], LABELS[rule]
        self.now, self.version = initial_of(setting), told.versions.get(rule, 0)
        initial = {**self.now, "seen": self.version}
        super().__init__(data, prefix=rule, initial=initial, label_suffix="")
        self.expected = {
            "seen": _("what the page carried"),
            "level": _("one of %s") % ", ".join(f"“{value}”" for value in RuleLevel.values),
            "weight": _("a whole number from 0 to %d") % MOST,
        }
        for name, value in self.about.options.items():
            label = self.label.options.get(name, name)
            choices = self.about.choices.get(name, ())
            field, words = field_of(name, value, choices, label=label, show_hidden_initial=True)
            self.fields[OPTION + name], self.expected[OPTION + name] = field, words

    @property
    def is_changed(self):
        """Whether the rule is to be another than was shown, whatever it is by now."""
        return self.is_bound and bool(self.changed_data)

    @property
    def is_own(self):
        """Whether the event says something else of the rule than the default."""
        return self.version > 0

    @property
    def by_default(self):
        """What the rule is worth where nobody has said anything, in words."""
        said = initial_of(default(self.rule))
        return ", ".join(f"{self.name_of(name)}: {self.say(name, said[name])}" for name in said)

    def name_of(self, name):
        return str(self.fields[name].label or name)

    def say(self, name, value):
        """Return a value of a field in words."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, value)) or "–"

    def clean(self):
        """Tell of each bad value what was found and what is expected, and of a conflict."""
        for name in list(self.errors):
            found = self[name].data
            text = _("%(rule)s, %(field)s: found “%(found)s”, expected %(expected)s.") % {
                "rule": self.label.name,
                "field": self.name_of(name),
                "found": "" if found is None else str(found)[:80],
                "expected": self.expected[name],
            }
            self.errors[name] = self.error_class([text])
        if self.is_changed and (self.cleaned_data.get("seen") or 0) != self.version:
            self.refuse()
        return self.cleaned_data

    def refuse(self):
        """Tell the three values of each field that was saved meanwhile; let the next save win."""
        for name, now in self.now.items():
            seen = self.shown(name)
            if name in self.cleaned_data and seen != now:
                text = _("Yours: “%(yours)s”. Now: “%(now)s”. As you saw it: “%(seen)s”.") % {
                    "yours": self.say(name, self.cleaned_data[name]),
                    "now": self.say(name, now),
                    "seen": self.say(name, seen),
                }
                self.add_error(name, text)
        self.add_error(
            None,
            _("%s: somebody else saved this rule after you opened the page.") % self.label.name,
        )
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(self.version)

    def shown(self, name):
        """Return the value that a field was shown with."""
        try:
            return self.fields[name].to_python(self.data.get(self[name].html_initial_name))
        except forms.ValidationError:
            return None

    def wanted(self):
        """Return what the rule is to be; the form is valid."""
        said = self.cleaned_data
        options = {name: said[OPTION + name] for name in self.about.options}
        setting = Setting(Level(said["level"]), said["weight"], options)
        return Wanted(setting, said["seen"] or 0)


def initial_of(setting):
    options = {OPTION + name: value for name, value in setting.options.items()}
    return {"level": setting.level.value, "weight": setting.weight, **options}
