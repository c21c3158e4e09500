"""An event, who may edit it, and what stands on its page."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from eventsite.fields import CodeField, is_code, is_of_our_time, is_one_of
from eventsite.models import Edited
from eventsite.zones import is_zone
from talks.querysets import EventQuerySet, PageQuerySet
from talks.validators import is_colour, is_links


class EventKind(models.TextChoices):
    WORKSHOP = "workshop", _("workshop")
    CONFERENCE = "conference", _("conference")
    SYMPOSIUM = "symposium", _("symposium")
    SCHOOL = "school", _("school")
    MEETUP = "meetup", _("meetup")


class Event(Edited):
    """One edition of a workshop or a conference, perhaps held at another."""

    child_sets = ("memberships",)

    code = CodeField("E")
    slug = models.SlugField(
        _("slug"),
        max_length=60,
        unique=True,
        help_text=_("Its place in every address; old ones go on working."),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("held at"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="children",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind, default=EventKind.WORKSHOP)
    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    about = models.TextField(_("about"), blank=True, help_text=_("Markdown"))
    zone = models.CharField(
        _("time zone"),
        max_length=60,
        validators=[is_zone],
        help_text=_("A name like Europe/Berlin; every time of the event is meant there."),
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    contact = models.CharField(
        _("contact"), max_length=200, blank=True, help_text=_("An e-mail or web address, public")
    )
    links = models.TextField(
        _("links"),
        blank=True,
        validators=[is_links],
        help_text=_("One on each line: a label, a space, https://…"),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    uid_domain = models.CharField(
        _("calendar domain"),
        max_length=100,
        help_text=_("Stands in every calendar entry; never change it once people have subscribed."),
    )
    language = models.CharField(_("language"), max_length=20, default="en")
    accent = models.CharField(_("colour"), max_length=7, blank=True, validators=[is_colour])
    is_hidden = models.BooleanField(
        _("hidden"), default=False, help_text=_("A hidden event is nowhere on the public site.")
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [
            is_code("event", "E"),
            is_one_of("event", "kind", EventKind),
            is_of_our_time("event", "starts_on", is_day=True),
            is_of_our_time("event", "ends_on", is_day=True),
            models.CheckConstraint(
                name="event_starts_before_ends",
                condition=Q(starts_on__lte=F("ends_on")),
                violation_error_message=_("An event cannot end before its first day."),
            ),
            models.CheckConstraint(
                name="event_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("An event cannot be held at itself."),
            ),
        ]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("talks:event", args=[self.slug])

    @property
    def event(self):
        """Itself, so that every row of an event says which event it is of."""
        return self


class EventSlug(models.Model):
    """An address an event once had: it answers for ever."""

    slug = models.SlugField(max_length=60, unique=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="old_slugs")

    class Meta:
        verbose_name = _("old slug")
        verbose_name_plural = _("old slugs")

    def __str__(self):
        return self.slug


class MembershipRole(models.TextChoices):
    OWNER = "owner", _("owner")
    EDITOR = "editor", _("editor")
    SCHEDULER = "scheduler", _("scheduler")
    VIEWER = "viewer", _("viewer")


class Membership(models.Model):
    """What a user may do at an event."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(
        _("role"), max_length=20, choices=MembershipRole, default=MembershipRole.EDITOR
    )

    class Meta:
        ordering = ["event", "user"]
        constraints = [
            is_one_of("membership", "role", MembershipRole),
            models.UniqueConstraint(fields=["user", "event"], name="membership_once"),
        ]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self):
        return f"{self.user} – {self.event}"


class ImportantDate(Edited):
    """A day, or with a time a moment; anywhere on Earth is the zone Etc/GMT+12."""

    code = CodeField("D")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="dates")
    label = models.CharField(_("label"), max_length=200)
    on = models.DateField(_("day"))
    time = models.TimeField(_("time"), null=True, blank=True)
    zone = models.CharField(
        _("time zone"),
        max_length=60,
        blank=True,
        validators=[is_zone],
        help_text=_("Anywhere on Earth is Etc/GMT+12"),
    )
    announced = models.CharField(
        _("as announced"), max_length=200, blank=True, help_text=_("The text people were given")
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "on", "pk"]
        constraints = [
            is_code("importantdate", "D"),
            is_of_our_time("importantdate", "on", is_day=True),
            models.CheckConstraint(
                name="importantdate_zone_with_time",
                condition=Q(time__isnull=True) | ~Q(zone=""),
                violation_error_message=_("A time needs its time zone."),
            ),
        ]
        verbose_name = _("important date")
        verbose_name_plural = _("important dates")

    def __str__(self):
        return self.label


class Page(Edited):
    """A page of the event's own: live text, shown between `appears` and `disappears`."""

    code = CodeField("G")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="pages")
    slug = models.SlugField(_("slug"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(
        _("text"), blank=True, help_text=_("Markdown; public once saved, if the event is")
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    appears = models.DateTimeField(
        _("appears"), null=True, blank=True, help_text=_("Empty: it is there at once")
    )
    disappears = models.DateTimeField(_("disappears"), null=True, blank=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]
        constraints = [
            is_code("page", "G"),
            models.UniqueConstraint(fields=["event", "slug"], name="page_slug_once"),
            models.CheckConstraint(
                name="page_appears_before_disappears",
                condition=Q(appears__isnull=True)
                | Q(disappears__isnull=True)
                | Q(appears__lt=F("disappears")),
                violation_error_message=_("A page must appear before it disappears."),
            ),
        ]
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("talks:page", args=[self.event.slug, self.slug])


class Award(Edited):
    """A prize of the event, and the talks that won it."""

    code = CodeField("W")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="awards")
    name = models.CharField(_("name"), max_length=200)
    text = models.TextField(_("text"), blank=True, help_text=_("Markdown"))
    position = models.PositiveIntegerField(_("position"), default=0)
    talks = models.ManyToManyField(
        "talks.Talk", verbose_name=_("awarded to"), blank=True, related_name="awards"
    )

    class Meta:
        ordering = ["position", "name"]
        constraints = [is_code("award", "W")]
        verbose_name = _("award")
        verbose_name_plural = _("awards")

    def __str__(self):
        return self.name
