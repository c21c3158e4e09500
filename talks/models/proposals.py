"""What the solver offers, and what people told it they want to hear."""

from django.conf import settings as site
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eventsite.fields import is_one_of


class ProposalState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    INTERRUPTED = "interrupted", _("interrupted")
    TAKEN = "taken", _("taken")
    DROPPED = "dropped", _("dropped")


class Proposal(models.Model):
    """A timetable that was looked for, and what came of it; a person takes it or lets it be.

    `settings` is what was asked for, `ground` the SHA-256 of what the timetable stood on.
    `score` maps a rule to its cost [before, after]; `trace` is a list of [seconds, cost, bound];
    `explanation` says why there is none.
    """

    event = models.ForeignKey("talks.Event", on_delete=models.CASCADE, related_name="proposals")
    job = models.OneToOneField(
        "eventsite.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="proposal"
    )
    settings = models.JSONField(_("settings"), default=dict, blank=True)
    ground = models.CharField(max_length=64, blank=True)
    score = models.JSONField(_("costs"), default=dict, blank=True)
    trace = models.JSONField(_("course"), default=list, blank=True)
    explanation = models.JSONField(_("explanation"), default=dict, blank=True)
    message = models.TextField(_("message"), blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=ProposalState, default=ProposalState.WAITING
    )
    made = models.DateTimeField(_("made"), default=timezone.now)
    by = models.ForeignKey(
        site.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-made", "-pk"]
        constraints = [is_one_of("proposal", "state", ProposalState)]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")

    def __str__(self):
        return f"{self.event} {self.made:%Y-%m-%d %H:%M}"


class Move(models.Model):
    """One thing that a proposal would put elsewhere.

    `code` is that of the session or talk, `before` and `after` where it is and would be, empty
    for nowhere; `costs` what each rule would gain or lose by this move alone. A poster that is
    shown twice may have two moves.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="moves")
    code = models.CharField(max_length=9)
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    costs = models.JSONField(_("costs"), default=dict, blank=True)
    is_taken = models.BooleanField(_("taken"), default=False)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "position"], name="move_position"),
            models.CheckConstraint(name="move_code", condition=~Q(code="")),
        ]
        verbose_name = _("move")
        verbose_name_plural = _("moves")

    def __str__(self):
        return self.code


class Vote(models.Model):
    """That somebody asked in a survey wants to hear a talk; `voter` is a hash, never a name."""

    event = models.ForeignKey("talks.Event", on_delete=models.CASCADE, related_name="votes")
    voter = models.CharField(max_length=64)
    talk = models.ForeignKey("talks.Talk", on_delete=models.CASCADE, related_name="votes")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["voter", "talk"], name="vote_once")]
        verbose_name = _("vote")
        verbose_name_plural = _("votes")

    def __str__(self):
        return f"{self.voter[:12]} {self.talk_id}"
