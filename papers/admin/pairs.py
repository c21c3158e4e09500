"""The page on which a person says of two papers whether they are one."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.joining import merge_papers
from papers.models import Paper
from papers.models.kinship import Kind
from papers.offers import near_papers

from .deciding import Decides, Side, marked

REASONS = {
    "extended": gettext_lazy("One title goes on where the other ends."),
    "named": gettext_lazy("One title has a name before it."),
    "reworded": gettext_lazy("The titles differ by a word."),
    "same title": gettext_lazy("The titles are the same."),
    "same identifier": gettext_lazy("Both have the same identifier."),
}


class DecidesPairs(Decides):
    """Adds the page of near pairs to the admin of papers."""

    kind = Kind.PAPER
    pairs_title = gettext_lazy("Papers that may be one")
    pairs_template = "admin/papers/pairs.html"

    def tools(self, request, obj=None):
        others = super().tools(request, obj)
        if not self.may_decide(request):
            return others
        address = reverse("admin:papers_paper_pairs")
        if obj:
            return [(f"{address}?paper={obj.code}", _("Is there another of this?")), *others]
        return [(address, _("Papers that may be one")), *others]

    def merge(self, kept, other, by):
        merge_papers(kept, other, by)

    def pairs(self, request):
        """Return the near pairs; those of `?paper=`, or it and `?with=`, near or not."""
        code, other = (request.GET.get(name, "").strip().upper() for name in ("paper", "with"))
        if code and other:
            return [(code, other, "")] if code != other else []
        return [each for each in near_papers() if not code or code in each[:2]]

    def shown(self, codes):
        rows = Paper.objects.filter(code__in=codes).for_citation().prefetch_related("items__list")
        return {row.code: row for row in rows}

    def side(self, row, other):
        return Side(row, marked(row.title, other.title), facts(row))

    def in_words(self, every):
        return [[REASONS[reason]] if reason in REASONS else [] for reason in every]


def facts(paper):
    """Return what else tells two papers from each other, in words."""
    authors = [each.name or each.author.name for each in paper.authorships.all()]
    where = [str(paper.venue or ""), _("workshop") if paper.is_workshop else ""]
    lists = {item.list_id: str(item.list) for item in paper.items.all()}
    lines = [
        (_("Authors"), authors),
        (_("Appeared"), [" ".join(filter(None, [*where, str(paper.year or "")]))]),
        (_("Identifiers"), [str(each) for each in paper.identifiers.all()]),
        (_("Lists"), list(lists.values())),
        (_("Abstract"), [paper.abstract[:300]]),
    ]
    return [(name, kept) for name, values in lines if (kept := [each for each in values if each])]
