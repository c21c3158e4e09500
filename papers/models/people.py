"""Authors: who they are, the names they print, and their places on papers."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from eventsite.fields import CodeField, is_code
from eventsite.models import Edited
from papers.querysets import AuthorQuerySet


class Author(Edited):
    """One human across papers and events."""

    child_sets = ("names",)

    code = CodeField("A")
    slug = models.SlugField(_("slug"), max_length=60, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    sort_name = models.CharField(
        _("name to sort by"), max_length=200, blank=True, help_text=_("Family name, given name")
    )
    orcid = models.CharField(_("ORCID"), max_length=19, null=True, blank=True, unique=True)

    objects = AuthorQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "name", "pk"]
        constraints = [
            is_code("author", "A"),
            models.CheckConstraint(
                name="author_orcid",
                condition=Q(orcid__isnull=True) | Q(Exact(Length("orcid"), 19)),
                violation_error_message=_("An ORCID looks like 0000-0002-1825-0097."),
            ),
        ]
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        segment = f"{self.code}-{self.slug}" if self.slug else self.code
        return reverse("papers:author", args=[segment])


class AuthorName(models.Model):
    """A name under which an author has been printed."""

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["author", "name"], name="authorname_once")]
        verbose_name = _("name as printed")
        verbose_name_plural = _("names as printed")

    def __str__(self):
        return self.name


class Authorship(models.Model):
    """An author's place on a paper, with name and affiliation as printed there."""

    paper = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="authorships")
    author = models.ForeignKey(Author, on_delete=models.RESTRICT, related_name="authorships")
    position = models.PositiveIntegerField(_("position"))
    name = models.CharField(_("name as printed"), max_length=200, blank=True)
    affiliation = models.CharField(_("affiliation as printed"), max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="authorship_position")
        ]
        verbose_name = _("authorship")
        verbose_name_plural = _("authorships")

    def __str__(self):
        return self.name
