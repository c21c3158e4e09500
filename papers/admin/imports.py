"""The pages on which a file of papers is read, looked at, and applied to a reading list.

Between the steps the file waits in an Import, for a day, for whoever gave it.
"""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from eventsite import beside
from eventsite.models import Import, ImportState
from papers import importing
from papers.entries import Refused
from papers.formats.table_columns import HEADERS
from papers.models import ReadingList
from papers.reading import FORMATS, read

from . import import_shown
from .import_form import ApplyForm, ImportForm
from .tools import HasTools

WAITS = timedelta(days=1)
KEPT = ("as_format", "title", "slug", "is_public")  # of the form, while a file waits
NEEDED = ("papers.add_paper", "papers.change_paper", "papers.change_readinglist", "papers.add_item")


class ReadsFiles(HasTools):
    """Adds "Import papers" to the admin of reading lists."""

    def tools(self, request, obj=None):
        others = super().tools(request, obj)
        if not request.user.has_perms(NEEDED):
            return others
        address = reverse("admin:papers_readinglist_read")
        if obj:
            query = urlencode({"list": obj.pk})
            items = reverse("admin:papers_item_changelist")
            own = urlencode({"list__id__exact": obj.pk})
            return [
                (f"{items}?{own}", _("Items of this list")),
                (f"{address}?{query}", _("Import a new version")),
                *others,
            ]
        return [(address, _("Import papers")), *others]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("read/", view(self.read_view), name="papers_readinglist_read"),
            path("read/<int:number>/", view(self.import_view), name="papers_readinglist_import"),
            *super().get_urls(),
        ]

    def read_view(self, request):
        """Show the form; on POST read the file and keep it until somebody decides."""
        if not request.user.has_perms(NEEDED):
            raise PermissionDenied
        initial = {"list": request.GET.get("list", "")}
        form = ImportForm(request.POST or None, request.FILES or None, initial=initial)
        if form.is_valid():
            kept = keep(form, request.user)
            return HttpResponseRedirect(address_of(kept))
        context = self.context(request, _("Import papers"), form=form)
        return TemplateResponse(request, "admin/papers/read.html", context)

    def import_view(self, request, number):
        """Show what a waiting file would do, or what an applied one did."""
        if not request.user.has_perms(NEEDED):
            raise PermissionDenied
        row = get_object_or_404(Import.objects.exclude(state=ImportState.DROPPED), pk=number)
        if row.state == ImportState.APPLIED:
            return self.report(request, row)
        if row.by_id != request.user.pk and not request.user.is_superuser:
            raise PermissionDenied
        plan = plan_of(row)
        form = ApplyForm(request.POST or None)
        if form.is_valid() and form.cleaned_data["action"] == "columns":
            self.read_again(request, row, plan)
            return HttpResponseRedirect(address_of(row))
        if form.is_valid():
            done = self.decide(request, row, plan, form)
            if done:
                return HttpResponseRedirect(done)
        return self.preview(request, row, plan)

    def read_again(self, request, row, plan):
        """Read the waiting file with columns as they were chosen; what is refused is not kept."""
        before = row.mapping
        row.mapping = {**before, **import_shown.columns(plan.document, request.POST)}
        try:
            plan_of(row)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return
        row.save(update_fields=["mapping"])

    def decide(self, request, row, plan, form):
        """Drop or apply; return where to go, or nothing when there is more to look at."""
        said = form.cleaned_data
        if said["action"] == "drop":
            drop(Import.objects.filter(pk=row.pk))
            messages.info(request, _("Dropped: nothing was imported."))
            return reverse("admin:papers_readinglist_changelist")
        choices = import_shown.choices(plan, request.POST, said["default"])
        try:
            if said["digest"] != plan.digest:
                raise importing.StalePlan
            report = importing.apply(plan, choices, request.user, mapping=row.mapping)
        except importing.StalePlan:
            words = _("The catalogue changed since this page was shown: nothing is imported yet.")
            messages.warning(request, words)
            return ""
        row.delete()
        beside.start("relate_papers")
        messages.success(request, _("Imported."))
        return reverse("admin:papers_readinglist_import", args=[report.import_pk])

    def preview(self, request, row, plan):
        document = plan.document
        context = self.context(
            request,
            _("What importing %s would do") % (row.file_name or _("the text")),
            row=row,
            plan=plan,
            document=document,
            format=FORMATS[document.format].label
            if document.format in FORMATS
            else document.format,
            counts=import_shown.counts_of(plan),
            conflicts=import_shown.conflicts(plan),
            groups=import_shown.groups(plan),
            duplicates=import_shown.duplicates(plan),
            near=import_shown.near(plan),
            unread=import_shown.unread(document),
            fields=sorted(HEADERS.keys() - document.mapping.values()),
            skipped=import_shown.skipped(
                each for each in plan.skipped if not import_shown.is_column(each, document)
            ),
            dialects=import_shown.dialects(document),
        )
        return TemplateResponse(request, "admin/papers/import.html", context)

    def report(self, request, row):
        context = self.context(
            request,
            _("What importing %s did") % (row.file_name or _("the text")),
            row=row,
            list=ReadingList.objects.filter(pk=row.target.removeprefix("list:")).first(),
            counts=import_shown.counts(row.report),
            skipped=import_shown.skipped_in_report(row.report),
        )
        return TemplateResponse(request, "admin/papers/import_report.html", context)


def address_of(row):
    return reverse("admin:papers_readinglist_import", args=[row.pk])


def keep(form, by):
    """Keep a file that was read until somebody decides; what waited too long is dropped."""
    drop(Import.objects.filter(state=ImportState.WAITING, at__lt=timezone.now() - WAITS))
    said = form.cleaned_data
    reading_list = said["list"]
    return Import.objects.create(
        source=said["source"],
        target=f"list:{reading_list.pk}" if reading_list else "list:",
        file_name=form.file_name,
        sha256=form.digest,
        format=form.document.format,
        mapping=said["columns"],
        by=by,
        report={name: said[name] for name in KEPT if name in said},
        content=form.content,
    )


def drop(rows):
    rows.update(state=ImportState.DROPPED, content=b"")


def plan_of(row):
    """Return what applying a waiting file would do now."""
    said = row.report
    document = read(
        bytes(row.content),
        file_name=row.file_name,
        format=said["as_format"],
        mapping=row.mapping or None,
    )
    pk = row.target.removeprefix("list:")
    if pk:
        reading_list = get_object_or_404(ReadingList, pk=pk)
    else:
        fields = {name: said[name] for name in ("slug", "title", "is_public")}
        made = ReadingList.objects.filter(slug=said["slug"]).first()
        reading_list = made or ReadingList(**fields)
    named = {"source": row.source, "file_name": row.file_name, "sha256": row.sha256}
    return importing.preview(document, reading_list, **named)


def format_in_words(name):
    return FORMATS[name].label if name in FORMATS else name
