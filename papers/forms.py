"""Reads what an address asks of the catalogue: filters, order, density and page."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, NoReturn

from django import forms
from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.models import Author, Paper, ReadingList, Venue
from papers.models.catalogue import PresentedAs
from papers.querysets import PaperQuerySet
from papers.records import TopicTree
from papers.search import LONGEST, find

PAGE_SIZE = 50
HIGHEST_PAGE = 6  # digits
ALL = [("", _("All"))]
SORTS = [
    ("best", _("newest first")),
    ("year", _("oldest first")),
    ("title", _("by title")),
    ("venue", _("by venue")),
]
DENSITIES = [("titles", _("Titles")), ("rows", _("Rows")), ("abstracts", _("Abstracts"))]
DEFAULTS = {"sort": "best", "density": "rows"}
PRESENTATIONS = [*ALL, *(choice for choice in PresentedAs.choices if choice[0])]

# How each filter narrows the papers; `topic` is cleaned to the keys of the topic and those below.
KEEP: dict[str, Callable[..., PaperQuerySet]] = {
    "q": find,
    "venue": PaperQuerySet.at_venue,
    "year": PaperQuerySet.of_year,
    "topic": PaperQuerySet.about,
    "author": PaperQuerySet.by,
    "list": PaperQuerySet.on_list,
    "award": PaperQuerySet.with_award,
    "presentation": PaperQuerySet.presented_as,
    "event": PaperQuerySet.presented_at,
    "code": lambda papers, _one: papers.with_code(),
}


class YearField(forms.ChoiceField):
    """A year of a public paper; what is no year at all is `invalid`, not merely unknown."""

    def validate(self, value: str) -> None:
        if value and not (value.isascii() and value.isdecimal() and len(value) == 4):
            raise forms.ValidationError("", "invalid")
        super().validate(value)


class Chip(NamedTuple):
    """A filter in force, and the address without it."""

    label: str
    value: str
    address: str


class Density(NamedTuple):
    """A way to show the papers, and its address."""

    name: str
    address: str
    is_present: bool


class FilterForm(forms.Form):
    """The filters of /papers/, with what the public may choose: five queries.

    A chosen author costs one more.
    """

    q = forms.CharField(label=_("Words"), required=False, widget=forms.SearchInput)
    venue = forms.ChoiceField(label=_("Venue"), required=False)
    year = YearField(label=_("Year"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    author = forms.ModelChoiceField(
        Author.objects.public(),
        label=_("Author"),
        required=False,
        to_field_name="code",
        widget=forms.HiddenInput,
    )
    list = forms.ChoiceField(label=_("Reading list"), required=False)
    award = forms.ChoiceField(label=_("Award"), required=False)
    presentation = forms.ChoiceField(label=_("Presentation"), required=False, choices=PRESENTATIONS)
    event = forms.ChoiceField(label=_("Presented at"), required=False)
    code = forms.ChoiceField(
        label=_("Code"), required=False, choices=[*ALL, ("1", _("with a link to code"))]
    )
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)
    density = forms.ChoiceField(
        label=_("Density"), required=False, choices=DENSITIES, widget=forms.HiddenInput
    )

    def __init__(self, query: QueryDict, tree: TopicTree):
        data = {name: query.get(name, "") for name in self.base_fields}
        super().__init__(
            data | {"q": data["q"][:LONGEST]},
            auto_id="filter-%s",
            label_suffix="",
            use_required_attribute=False,
        )
        self.tree = tree
        self.is_cut = len(data["q"]) > LONGEST
        papers = Paper.objects.public()
        venues = sorted((str(venue), venue.slug) for venue in Venue.objects.public())
        self.offer("venue", ((slug, name) for name, slug in venues))
        self.offer("year", ((str(year), str(year)) for year in papers.years()))
        self.offer("topic", ((t.slug, "\u2003" * depth + t.name) for depth, t in tree.walk()))
        self.offer("list", ReadingList.objects.public().values_list("slug", "title"))
        self.offer("award", ((award, award) for award in papers.awards()))
        self.offer("event", papers.events())

    def offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        """Let one of the values be chosen."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*ALL, *choices]

    def clean_topic(self) -> set[int]:
        """Return the keys of the topic and of those below it."""
        topic = self.tree.find(self.cleaned_data["topic"])
        return self.tree.within(topic) if topic else set()

    @property
    def chosen(self) -> dict[str, str]:
        """What differs from the plain catalogue, as it stands in the address."""
        return {
            name: value
            for name, value in self.data.items()
            if value not in ("", DEFAULTS.get(name))
        }

    def address(self, **changes: str) -> str:
        """Return the address of the catalogue with these filters, some of them changed."""
        values = self.chosen | changes
        query = urlencode({k: v for k, v in values.items() if v not in ("", DEFAULTS.get(k))})
        return reverse("papers:papers") + (f"?{query}" if query else "")

    @property
    def chips(self) -> Sequence[Chip]:
        """The filters in force."""
        names = [name for name in self.chosen if name not in DEFAULTS]
        return [
            Chip(str(self.fields[name].label), self.shown(name), self.address(**{name: ""}))
            for name in names
        ]

    @property
    def more(self) -> Sequence[forms.BoundField]:
        """The fields that are not always open to view."""
        return [field for field in self.visible_fields() if field.name not in ("q", "sort")]

    def shown(self, name: str) -> str:
        """Return a filter's value in words."""
        if isinstance(self.fields[name], forms.ModelChoiceField):
            return str(self.cleaned_data[name])
        options = self[name].subwidgets
        chosen = [each.choice_label for each in options if each.data.get("selected")]
        return chosen[0].strip() if chosen else str(self.data[name])

    @property
    def present_density(self) -> str:
        """How much is shown of each paper: titles, rows or abstracts."""
        return self.data["density"] or DEFAULTS["density"]

    @property
    def densities(self) -> Sequence[Density]:
        """The ways to show these papers, with the addresses that do it."""
        return [
            Density(str(name), self.address(density=value), value == self.present_density)
            for value, name in DENSITIES
        ]

    def keep(self, papers: PaperQuerySet) -> PaperQuerySet:
        """Keep the papers that pass every filter, in the order asked for."""
        for name, keep in KEEP.items():
            if self.data[name]:
                papers = keep(papers, self.cleaned_data[name])
        return papers.sorted_by(self.data["sort"] or DEFAULTS["sort"])


