"""What people edit has a version; its history is a row of Change for every save.

An import keeps what its file said of each row, which the next one of the same source compares.
A job is work that goes on beside the web process.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import VersionField, is_one_of


class Edited(models.Model):
    """A row that people edit, through `writing` alone.

    `child_sets` names the accessors of the rows that share its version.
    """

    child_sets: ClassVar[tuple[str, ...]] = ()

    version = VersionField()

    class Meta:
        abstract = True


class Change(models.Model):
    """One save of one row, with its children: written by `writing` and by nothing else.

    `fields` maps a name to [before, after]; a new row has none, a deleted one has its last
    values. `code` is the row's code, or its primary key where a table has no codes.
    """

    table = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    fields = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    batch = models.CharField(max_length=40, blank=True)
    event_code = models.CharField(max_length=9, blank=True, db_index=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["table", "code", "version"], name="change_row")]
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def __str__(self):
        return f"{self.table} {self.code} {self.version}"


class ImportState(models.TextChoices):
    WAITING = "waiting", _("waiting for a decision")
    APPLIED = "applied", _("applied")
    DROPPED = "dropped", _("dropped")


class Import(models.Model):
    """A file that was read for a target, and what became of it.

    `target` names what it is for ("list:12"), `source` which of several files that feed it
    ("": the main one). `content` is the file while it waits for a decision, empty afterwards;
    `mapping` how its columns were read, `report` what was found, as the preview shows it.
    """

    source = models.CharField(_("source"), max_length=200, blank=True)
    target = models.CharField(_("target"), max_length=60)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(_("format"), max_length=40)
    mapping = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.WAITING
    )
    report = models.JSONField(default=dict, blank=True)
    content = models.BinaryField(default=bytes, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [is_one_of("import", "state", ImportState)]
        indexes = [models.Index(fields=["target", "source", "state"], name="import_base")]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self):
        return self.file_name or self.sha256[:12]


class ImportRow(models.Model):
    """What a file said of one row: the base of the next three-way merge.

    What the next file says otherwise than `values` was changed in the file, what stands otherwise
    here was changed here. `stored` has only those facts that several files may tell otherwise: of
    a paper where and when it appeared, as that stood once the file was applied.
    """

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    key = models.CharField(max_length=300)
    values = models.JSONField(default=dict)
    stored = models.JSONField(default=dict)
    object_code = models.CharField(max_length=40, db_index=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["of", "key"], name="importrow_key_once")]
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")

    def __str__(self):
        return self.key


class JobState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    INTERRUPTED = "interrupted", _("interrupted")


class Job(models.Model):
    """A piece of work beside the web process: run, and written, by `jobs` alone.

    `host` is the process that runs it ("host namespace pid"), `heartbeat` when that last said
    so. `argument` is what the kind of job wants to know, `language` that of who asked.
    """

    kind = models.CharField(_("kind"), max_length=40)
    state = models.CharField(_("state"), max_length=20, choices=JobState, default=JobState.WAITING)
    progress = models.PositiveSmallIntegerField(_("per cent done"), default=0)
    message = models.TextField(_("message"), blank=True)
    argument = models.JSONField(default=dict, blank=True)
    event_code = models.CharField(max_length=9, blank=True, db_index=True)
    language = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made = models.DateTimeField(_("asked for"), default=timezone.now)
    started = models.DateTimeField(_("started"), null=True, blank=True)
    finished = models.DateTimeField(_("finished"), null=True, blank=True)
    heartbeat = models.DateTimeField(null=True, blank=True)
    host = models.CharField(max_length=200, blank=True)
    wants_stop = models.BooleanField(_("is to stop"), default=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            is_one_of("job", "state", JobState),
            models.CheckConstraint(
                name="job_progress", condition=models.Q(progress__gte=0, progress__lte=100)
            ),
        ]
        indexes = [models.Index(fields=["state"], name="job_state_index")]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")

    def __str__(self):
        return f"{self.kind} {self.pk}"
