"""Which rows are one and which are not, as people decided; and which papers are alike."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from eventsite.fields import is_one_of


class Kind(models.TextChoices):
    PAPER = "paper", _("paper")
    AUTHOR = "author", _("author")


class Apart(models.Model):
    """Two rows that a person said are not the same: by their codes, the lesser first."""

    kind = models.CharField(max_length=10, choices=Kind)
    a = models.CharField(max_length=9)
    b = models.CharField(max_length=9)

    class Meta:
        ordering = ["a", "b"]
        constraints = [
            is_one_of("apart", "kind", Kind),
            models.UniqueConstraint(fields=["kind", "a", "b"], name="apart_once"),
            models.CheckConstraint(
                name="apart_in_order",
                condition=Q(a__lt=F("b")),
                violation_error_message=_("The lesser code comes first."),
            ),
        ]
        verbose_name = _("refused merge")
        verbose_name_plural = _("refused merges")

    def __str__(self):
        return f"{self.a} {self.b}"


class Moved(models.Model):
    """A code whose row was merged into another: its address leads there."""

    kind = models.CharField(max_length=10, choices=Kind)
    old = models.CharField(max_length=9, unique=True)
    new = models.CharField(max_length=9, db_index=True)

    class Meta:
        ordering = ["old"]
        constraints = [is_one_of("moved", "kind", Kind)]
        verbose_name = _("merged code")
        verbose_name_plural = _("merged codes")

    def __str__(self):
        return f"{self.old} {self.new}"


class Similar(models.Model):
    """A paper that is like another, computed from their texts: 1 is the same text."""

    paper = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="similar")
    other = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "other"], name="similar_once"),
            models.CheckConstraint(
                name="similar_to_another",
                condition=~Q(paper=F("other")),
                violation_error_message=_("A paper is not similar to itself."),
            ),
        ]
        verbose_name = _("similar paper")
        verbose_name_plural = _("similar papers")

    def __str__(self):
        return f"{self.paper_id} {self.other_id}"


class Spot(models.Model):
    """Where a paper stands on the map of similar papers: both from 0 to 1."""

    paper = models.OneToOneField("papers.Paper", on_delete=models.CASCADE, related_name="spot")
    x = models.FloatField()
    y = models.FloatField()

    class Meta:
        verbose_name = _("spot on the map")
        verbose_name_plural = _("spots on the map")

    def __str__(self):
        return f"{self.x:.2f} {self.y:.2f}"
