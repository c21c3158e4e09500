"""Talks and posters, who gives them, and their places in sessions."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from eventsite.fields import CodeField, is_code, is_of_our_time, is_one_of
from eventsite.models import Edited
from talks.uploads import is_document, keep_document

from .timetable import Pin, Status

LONGEST = 24 * 60  # minutes of a talk


class TalkKind(models.TextChoices):
    KEYNOTE = "keynote", _("keynote")
    INVITED = "invited", _("invited talk")
    CONTRIBUTED = "contributed", _("contributed talk")
    SPOTLIGHT = "spotlight", _("spotlight")
    ORAL = "oral", _("oral")
    PANEL = "panel", _("panel")
    POSTER = "poster", _("poster")


class Talk(Edited):
    """A contribution, from keynote to poster; without a placement it is a draft."""

    child_sets = ("roles", "links", "relations")

    code = CodeField("T")
    event = models.ForeignKey("talks.Event", on_delete=models.CASCADE, related_name="talks")
    kind = models.CharField(
        _("kind"), max_length=20, choices=TalkKind, default=TalkKind.CONTRIBUTED
    )
    title = models.CharField(_("title"), max_length=500)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    abstract = models.TextField(_("abstract"), blank=True, help_text=_("Markdown"))
    language = models.CharField(_("language"), max_length=20, blank=True)
    level = models.CharField(_("level"), max_length=40, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), default=20)
    track = models.ForeignKey(
        "talks.Track",
        verbose_name=_("track"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="talks",
    )
    paper = models.ForeignKey(
        "papers.Paper",
        verbose_name=_("paper"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="talks",
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PLANNED)
    demand = models.PositiveIntegerField(_("expected audience"), null=True, blank=True)
    features = models.CharField(
        _("needs"), max_length=200, blank=True, help_text=_("Of the room, separated by commas")
    )
    external_id = models.CharField(_("number elsewhere"), max_length=100, blank=True)
    rooms = models.ManyToManyField(
        "talks.Room",
        verbose_name=_("rooms allowed"),
        blank=True,
        related_name="+",
        help_text=_("None chosen: any room"),
    )

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            is_code("talk", "T"),
            is_one_of("talk", "kind", TalkKind),
            is_one_of("talk", "status", Status),
            models.CheckConstraint(
                name="talk_minutes",
                condition=Q(minutes__gt=0, minutes__lte=LONGEST),
                violation_error_message=_("A talk takes a minute at least and a day at most."),
            ),
            models.UniqueConstraint(
                fields=["event", "external_id"],
                name="talk_external_id_once",
                condition=~Q(external_id=""),
                violation_error_message=_("Another talk has this number."),
            ),
        ]
        verbose_name = _("talk")
        verbose_name_plural = _("talks")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("talks:talk", args=[self.event.slug, self.code])


class TalkPart(models.TextChoices):
    SPEAKER = "speaker", _("speaker")
    MODERATOR = "moderator", _("moderator")
    PANELIST = "panelist", _("panelist")
    AUTHOR = "author", _("author")


class TalkRole(models.Model):
    """A person's part in a talk, with name and affiliation as printed there."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(
        "talks.Person", verbose_name=_("person"), on_delete=models.RESTRICT, related_name="roles"
    )
    role = models.CharField(_("role"), max_length=20, choices=TalkPart, default=TalkPart.SPEAKER)
    position = models.PositiveIntegerField(_("position"), default=0)
    name = models.CharField(_("name as printed"), max_length=200, blank=True)
    affiliation = models.CharField(_("affiliation as printed"), max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            is_one_of("talkrole", "role", TalkPart),
            models.UniqueConstraint(fields=["talk", "person", "role"], name="talkrole_once"),
        ]
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    def __str__(self):
        return self.get_role_display()


class TalkLinkKind(models.TextChoices):
    SLIDES = "slides", _("slides")
    VIDEO = "video", _("video")
    CODE = "code", _("code")
    STREAM = "stream", _("stream")
    OTHER = "other", _("other")


class TalkLink(models.Model):
    """Slides, a recording, a stream: an address that belongs to a talk, or a file of it."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(
        _("kind"), max_length=20, choices=TalkLinkKind, default=TalkLinkKind.SLIDES
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    file = models.FileField(
        _("file"), upload_to=keep_document, max_length=200, blank=True, validators=[is_document]
    )
    label = models.CharField(_("label"), max_length=200, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            is_one_of("talklink", "kind", TalkLinkKind),
            models.CheckConstraint(
                name="talklink_safe_url",
                condition=Q(url="") | Q(url__startswith="https://") | Q(url__startswith="http://"),
                violation_error_message=_("An address begins with https:// or http://."),
            ),
            models.CheckConstraint(
                name="talklink_url_or_file",
                condition=Q(url="", file__gt="") | Q(url__gt="", file=""),
                violation_error_message=_("A link has an address or a file, and not both."),
            ),
        ]
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self):
        return self.label or self.url or self.file.name


class RelationKind(models.TextChoices):
    BEFORE = "before", _("is over before")
    PART = "part", _("continues in")
    NEVER_PARALLEL = "never_parallel", _("never at the same time as")
    SAME_DAY = "same_day", _("on the same day as")
    REPEATS = "repeats", _("is given again as")


class TalkRelation(models.Model):
    """What the time of one talk has to do with another's.

    The second part of a talk follows at once in the same room; what is given again is given on
    another day.
    """

    first = models.ForeignKey(
        Talk, verbose_name=_("talk"), on_delete=models.CASCADE, related_name="relations"
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=RelationKind, default=RelationKind.BEFORE
    )
    second = models.ForeignKey(
        Talk, verbose_name=_("other talk"), on_delete=models.RESTRICT, related_name="relations_here"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            is_one_of("talkrelation", "kind", RelationKind),
            models.CheckConstraint(
                name="talkrelation_of_two",
                condition=~Q(first=F("second")),
                violation_error_message=_("This is the talk itself."),
            ),
            models.UniqueConstraint(fields=["first", "second", "kind"], name="talkrelation_once"),
        ]
        verbose_name = _("relation between talks")
        verbose_name_plural = _("relations between talks")

    def __str__(self):
        return self.get_kind_display()

    @property
    def event(self):
        return self.first.event


class Placement(Edited):
    """A talk in a session; a poster that is shown twice has two."""

    code = CodeField("C")
    talk = models.ForeignKey(
        Talk, verbose_name=_("talk"), on_delete=models.CASCADE, related_name="placements"
    )
    session = models.ForeignKey(
        "talks.Session",
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        related_name="placements",
    )
    position = models.PositiveIntegerField(_("position"), default=1)
    start = models.DateTimeField(_("start"), null=True, blank=True)
    board = models.CharField(_("board"), max_length=20, blank=True)
    pin = models.CharField(_("pinned"), max_length=10, choices=Pin, default=Pin.NONE)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            is_code("placement", "C"),
            is_one_of("placement", "pin", Pin),
            is_of_our_time("placement", "start"),
            models.UniqueConstraint(fields=["session", "position"], name="placement_position"),
            models.UniqueConstraint(
                fields=["session", "board"],
                name="placement_board_once",
                condition=~Q(board=""),
                violation_error_message=_("Another poster of the session has this board."),
            ),
        ]
        verbose_name = _("placement")
        verbose_name_plural = _("placements")

    def __str__(self):
        return f"{self.talk} – {self.session}"

    @property
    def event(self):
        return self.session.event
