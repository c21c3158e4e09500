"""What an address asks of the catalogue, and what there is to choose from."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, overload

import numpy as np
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from papers.facets import Catalogue, Selection
from papers.models import Item, Paper
from papers.models.catalogue import PresentedAs
from papers.search import literal_of, mended, ranked
from papers.search_words import LONGEST, Term, terms_of

TOP, MOST = 12, 500  # values of a facet that are offered, and when more are asked for
LABELS: dict[str, str | Promise] = {
    "topic": _("Topic"),
    "year": _("Year"),
    "venue": _("Venue"),
    "presentation": _("Presentation"),
    "award": _("Award"),
    "workshop": _("Workshop"),
    "code": _("Code"),
    "list": _("Reading list"),
    "event": _("Presented at"),
    "author": _("Author"),
    "sort": _("Order"),
    "density": _("Density"),
    "more": _("More"),
    "literal": _("As typed"),
    "q": _("Words"),
}
FACETS = tuple(LABELS)[:10]
# The parameters that are read, as addresses have them.
NAMES = (
    *("q", "literal", "venue", "year", "topic", "author", "list", "award", "presentation"),
    *("workshop", "event", "code", "sort", "density", "more"),
)
VALUES: dict[str, dict[str, str | Promise]] = {  # of facets whose keys are not their names
    "presentation": dict(PresentedAs.choices),
    "workshop": {"1": _("at a workshop of the venue")},
    "code": {"1": _("with a link to code")},
}
SORTS = {
    "best": _("newest first"),
    "newest": _("newest first"),
    "year": _("oldest first"),
    "title": _("by title"),
    "venue": _("by venue"),
}
DENSITIES = {"titles": _("Titles"), "rows": _("Rows"), "abstracts": _("Abstracts")}
DEFAULTS = {"sort": "best", "density": "rows"}


class Choice(NamedTuple):
    """A value that can be chosen or taken away: its address, and how many papers it has."""

    label: str
    size: int
    address: str
    is_chosen: bool


class FacetShown(NamedTuple):
    """The values of a facet that some paper has; `more` is the address that shows all of them."""

    name: str
    label: str
    choices: Sequence[Choice]
    more: str

    @property
    def is_open(self) -> bool:
        usual = self.name in ("topic", "year", "venue")
        return usual or any(choice.is_chosen for choice in self.choices)


class Chip(NamedTuple):
    """A filter in force, and the address without it."""

    label: str
    value: str
    address: str


class Option(NamedTuple):
    """An order or a density, and its address."""

    value: str
    name: str
    address: str
    is_present: bool


class Found(Sequence[Paper]):
    """Papers by their keys, loaded as they are sliced: four queries, five with notes."""

    def __init__(self, keys: Sequence[int], *, notes: bool = False):
        self.keys, self.notes = keys, notes

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Paper: ...
    @overload
    def __getitem__(self, at: slice) -> list[Paper]: ...
    def __getitem__(self, at: int | slice) -> Paper | list[Paper]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        keys = self.keys[at]
        papers = Paper.objects.public().for_list()
        if self.notes:
            items = Item.objects.public().exclude(note="").order_by("pk")
            papers = papers.prefetch_related(Prefetch("items", items, to_attr="notes"))
        loaded = papers.in_bulk(keys)
        return [loaded[key] for key in keys if key in loaded]


class Filters:
    """What an address asks for, and what the public catalogue answers: `read_filters`."""

    def __init__(self, values: dict[str, str], whole: Catalogue):
        self.values, self.catalogue = values, whole
        self.q = values["q"][:LONGEST]
        self.is_cut = len(values["q"]) > LONGEST
        self.instead = ""  # the words that were searched for in the place of those typed
        found = ranked(self.q) if literal_of(self.q) else None
        if found is not None and not values["literal"] and not len(whole.rows_of(found)[0]):
            self.instead = mended(self.q)
            found = ranked(self.instead) if self.instead else found
        chosen = {name: values[name] for name in FACETS if values[name]}
        self.selection = Selection(whole, chosen, found)

    @property
    def terms(self) -> list[Term]:
        """What was searched for, to be marked in what was found."""
        return terms_of(self.instead or self.q)

    @property
    def sort(self) -> str:
        return self.values["sort"] or DEFAULTS["sort"]

    @property
    def density(self) -> str:
        """How much is shown of each paper: titles, rows or abstracts."""
        return self.values["density"] or DEFAULTS["density"]

    @cached_property
    def keys(self) -> list[int]:
        """The primary keys of all papers that were found, in the order asked for."""
        return self.selection.sorted_by(self.sort).tolist()

    @property
    def papers(self) -> Found:
        return Found(self.keys, notes=bool(self.q))

    @property
    def chosen(self) -> dict[str, str]:
        """What differs from the plain catalogue, as it stands in the address."""
        values = {name: self.values[name] for name in NAMES}
        return {name: value for name, value in values.items() if value != DEFAULTS.get(name, "")}

    @property
    def narrowing(self) -> list[str]:
        """The names of the filters in force."""
        return [name for name in self.chosen if name == "q" or name in FACETS]

    @property
    def matching(self) -> int:
        """How many papers the words alone find."""
        return int(self.selection.searched.sum())

    def address(self, **changes: str) -> str:
        """Return the address of the catalogue with these filters, some of them changed."""
        changed = self.values | {"q": self.q} | changes
        values = {name: changed[name] for name in NAMES}
        query = urlencode({k: v for k, v in values.items() if v not in ("", DEFAULTS.get(k))})
        return reverse("papers:papers") + (f"?{query}" if query else "")

    @property
    def as_typed(self) -> str:
        """The address that searches for nothing but what was typed."""
        return self.address(literal="1")

    @property
    def without_filters(self) -> str:
        return self.address(**dict.fromkeys(FACETS, ""))

    @property
    def chips(self) -> list[Chip]:
        """The filters in force."""
        return [
            Chip(str(LABELS[name]), self.shown(name), self.address(**{name: ""}, literal=""))
            for name in self.narrowing
        ]

    def shown(self, name: str) -> str:
        """Return a filter's value in words."""
        value = self.values[name]
        return self.q if name == "q" else self.label(name, value)

    def label(self, name: str, key: str) -> str:
        return str(VALUES.get(name, {}).get(key) or self.catalogue.facets[name].label(key))

    @property
    def facets(self) -> list[FacetShown]:
        """Every facet with values that some paper has, given all other filters."""
        return [shown for name in FACETS if (shown := self.facet(name)).choices]

    def facet(self, name: str) -> FacetShown:
        facet, counts = self.catalogue.facets[name], self.selection.counts(name)
        chosen, is_long = self.values[name], self.values["more"] == name
        places = counts.nonzero()[0]
        if name != "year":  # whose values stand in their own order
            places = places[np.argsort(-counts[places], kind="stable")]
        top = places[: MOST if is_long else TOP].tolist()
        if chosen and (own := facet.places[chosen]) not in top:
            top.append(own)
        choices = [
            Choice(
                self.label(name, key := facet.keys[place]),
                int(counts[place]),
                self.address(**{name: "" if key == chosen else key}, more=""),
                key == chosen,
            )
            for place in top
        ]
        more = "" if is_long or len(places) <= TOP else f"{self.address(more=name)}#facet-{name}"
        return FacetShown(name, str(LABELS[name]), choices, more)

    @property
    def sorts(self) -> list[Option]:
        """The orders; only where there are words one of them is the best match."""
        best = {"best": _("best match first")} if self.q else {"newest": ""}
        shown = {value: name for value, name in (SORTS | best).items() if name}
        return self.options("sort", shown, self.sort)

    @property
    def densities(self) -> list[Option]:
        return self.options("density", DENSITIES, self.density)

    def options(self, name: str, values: Mapping[str, str | Promise], present: str) -> list[Option]:
        return [
            Option(value, str(label), self.address(**{name: value}), value == present)
            for value, label in values.items()
        ]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What a form keeps of the address: everything that has no field of its own."""
        left = ("q", "literal", "sort", "more")
        return [(name, value) for name, value in self.chosen.items() if name not in left]
