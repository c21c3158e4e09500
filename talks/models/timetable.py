"""Rooms, tracks, and the sessions that fill them."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from eventsite.fields import CodeField, is_code, is_of_our_time, is_one_of, is_web_address
from eventsite.models import Edited
from talks.validators import is_colour


class Status(models.TextChoices):
    PLANNED = "planned", _("planned")
    CANCELLED = "cancelled", _("cancelled")


class Pin(models.TextChoices):
    """What a proposal may not move."""

    NONE = "none", _("nothing")
    TIME = "time", _("time")
    ROOM = "room", _("room")
    BOTH = "both", _("time and room")


class Room(Edited):
    """Where a session is."""

    child_sets = ("times", "walks")

    code = CodeField("R")
    event = models.ForeignKey("talks.Event", on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(_("name"), max_length=100)
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    features = models.CharField(
        _("features"), max_length=200, blank=True, help_text=_("Separated by commas")
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            is_code("room", "R"),
            models.UniqueConstraint(fields=["event", "name"], name="room_name_once"),
        ]
        verbose_name = _("room")
        verbose_name_plural = _("rooms")

    def __str__(self):
        return self.name


class RoomLevel(models.TextChoices):
    CLOSED = "closed", _("closed")
    RATHER_NOT = "rather_not", _("rather not")


class RoomTime(models.Model):
    """When a room is closed, or had better stay empty."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="times")
    start = models.DateTimeField(_("start"))
    end = models.DateTimeField(_("end"))
    level = models.CharField(_("level"), max_length=20, choices=RoomLevel, default=RoomLevel.CLOSED)

    class Meta:
        ordering = ["start", "end", "pk"]
        constraints = [
            is_one_of("roomtime", "level", RoomLevel),
            is_of_our_time("roomtime", "start"),
            is_of_our_time("roomtime", "end"),
            models.CheckConstraint(
                name="roomtime_start_before_end",
                condition=Q(start__lt=F("end")),
                violation_error_message=_("A time must end after it starts."),
            ),
        ]
        verbose_name = _("time of a room")
        verbose_name_plural = _("times of rooms")

    def __str__(self):
        return self.get_level_display()

    @property
    def event(self):
        return self.room.event


class Walk(models.Model):
    """The minutes it takes from one room to another, and back; it stands with either of them."""

    a = models.ForeignKey(
        Room, verbose_name=_("room"), on_delete=models.CASCADE, related_name="walks"
    )
    b = models.ForeignKey(
        Room, verbose_name=_("to"), on_delete=models.RESTRICT, related_name="walks_here"
    )
    minutes = models.PositiveIntegerField(_("minutes"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="walk_between_two",
                condition=~Q(a=F("b")),
                violation_error_message=_("A walk goes to another room."),
            ),
            models.UniqueConstraint(
                Least("a", "b"),
                Greatest("a", "b"),
                name="walk_once",
                violation_error_message=_("The walk between these two rooms stands already."),
            ),
        ]
        verbose_name = _("walk")
        verbose_name_plural = _("walks")

    def __str__(self):
        return f"{self.a} – {self.b}"

    @property
    def event(self):
        return self.a.event


class Track(Edited):
    """A thread through the programme."""

    code = CodeField("K")
    event = models.ForeignKey("talks.Event", on_delete=models.CASCADE, related_name="tracks")
    name = models.CharField(_("name"), max_length=100)
    colour = models.CharField(_("colour"), max_length=7, blank=True, validators=[is_colour])
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            is_code("track", "K"),
            models.UniqueConstraint(fields=["event", "name"], name="track_name_once"),
        ]
        verbose_name = _("track")
        verbose_name_plural = _("tracks")

    def __str__(self):
        return self.name


class SessionKind(models.TextChoices):
    TALKS = "talks", _("talks")
    POSTERS = "posters", _("posters")
    PANEL = "panel", _("panel")
    OPENING = "opening", _("opening")
    BREAK = "break", _("break")
    SOCIAL = "social", _("social")


class Session(Edited):
    """A cell of the timetable; without start and end it is unplaced, and so a draft."""

    child_sets = ("roles",)

    code = CodeField("S")
    event = models.ForeignKey("talks.Event", on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(
        _("kind"), max_length=20, choices=SessionKind, default=SessionKind.TALKS
    )
    title = models.CharField(_("title"), max_length=300)
    room = models.ForeignKey(
        Room,
        verbose_name=_("room"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="sessions",
    )
    start = models.DateTimeField(_("start"), null=True, blank=True)
    end = models.DateTimeField(_("end"), null=True, blank=True)
    minutes = models.PositiveIntegerField(
        _("minutes"), null=True, blank=True, help_text=_("How long it is meant to be, once placed")
    )
    track = models.ForeignKey(
        Track,
        verbose_name=_("track"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="sessions",
    )
    is_plenary = models.BooleanField(_("plenary"), default=False)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PLANNED)
    pin = models.CharField(_("pinned"), max_length=10, choices=Pin, default=Pin.NONE)
    stream = models.URLField(_("stream"), max_length=500, blank=True)

    class Meta:
        ordering = ["start", "room__position", "pk"]
        constraints = [
            is_code("session", "S"),
            is_one_of("session", "kind", SessionKind),
            is_one_of("session", "status", Status),
            is_one_of("session", "pin", Pin),
            is_of_our_time("session", "start"),
            is_of_our_time("session", "end"),
            is_web_address("session", "stream"),
            models.CheckConstraint(
                name="session_start_and_end",
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__isnull=False),
                violation_error_message=_("A session has a start and an end, or neither."),
            ),
            models.CheckConstraint(
                name="session_start_before_end",
                condition=Q(start__isnull=True) | Q(start__lt=F("end")),
                violation_error_message=_("A session must end after it starts."),
            ),
        ]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("talks:session", args=[self.event.slug, self.code])


class SessionPart(models.TextChoices):
    CHAIR = "chair", _("chair")


class SessionRole(models.Model):
    """A person who chairs a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(
        "talks.Person",
        verbose_name=_("person"),
        on_delete=models.RESTRICT,
        related_name="session_roles",
    )
    role = models.CharField(
        _("role"), max_length=20, choices=SessionPart, default=SessionPart.CHAIR
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            is_one_of("sessionrole", "role", SessionPart),
            models.UniqueConstraint(fields=["session", "person", "role"], name="sessionrole_once"),
        ]
        verbose_name = _("chair")
        verbose_name_plural = _("chairs")

    def __str__(self):
        return self.get_role_display()
