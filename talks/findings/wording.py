"""What sentences about clashes are made of: names in quotes, times, and lists of names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from talks.changes import clock
from talks.solver.problem import Clash, Part, Span

Sentence: TypeAlias = Callable[[Clash, ZoneInfo], str]


@dataclass(frozen=True, slots=True)
class Label:
    """A rule for those who set it: a short name, a line that explains it, names of options."""

    name: str | Promise
    explanation: str | Promise
    options: Mapping[str, str | Promise] = field(default_factory=dict)


def told(text: Promise) -> Sentence:
    """Return the sentence that fills what a clash says into a lazy text.

    `of` is what the clash is about, `one` and `other` its first two parts with their times,
    `parts` the titles of all and `times` their times, `away` a time, `amount` a number,
    `first` and `others` the first and all of the further names. For a plural give
    `ngettext_lazy(one, many, "amount")`.
    """

    def tell(clash: Clash, zone: ZoneInfo) -> str:
        return str(text % _facts(clash, zone))

    return tell


def when(span: Part | Span, zone: ZoneInfo) -> str:
    """Return the day and the times of something, on the clock of a zone."""
    return clock(span.start.astimezone(zone), span.end.astimezone(zone), zone)


def named(part: Part, zone: ZoneInfo) -> str:
    """Return a talk or session with its time."""
    return _("“%(name)s” (%(when)s)") % {"name": part.name, "when": when(part, zone)}


def quoted(name: str) -> str:
    return _("“%s”") % name


def _facts(clash: Clash, zone: ZoneInfo) -> dict[str, str | int]:
    found: dict[str, str | int] = {
        "of": clash.of.name,
        "amount": clash.amount,
        "parts": ", ".join(quoted(part.name) for part in clash.parts),
        "times": ", ".join(when(part, zone) for part in clash.parts),
        "others": ", ".join(other.name for other in clash.others),
    }
    found |= zip(("one", "other"), (named(part, zone) for part in clash.parts), strict=False)
    if clash.others:
        found["first"] = clash.others[0].name
    if clash.away:
        found["away"] = when(clash.away, zone)
    return found
