"""Papers, and what they are filed under: venues, topics, identifiers, links."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from eventsite.fields import CodeField, is_code, is_one_of
from eventsite.models import Edited
from papers.querysets import PaperQuerySet, TopicQuerySet, VenueQuerySet


class VenueKind(models.TextChoices):
    CONFERENCE = "conference", _("conference")
    JOURNAL = "journal", _("journal")
    BOOK = "book", _("book")
    PREPRINT = "preprint", _("preprint server")
    OTHER = "other", _("other")


class Venue(Edited):
    """Where papers appeared: a conference, a journal, never a building."""

    child_sets = ("aliases",)

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    short = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=VenueKind, default=VenueKind.CONFERENCE
    )

    objects = VenueQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [is_one_of("venue", "kind", VenueKind)]
        verbose_name = _("venue")
        verbose_name_plural = _("venues")

    def __str__(self):
        return self.short or self.name

    def get_absolute_url(self):
        return reverse("papers:venue", args=[self.slug])


class VenueAlias(models.Model):
    """Another name of a venue, folded as `papers.folding.fold` does."""

    folded = models.CharField(_("name, folded"), max_length=200, unique=True)
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        ordering = ["folded"]
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")

    def __str__(self):
        return self.folded


class Topic(Edited):
    """A subject that papers are filed under, perhaps within another."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("within"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="children",
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="topic_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("A topic cannot stand within itself."),
            ),
            models.UniqueConstraint(fields=["parent", "name"], name="topic_name_once_within"),
            models.UniqueConstraint(
                fields=["name"], name="topic_name_once", condition=Q(parent__isnull=True)
            ),
        ]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("papers:topic", args=[self.slug])


class PresentedAs(models.TextChoices):
    NONE = "", _("not known")
    ORAL = "oral", _("oral")
    SPOTLIGHT = "spotlight", _("spotlight")
    POSTER = "poster", _("poster")


class Paper(Edited):
    """One work, however many lists, versions and copies of it there are."""

    child_sets = ("authorships", "identifiers", "links")

    code = CodeField("P")
    slug = models.SlugField(_("slug"), max_length=60, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=500)
    folded = models.CharField(max_length=500, editable=False, db_index=True)
    abstract = models.TextField(_("abstract"), blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, db_index=True)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="papers",
    )
    is_workshop = models.BooleanField(_("at a workshop of the venue"), default=False)
    presentation = models.CharField(
        _("presentation"), max_length=20, choices=PresentedAs, blank=True, default=""
    )
    award = models.CharField(_("award"), max_length=200, blank=True)
    alias = models.CharField(_("also called"), max_length=100, blank=True)
    cite_key = models.CharField(
        _("citation key"),
        max_length=80,
        unique=True,
        null=True,
        blank=True,
        help_text=_("By which BibTeX knows the paper. Whoever cites it relies on it."),
    )
    details = models.JSONField(
        _("details"),
        default=dict,
        blank=True,
        help_text=_("What else a citation says, by the names of CSL: page, volume, publisher."),
    )
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("A paper that a published programme presents is public in any case."),
    )
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="papers"
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            is_code("paper", "P"),
            models.CheckConstraint(
                name="paper_presentation",
                condition=Q(presentation__in=["", "oral", "spotlight", "poster"]),
                violation_error_message=_("This is none of the choices."),
            ),
            models.CheckConstraint(
                name="paper_month",
                condition=Q(month__isnull=True)
                | Q(month__gte=1, month__lte=12, year__isnull=False),
                violation_error_message=_("A month is 1 to 12 and stands with a year."),
            ),
            models.CheckConstraint(
                name="paper_year",
                condition=Q(year__isnull=True) | Q(year__gte=1000, year__lte=9999),
                violation_error_message=_("A year has four digits."),
            ),
        ]
        verbose_name = _("paper")
        verbose_name_plural = _("papers")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        segment = f"{self.code}-{self.slug}" if self.slug else self.code
        return reverse("papers:paper", args=[segment])


class Scheme(models.TextChoices):
    DOI = "doi", "DOI"
    ARXIV = "arxiv", "arXiv"
    OPENREVIEW = "openreview", "OpenReview"
    ACL = "acl", "ACL Anthology"
    NEURIPS = "neurips", _("NeurIPS proceedings")
    PMLR = "pmlr", "PMLR"
    CVF = "cvf", "CVF open access"
    AAAI = "aaai", "AAAI"
    IJCAI = "ijcai", "IJCAI"
    JMLR = "jmlr", "JMLR"
    IEEE = "ieee", "IEEE Xplore"
    PUBMED = "pubmed", "PubMed"
    HAL = "hal", "HAL"
    ISBN = "isbn", "ISBN"


class Identifier(models.Model):
    """What the world calls a paper; the same identifier is never on two papers."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme)
    value = models.CharField(_("value"), max_length=200)

    class Meta:
        ordering = ["scheme", "value"]
        constraints = [
            is_one_of("identifier", "scheme", Scheme),
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_once"),
        ]
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")

    def __str__(self):
        return f"{self.scheme}:{self.value}"


class PaperLinkKind(models.TextChoices):
    PAPER = "paper", _("paper")
    CODE = "code", _("code")
    VERSION = "version", _("other version")
    PROJECT = "project", _("project")
    SLIDES = "slides", _("slides")
    VIDEO = "video", _("video")
    DATASET = "dataset", _("data")
    DISCUSSION = "discussion", _("discussion")
    OTHER = "other", _("other")


class PaperLink(models.Model):
    """An address that belongs to a paper; another version carries its own venue and year."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(
        _("kind"), max_length=20, choices=PaperLinkKind, default=PaperLinkKind.PAPER
    )
    url = models.CharField(_("address"), max_length=1000)
    label = models.CharField(_("label"), max_length=300, blank=True)
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), null=True, blank=True, on_delete=models.RESTRICT
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            is_one_of("paperlink", "kind", PaperLinkKind),
            models.CheckConstraint(
                name="paperlink_safe_url",
                condition=Q(url__startswith="https://")
                | Q(url__startswith="http://")
                | Q(url__startswith="ftp://"),
                violation_error_message=_("An address begins with https://, http:// or ftp://."),
            ),
        ]
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self):
        return self.label or self.url


class Presentation(models.Model):
    """Where a published programme presents a paper: written by publishing, read by the catalogue.

    `code` is the talk's; `url` its page's path; `label` the event's name; `zone` the event's, in
    which `start` is shown.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="presentations")
    code = models.CharField(max_length=9)
    event_slug = models.SlugField(max_length=60, db_index=True)
    label = models.CharField(max_length=700)
    start = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=60, default="UTC")
    url = models.CharField(max_length=300)

    class Meta:
        ordering = ["start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "code"], name="presentation_once"),
        ]
        verbose_name = _("presentation")
        verbose_name_plural = _("presentations")

    def __str__(self):
        return self.label
