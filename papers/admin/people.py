"""The pages on which a person says which authors are one, and which is two."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eventsite.forms import LARGEST
from eventsite.writing import Conflict
from papers import identity
from papers.joining import CannotJoin, merge_authors, split_author
from papers.models import Author, Authorship
from papers.models.kinship import Kind
from papers.offers import likely_joins, likely_splits

from .deciding import Decides, Side, marked, without_page

WORKS = 12  # of an author, beside those of another
SPLITS = 20  # on a page
NAMED = 5  # of those that two have in common

REASONS = {
    identity.SAME: gettext_lazy("The same name, written otherwise."),
    identity.SHORTENED: gettext_lazy("One given name is short for the other."),
    identity.MIDDLE: gettext_lazy("The same name, with one more given name."),
    identity.INITIALS: gettext_lazy("The given names begin alike."),
    identity.COAUTHORS: gettext_lazy("Both wrote with: %s."),
    identity.FAMILIES: gettext_lazy("Both wrote with somebody called: %s."),
    identity.AFFILIATION: gettext_lazy("Both were at: %s."),
    identity.GROUPS: gettext_lazy("Papers in %s groups that share no co-author."),
    identity.ELSEWHERE: gettext_lazy("One group is from %s, another from %s."),
    identity.YEARS: gettext_lazy("Nothing between %s and %s."),
    identity.TWICE: gettext_lazy("Stands twice on one paper."),
}


class SplitForm(forms.Form):
    """Which places on papers belong to somebody else."""

    seen = forms.IntegerField(min_value=0, max_value=LARGEST, widget=forms.HiddenInput)
    chosen = forms.ModelMultipleChoiceField(
        Authorship.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Papers of somebody else"),
    )

    def __init__(self, *args, places, **options):
        super().__init__(*args, **options)
        self.fields["chosen"].queryset = places
        self.fields["chosen"].label_from_instance = place_in_words


class JoinsPeople(Decides):
    """Adds the pages of likely joins and splits to the admin of authors."""

    kind = Kind.AUTHOR
    pairs_title = gettext_lazy("Authors who may be one")
    pairs_template = "admin/papers/pairs.html"

    def tools(self, request, obj=None):
        others = super().tools(request, obj)
        if not self.may_decide(request):
            return others
        joins, splits = (reverse(f"admin:papers_author_{name}") for name in ("pairs", "splits"))
        if obj:
            split = reverse("admin:papers_author_split", args=[obj.pk])
            same = (f"{joins}?author={obj.code}", _("Is there another of this?"))
            return [same, (split, _("Split")), *others]
        return [
            (joins, _("Authors who may be one")),
            (splits, _("Authors who may be two")),
            *others,
        ]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("splits/", view(self.splits_view), name="papers_author_splits"),
            path("<int:number>/split/", view(self.split_view), name="papers_author_split"),
            *super().get_urls(),
        ]

    def merge(self, kept, other, by):
        merge_authors(kept, other, by)

    def pairs(self, request):
        """Return likely joins; those of `?author=`, or it and `?with=`, likely or not."""
        code, other = (request.GET.get(name, "").strip().upper() for name in ("author", "with"))
        if code and other:
            return [(code, other, ())] if code != other else []
        found = likely_joins()
        codes = dict(Author.objects.values_list("pk", "code"))
        every = [(codes[each.a], codes[each.b], each.reasons) for each in found]
        return [each for each in every if not code or code in each[:2]]

    def shown(self, codes):
        placed = "authorships__paper__venue"
        rows = Author.objects.filter(code__in=codes).prefetch_related("names", placed)
        return {row.code: row for row in rows}

    def side(self, row, other):
        return Side(row, marked(row.name, other.name), facts(row))

    def in_words(self, every):
        return sentences(every)

    def splits_view(self, request):
        """Show authors who may be several people, each with the groups of their papers."""
        if not self.may_decide(request):
            raise PermissionDenied
        page = Paginator(likely_splits(), SPLITS).get_page(request.GET.get("p"))
        authors = Author.objects.in_bulk([each.author for each in page])
        words = sentences([each.reasons for each in page])
        shown = [
            (authors[each.author], [len(group) for group in each.groups], told)
            for each, told in zip(page, words, strict=True)
        ]
        title = _("Authors who may be two")
        context = self.context(request, title, splits=shown, page=page, query=without_page(request))
        return TemplateResponse(request, "admin/papers/splits.html", context)

    def split_view(self, request, number):
        """Show an author's papers; on POST give the chosen ones to a new author."""
        if not self.may_decide(request):
            raise PermissionDenied
        author = get_object_or_404(Author, pk=number)
        places = author.authorships.select_related("paper__venue").order_by("-paper__year", "pk")
        form = SplitForm(request.POST or None, places=places, initial={"seen": author.version})
        if form.is_valid() and (fresh := self.split(request, author, form.cleaned_data)):
            joins = reverse("admin:papers_author_change", args=[fresh.pk])
            return HttpResponseRedirect(joins)
        title = _("Split %(author)s") % {"author": author}
        context = self.context(request, title, author=author, form=form)
        return TemplateResponse(request, "admin/papers/split.html", context)

    def split(self, request, author, said):
        author.version = said["seen"]
        try:
            fresh = split_author(author, said["chosen"], request.user)
        except CannotJoin as refusal:
            messages.error(request, str(refusal))
            return None
        except Conflict:
            messages.warning(request, _("Nothing was changed: look again, and choose again."))
            return None
        words = _("%(count)d of the papers are now those of another %(name)s.")
        messages.success(request, words % {"count": len(said["chosen"]), "name": fresh.name})
        return fresh


def place_in_words(place):
    paper = place.paper
    where = " ".join(str(each) for each in (paper.venue, paper.year) if each)
    printed = ", ".join(each for each in (place.name, place.affiliation) if each)
    return " · ".join(each for each in (paper.title, where, printed) if each)


def facts(author):
    """Return what else tells two authors from each other, in words."""
    places = list(author.authorships.all())
    affiliations = dict.fromkeys(each.affiliation for each in places if each.affiliation)
    works = [place_in_words(each) for each in places[:WORKS]]
    if len(places) > WORKS:
        works.append(_("and %d more") % (len(places) - WORKS))
    lines = [
        ("ORCID", [author.orcid]),
        (_("Printed as"), [each.name for each in author.names.all()]),
        (_("Affiliations"), list(affiliations)[:WORKS]),
        (_("Papers"), works),
    ]
    return [(name, kept) for name, values in lines if (kept := [each for each in values if each])]


def sentences(every):
    """Return lists of reasons in words, co-authors by name: 1 query."""
    shared = [each for reasons in every for each in reasons if each.word == identity.COAUTHORS]
    people = {pk for each in shared for pk in each.about[:NAMED]}
    names = dict(Author.objects.filter(pk__in=people).values_list("pk", "name"))
    return [[sentence(each, names) for each in reasons] for reasons in every]


def sentence(reason, names):
    words = str(REASONS[reason.word])
    if reason.word == identity.COAUTHORS:
        return words % ", ".join(names[each] for each in reason.about[:NAMED])
    if reason.word in (identity.AFFILIATION, identity.FAMILIES):
        return words % ", ".join(reason.about[:NAMED])
    return words % reason.about if "%s" in words else words
