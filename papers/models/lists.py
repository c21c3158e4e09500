"""Reading lists: ordered, in sections, with a note on each item."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from eventsite.fields import CodeField, is_code, is_web_address
from eventsite.models import Edited
from papers.querysets import ItemQuerySet, ReadingListQuerySet


class ReadingList(Edited):
    """An annotated list of papers; `original` is its text as last imported."""

    child_sets = ("sections",)

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=300)
    about = models.TextField(_("about"), blank=True, help_text=_("Markdown"))
    source = models.URLField(_("source"), max_length=500, blank=True)
    dialect = models.CharField(_("dialect"), max_length=40, blank=True)
    original = models.TextField(blank=True, editable=False)
    is_public = models.BooleanField(_("public"), default=False)

    objects = ReadingListQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [is_web_address("readinglist", "source")]
        verbose_name = _("reading list")
        verbose_name_plural = _("reading lists")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("papers:list", args=[self.slug])


class Section(models.Model):
    """A heading of a list; `level` counts from 1 and is deeper than its parent's.

    `line` and `lines` say where in the original it stands, `dialect` how its papers are written
    there. A curator may tie it to a topic: its papers are filed under it.
    """

    list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="sections")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.RESTRICT, related_name="children"
    )
    heading = models.CharField(_("heading"), max_length=300)
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    position = models.PositiveIntegerField(_("position"))
    topic = models.ForeignKey(
        "papers.Topic",
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    dialect = models.CharField(_("dialect"), max_length=40, blank=True)
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    lines = models.PositiveIntegerField(_("lines"), default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["list", "position"], name="section_position"),
            models.CheckConstraint(
                name="section_level",
                condition=Q(level__gte=1, level__lte=6),
                violation_error_message=_("A heading's level is 1 to 6."),
            ),
        ]
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self):
        return self.heading


class Item(Edited):
    """A paper on a list; the same paper may stand twice.

    `marks` are words as the list's maker wrote them, separated by commas; `text`, `line` and
    `lines` say where in the original it stands (lines counted from 1).
    """

    code = CodeField("M")
    list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="items")
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="items",
    )
    paper = models.ForeignKey(
        "papers.Paper", verbose_name=_("paper"), on_delete=models.RESTRICT, related_name="items"
    )
    position = models.PositiveIntegerField(_("position"))
    marks = models.CharField(_("marks"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    text = models.TextField(_("text in the original"), blank=True)
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    lines = models.PositiveIntegerField(_("lines"), default=1)
    is_gone = models.BooleanField(_("gone from the source"), default=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            is_code("item", "M"),
            models.UniqueConstraint(fields=["list", "position"], name="item_position"),
        ]
        verbose_name = _("item")
        verbose_name_plural = _("items")

    def __str__(self):
        return self.paper.title