def read_filters(query: QueryDict, tree: TopicTree) -> FilterForm:
    """Return the filters of an address.

    Raises Http404 when a value names nothing here, BadRequest when it cannot be meant.
    """
    filters = FilterForm(query, tree)
    for name, errors in filters.errors.as_data().items():
        refuse(str(filters.fields[name].label), filters.data[name][:60], errors[0].code or "", name)
    return filters


def refuse(label: str, value: str, code: str, name: str) -> NoReturn:
    if code == "invalid_choice" and name not in ("code", *DEFAULTS):
        raise Http404(
            gettext("%(label)s: “%(value)s” is not here.") % {"label": label, "value": value}
        )
    raise BadRequest(
        gettext("%(label)s: “%(value)s” cannot be read.") % {"label": label, "value": value}
    )


def page_of(papers: PaperQuerySet, query: QueryDict) -> Page[Paper]:
    """Return the page of papers that `?page=` asks for; a page past the last raises Http404."""
    number = query.get("page") or "1"
    if not (number.isascii() and number.isdecimal() and number.strip("0")):
        raise BadRequest(gettext("“%(page)s” is no page.") % {"page": number[:60]})
    try:
        return Paginator(papers, PAGE_SIZE).page(int(number[:HIGHEST_PAGE]))
    except EmptyPage:
        raise Http404(gettext("There is no page %(page)s.") % {"page": number[:60]}) from None
