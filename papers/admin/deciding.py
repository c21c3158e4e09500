"""What the pages for papers and for people share: pairs of rows, and one decision at a time."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from eventsite.forms import LARGEST
from eventsite.models import Edited
from eventsite.writing import Conflict
from papers.joining import CannotJoin, keep_apart
from papers.pointing import pointing_at

from .tools import HasTools

PAIRS = 10  # on a page


@dataclass(frozen=True, slots=True)
class Side:
    """One of two rows: its name in words, each with whether the other lacks it, and facts."""

    row: Edited
    name: list[tuple[str, bool]]
    facts: list[tuple[str, list[str]]]

    @property
    def change_address(self):
        return reverse(f"admin:papers_{self.row._meta.model_name}_change", args=[self.row.pk])


class DecisionForm(forms.Form):
    """Two rows at the versions that were seen, and what a person says of them."""

    first = forms.CharField(max_length=9)
    second = forms.CharField(max_length=9)
    first_seen = forms.IntegerField(min_value=0, max_value=LARGEST)
    second_seen = forms.IntegerField(min_value=0, max_value=LARGEST)
    decision = forms.ChoiceField(choices=[(each, each) for each in ("first", "second", "apart")])


class Decides(HasTools):
    """Pages of pairs of a table, for who may change and delete all of its rows.

    A table says its `kind` (of Apart and Moved), `merge(kept, other, by)`, the `pairs(request)`
    as (code, code, reasons), `shown(codes)`: the rows of a page by code, `side(row, other)`: one
    of them as it is shown, and `in_words(every)`: sentences for the reasons of each pair.
    """

    kind = ""
    pairs_title = ""
    pairs_template = ""

    def get_urls(self):
        view = self.admin_site.admin_view(self.pairs_view)
        name = f"papers_{self.opts.model_name}_pairs"
        return [path("pairs/", view, name=name), *super().get_urls()]

    def may_decide(self, request):
        """Whether somebody has Django's own permissions: organizers of events have not."""
        names = (f"papers.{verb}_{self.opts.model_name}" for verb in ("change", "delete"))
        return request.user.has_perms(tuple(names))

    def pairs_view(self, request):
        """Show pairs side by side; on POST do what a person decided of one."""
        if not self.may_decide(request):
            raise PermissionDenied
        if request.method == "POST":
            self.decide(request, DecisionForm(request.POST))
            query = without(request, "keep", "join")
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        if "keep" in request.GET:
            return self.outcome_view(request)
        page = Paginator(self.pairs(request), PAIRS).get_page(request.GET.get("p"))
        rows = self.shown([code for a, b, _reasons in page for code in (a, b)])
        there = [each for each in page if each[0] in rows and each[1] in rows]
        words = self.in_words([reasons for _a, _b, reasons in there])
        pairs = [
            (self.side(rows[a], rows[b]), self.side(rows[b], rows[a]), sentences)
            for (a, b, _reasons), sentences in zip(there, words, strict=True)
        ]
        context = self.context(
            request, self.pairs_title, pairs=pairs, page=page, query=without_page(request)
        )
        return TemplateResponse(request, self.pairs_template, context)

    def outcome_view(self, request):
        """Show what the one that is kept would say, and what points there, before it is joined."""
        kept, other = (request.GET.get(name, "").strip().upper() for name in ("keep", "join"))
        rows = self.shown([kept, other])
        if len(rows) < 2:
            raise Http404
        try:
            side = self.outcome(rows[kept], rows[other], request.user)
        except CannotJoin as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.path)
        rows = self.shown([kept, other])  # at their versions: the trial has left its own
        values = {"kept": rows[kept], "other": rows[other], "side": side}
        pointing = pointing_at(rows[other])
        title = _("What joining the two would make")
        context = self.context(request, title, pointing=pointing, **values)
        return TemplateResponse(request, "admin/papers/outcome.html", context)

    def outcome(self, kept, other, by):
        """Return the row that joining makes; it is joined for a moment, and taken back."""
        with transaction.atomic():
            self.merge(kept, other, by)
            row = self.shown([kept.code])[kept.code]
            side = self.side(row, row)
            transaction.set_rollback(True)
        return side

    def decide(self, request, form):
        if not form.is_valid():
            messages.error(request, _("Nothing was changed: this was not a decision."))
            return
        said = form.cleaned_data
        rows = {row.code: row for row in self.model.objects.filter(code__in=self.codes(said))}
        try:
            first, second = (rows[code] for code in self.codes(said))
            first.version, second.version = said["first_seen"], said["second_seen"]
            self.carry_out(request, said["decision"], first, second)
        except (Conflict, KeyError):
            words = _("Nothing was changed: one of the two was changed or joined meanwhile.")
            messages.warning(request, words)
        except CannotJoin as refusal:
            messages.error(request, str(refusal))

    @staticmethod
    def codes(said):
        return said["first"], said["second"]

    @transaction.atomic
    def carry_out(self, request, decision, first, second):
        if decision == "apart":
            keep_apart(self.kind, first.code, second.code)
            messages.success(request, _("Remembered: these are two."))
            return
        kept, other = (first, second) if decision == "first" else (second, first)
        self.merge(kept, other, request.user)
        words = _("%(other)s is now one with %(kept)s.")
        messages.success(request, words % {"other": other.code, "kept": f"{kept} ({kept.code})"})


def without_page(request):
    """Return the query of a page but its number, to lead to the other pages."""
    return without(request, "p")


def without(request, *names):
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()


def marked(mine, theirs):
    """Return the words of a text, each with whether the other text has others in its place."""
    words, others = mine.split(), theirs.split()
    plain = [[word.casefold() for word in each] for each in (words, others)]
    same = set()
    for block in SequenceMatcher(None, *plain, autojunk=False).get_matching_blocks():
        same.update(range(block.a, block.a + block.size))
    return [(word, number not in same) for number, word in enumerate(words)]
